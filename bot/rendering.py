"""Outcomes as a reader of a terminal sees them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot import texts
from bot.screen import visible
from knowledge.announcement import Sentence
from knowledge.base import KnowledgeBase
from knowledge.batching import suggestions
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation

QUOTED = "bold underline"
ASIDE = "dim"

# What is true of the console alone.
_CONSOLE_TALK = {"privacy": "Nothing you type here is kept."}


@dataclass(slots=True)
class Reply:
    """The lines of a reply, and what a number typed next picks."""

    lines: list[Text | Padding] = field(default_factory=list)
    offers: tuple[Quotation, ...] = ()

    def print(self, out: Console) -> None:
        """Print all lines; indented only on a terminal, so that a pipe gets sentences as they are."""
        for line in self.lines:
            out.print(line.renderable if isinstance(line, Padding) and not out.is_terminal else line)


def reply(knowledge_base: KnowledgeBase, outcome: Outcome) -> Reply:
    """Make what is shown for an outcome."""
    made = Reply()
    match outcome:
        case Answer():
            quotation = outcome.quotation
            made.lines += _sentence(knowledge_base, quotation.sentence, (quotation.start, quotation.end))
            made.lines.append(Text(f"Understood as: {quotation.fact.title}", ASIDE))
            made.lines += _mended(outcome.evidence)
            _offer(knowledge_base, made, texts.OR_THIS, suggestions(knowledge_base, outcome))
        case Clarify():
            made.lines += _mended(outcome.evidence)
            _offer(knowledge_base, made, texts.WHICH_ONE, outcome.candidates)
        case NotStated():
            made.lines.append(Text(texts.not_stated(outcome.topic.title), "bold"))
            made.lines += _mended(outcome.evidence)
            if outcome.nearest:
                made.lines.append(Text(texts.NEAREST))
                made.lines += _sentence(knowledge_base, outcome.nearest, outcome.nearest_span)
            others = [one for one in outcome.suggestions if one.sentence != outcome.nearest]
            _offer(knowledge_base, made, texts.MAY_HELP, tuple(others))
        case OutOfScope():
            words = _CONSOLE_TALK.get(outcome.reply) or texts.small_talk(outcome.reply)
            if not outcome.reply and not outcome.suggestions:
                words = f"{words} {texts.ASK_IN_OTHER_WORDS}"
            made.lines.append(Text(words))
            _offer(knowledge_base, made, texts.MAY_HELP, outcome.suggestions)
    return made


def _sentence(
    knowledge_base: KnowledgeBase, sentence: Sentence, span: tuple[int, int] | None
) -> Iterator[Text | Padding]:
    """Show the whole sentence with its quote marked, then whose it is and where it stands."""
    text = Text(sentence.text)
    if span:
        text.stylize(QUOTED, *span)
    place = _place(knowledge_base, sentence)
    speaker = f"{sentence.speaker.name}, {sentence.speaker.role}; " if sentence.speaker else ""
    yield Padding(text, (0, 0, 0, 2), expand=False)
    yield Padding(Text(f"— {speaker}{place}", ASIDE), (0, 0, 0, 2), expand=False)


def _place(knowledge_base: KnowledgeBase, sentence: Sentence) -> str:
    paragraphs = max(one.paragraph for one in knowledge_base.announcement.sentences)
    return texts.place(sentence.section, sentence.paragraph, paragraphs, sentence.kind)


def _mended(evidence: Evidence) -> Iterator[Text]:
    words = texts.read_as(evidence.mended)
    if words:
        yield Text(visible(words), ASIDE)


def _offer(knowledge_base: KnowledgeBase, made: Reply, heading: str, offers: tuple[Quotation, ...]) -> None:
    """List facts to pick from, numbered from 1."""
    if not offers:
        return
    made.offers = offers
    made.lines.append(Text(heading))
    titles = Counter(offer.fact.title for offer in offers)
    for number, offer in enumerate(offers, 1):
        line = Text(f"  {number}. {offer.fact.title}")
        if titles[offer.fact.title] > 1:  # a fact may quote several sentences
            line.append(f" ({_place(knowledge_base, offer.sentence)})", ASIDE)
        made.lines.append(line)
