"""Questions labelled with the sentences that answer them: the golden format."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.announcement import Announcement
from knowledge.json_lines import LineError, named, numbered_lines, read_id, read_object, read_text, read_turns

SENTENCES_FILE = "sentences.json"

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORDS = re.compile(r"[\w£$%]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question.

    `gold` are the ids of the sentences that are right answers, each alone; none when the announcement does
    not say. `refusal_is_right` tells that a refusal is right (too). `earlier` are the questions asked before
    it in its dialogue.
    """

    id: str
    question: str
    gold: frozenset[str]
    refusal_is_right: bool
    type: str
    manner: str = ""
    split: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The cases of a file, the sentences their labels name, and what could not be read."""

    cases: tuple[Case, ...]
    names: Mapping[str, str]
    problems: tuple[str, ...]

    def name(self, sentence: str) -> str:
        """Name a sentence by its id, "?" when the labels know none for it."""
        return self.names.get(words_of(sentence), "?")


class LabelError(Exception):
    """A labelled file that cannot be used at all, in one sentence."""


def words_of(sentence: str) -> str:
    """Reduce a sentence to its words, by which sentences compare: links, marks, case and spacing go."""
    return " ".join(_WORDS.findall(_LINK.sub(r"\1", sentence).casefold()))


def read_labelled(path: Path, announcement: Announcement) -> LabelledSet:
    """Read a file of labelled questions or dialogues, with the sentences.json beside it."""
    sentences = _sentences(path.with_name(SENTENCES_FILE))
    known = {words_of(sentence.text) for sentence in announcement.sentences}
    problems = [
        f"{SENTENCES_FILE}: the sentence {name} is not in the announcement, so no reply can be it: “{text}”"
        for name, text in sentences.items()
        if words_of(text) not in known
    ]
    cases: list[Case] = []
    try:
        with path.open("rb") as stream:
            for number, line in numbered_lines(stream):
                try:
                    cases += _cases(read_object(line), f"{path.stem}:{number}", sentences)
                except LineError as error:
                    problems.append(f"{path.name}, line {number}: {error}")
    except OSError as error:
        raise LabelError(f"The file {path} cannot be read: {error.strerror}.") from None
    if not cases:
        raise LabelError(f"The file {path} holds no labelled question.")
    names = {words_of(text): name for name, text in sentences.items()}
    return LabelledSet(tuple(cases), names, tuple(problems))


def _sentences(path: Path) -> dict[str, str]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except OSError:
        raise LabelError(
            f"The file {path} is needed beside the questions: it names the sentences their labels mean."
        ) from None
    except (ValueError, RecursionError):
        raise LabelError(f"The file {path} is not JSON in UTF-8.") from None
    if not isinstance(values, dict) or not all(isinstance(text, str) for text in values.values()):
        raise LabelError(f"The file {path} must be one object from ids to sentences.")
    return values


def _cases(values: dict[str, Any], default_id: str, sentences: Mapping[str, str]) -> list[Case]:
    name = read_id(values)
    name = default_id if name is None else str(name)
    if "turns" not in values:
        return [_case(values, name, sentences)]
    cases: list[Case] = []
    for number, turn in enumerate(read_turns(values), 1):
        kind = {"type": "later turn" if cases else "first turn", "split": values.get("split", "")}
        earlier = tuple(case.question for case in cases)
        cases.append(_case(turn | kind, f"{name}#{number}", sentences, earlier))
    return cases


def _case(
    values: dict[str, Any], name: str, sentences: Mapping[str, str], earlier: tuple[str, ...] = ()
) -> Case:
    gold = values.get("gold")
    if not isinstance(gold, list) or not all(isinstance(item, str) for item in gold):
        raise LineError("“gold” must be a list of sentence ids; leave it empty for what is not stated.")
    for item in gold:
        if item not in sentences:
            raise LineError(
                f"the sentence id “{item}” is not in {SENTENCES_FILE}. Correct it or add it there."
            )
    refusal = values.get("abstain_ok", not gold)
    if not isinstance(refusal, bool):
        raise LineError(f"“abstain_ok” must be true or false, not {named(refusal)}.")
    return Case(
        id=name,
        question=read_text(values, "q"),
        gold=frozenset(gold),
        refusal_is_right=refusal,
        type=str(values.get("type") or "question"),
        manner=str(values.get("manner") or ""),
        split=str(values.get("split") or ""),
        earlier=earlier,
    )
