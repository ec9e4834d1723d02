"""The chat in a terminal."""

import contextlib
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from bot import texts
from bot.rendering import ASIDE, reply
from bot.reports import explain
from bot.screen import screen
from knowledge.base import KnowledgeBase
from knowledge.conversation import Conversation
from knowledge.outcomes import Answer, Evidence, Outcome, Quotation

PROMPT = "> "
HELP = (
    "Type a question, or the number of a line offered. "
    "/why explains the last reply, /quit leaves (so does Ctrl-D)."
)
_MOST_DIGITS = 2  # of a number that picks something offered
_LEAVING = ("/quit", "/exit", "quit", "exit")


class Chat:
    """One person's conversation with a knowledge base."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        out: Console,
        read: Callable[[str], str],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knowledge_base = knowledge_base
        self._out = out
        self._read = read
        self._now = now
        self._conversation = Conversation()
        self._offers: tuple[Quotation, ...] = ()
        self._last: Outcome | None = None

    def welcome(self) -> None:
        """Say what this is about, and offer where to start."""
        self._out.print(Text(self._knowledge_base.announcement.title, "bold"))
        self._out.print(Text(texts.GREETING))
        self._out.print()
        starters = [self._knowledge_base.quotation(fact.id) for fact in self._knowledge_base.starters[:3]]
        self._offers = tuple(starter for starter in starters if starter)
        for number, starter in enumerate(self._offers, 1):
            self._out.print(Text(f"  {number}. {starter.fact.title}"))
        self._out.print()
        self._out.print(Text(HELP, ASIDE))
        self._out.print()

    def run(self, prompt: str = PROMPT) -> None:
        """Reply to one line after the other until there are no more."""
        while True:
            typed = self._read(prompt).strip()
            if typed.lower() in _LEAVING:
                return
            if typed:
                self.take(typed)

    def take(self, typed: str) -> None:
        """Reply to one line: a command, the number of something offered, or a question."""
        match typed.lower():
            case "/why":
                self._explain()
            case "/help":
                self._out.print(Text(HELP))
            case number if self._offers and _is_pick(number):
                self._pick(int(number))
            case _:
                self._conversation = self._conversation.recent(self._now())
                self._show(self._knowledge_base.ask(typed, self._conversation))

    def _pick(self, number: int) -> None:
        offers = self._offers
        if not 1 <= number <= len(offers):
            self._out.print(
                Text(f"There is no {number} to pick. Type a number from 1 to {len(offers)}, or a question.")
            )
            return
        picked = offers[number - 1]
        title = picked.fact.title
        self._show(Answer(picked, Evidence(title, title)))
        self._offers = self._offers or offers

    def _show(self, outcome: Outcome) -> None:
        self._conversation = self._conversation.after(outcome, self._now())
        self._last = outcome
        made = reply(self._knowledge_base, outcome)
        self._offers = made.offers
        made.print(self._out)
        self._out.print()

    def _explain(self) -> None:
        if self._last is None:
            self._out.print(Text("Nothing has been asked yet."))
        else:
            explain(self._knowledge_base, self._last, self._out)
            self._out.print()


def _is_pick(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS


def chat(knowledge_base: KnowledgeBase) -> None:
    """Chat on the program's own input and output; Ctrl-C and Ctrl-D end it like a goodbye."""
    out = screen(sys.stdout)
    talk = Chat(knowledge_base, out, input)
    if not sys.stdin.isatty():
        # Questions from a file or a pipe: a reply each, without a prompt.
        with contextlib.suppress(EOFError):
            talk.run(prompt="")
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415  (line editing and history, where the system has them)
    try:
        talk.welcome()
        talk.run()
    except (EOFError, KeyboardInterrupt):
        out.print()
    out.print("Goodbye.")
