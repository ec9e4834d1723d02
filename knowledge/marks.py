"""The marks of Markdown inside a block: which characters show, and which only mark links and emphasis.

markdown-it-py recognises the marks but keeps no positions inside a line, so the rules that recognise one are
wrapped to note which characters they consumed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, emphasis, entity, escape, html_inline
from markdown_it.rules_inline import image as image_rule
from markdown_it.rules_inline import link as link_rule

InlineRule = Callable[[StateInline, bool], bool]


class Reader(MarkdownIt):
    """CommonMark without code and HTML blocks, which in an announcement are indented or pasted prose."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        # The core's own inline pass is left out: `shown` reads each block's inline text, once.
        self.disable(["code", "fence", "html_block", "inline"])
        for name, (rule, note) in _INLINE_RULES.items():
            self.inline.ruler.at(name, _noting(rule, note))
        self.inline.ruler2.after("emphasis", "note_emphasis", _note_emphasis)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        """Take every target, dead or unsafe: only the link's text is kept."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leave the target as it stands, since it is never used."""
        return url

    def shown(self, content: str, env: Mapping[str, Any]) -> list[str | None]:
        """Say what each character of a block's content shows.

        That is itself, nothing (`""`), or, for a reference such as `&amp;`, the character it stands for, with
        `None` for the rest of the reference.
        """
        shown: list[str | None] = list(content)
        self.inline.parse(content, self, {**env, "shown": shown, "delimiters": []}, [])
        return shown


def _noting(rule: InlineRule, note: Callable[[StateInline, int], None]) -> InlineRule:
    def noted(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            note(state, start)
        return found

    return noted


def _hide(state: StateInline, start: int, end: int) -> None:
    state.env["shown"][start:end] = [""] * (end - start)


def _note_link(state: StateInline, start: int) -> None:
    label_end = state.md.helpers.parseLinkLabel(state, start, True)
    _hide(state, start, start + 1)
    _hide(state, label_end, state.pos)


def _note_whole(state: StateInline, start: int) -> None:
    _hide(state, start, state.pos)
    if state.src[start : start + 3].lower() == "<br":
        state.env["shown"][start] = " "


def _note_ends(state: StateInline, start: int) -> None:
    _hide(state, start, start + 1)
    _hide(state, state.pos - 1, state.pos)


def _note_escape(state: StateInline, start: int) -> None:
    _hide(state, start, start + 1)


def _note_code(state: StateInline, start: int) -> None:
    token = state.tokens[-1] if state.tokens and not state.pending else None
    if token and token.type == "code_inline":
        _hide(state, start, start + len(token.markup))
        _hide(state, state.pos - len(token.markup), state.pos)


def _note_entity(state: StateInline, start: int) -> None:
    state.env["shown"][start : state.pos] = [state.tokens[-1].content] + [None] * (state.pos - start - 1)


def _note_delimiters(state: StateInline, start: int) -> None:
    # Whether an asterisk is emphasis shows only when its partner is found: `_note_emphasis` decides.
    tokens = state.tokens[start - state.pos :]
    state.env["delimiters"] += zip(tokens, range(start, state.pos), strict=True)


def _note_emphasis(state: StateInline) -> None:
    for token, place in state.env["delimiters"]:
        if not token.content:
            _hide(state, place, place + 1)


_INLINE_RULES: Mapping[str, tuple[InlineRule, Callable[[StateInline, int], None]]] = {
    "link": (link_rule, _note_link),
    "image": (image_rule, _note_whole),
    "autolink": (autolink, _note_ends),
    "html_inline": (html_inline, _note_whole),
    "escape": (escape, _note_escape),
    "backticks": (backtick, _note_code),
    "entity": (entity, _note_entity),
    "emphasis": (emphasis.tokenize, _note_delimiters),
}
