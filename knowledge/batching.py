"""Many questions at once: requests read from lines, outcomes as plain data."""

from dataclasses import dataclass
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.conversation import Conversation
from knowledge.json_lines import read_id, read_object, read_text, read_turns
from knowledge.outcomes import Answer, Clarify, NotStated, Outcome, OutOfScope, Quotation

MOST_SUGGESTIONS = 3
LEAST_PROBABLE = 0.03  # a suggestion below it is noise to whoever reads it

_NAMES: dict[type[Outcome], str] = {
    Answer: "answer",
    Clarify: "clarify",
    NotStated: "not_stated",
    OutOfScope: "out_of_scope",
}


@dataclass(frozen=True, slots=True)
class Request:
    """A question, or the questions of a dialogue in turn."""

    id: str | int | None
    questions: tuple[str, ...]
    is_dialogue: bool = False


def read_request(line: bytes) -> Request:
    """Read a request from a line of JSON; LineError says why it cannot be."""
    values = read_object(line)
    if "turns" not in values:
        return Request(read_id(values), (read_text(values, "q"),))
    turns = enumerate(read_turns(values), 1)
    questions = tuple(read_text(turn, "q", f" in turn {number}") for number, turn in turns)
    return Request(read_id(values), questions, is_dialogue=True)


def reply(knowledge_base: KnowledgeBase, request: Request) -> dict[str, Any]:
    """Answer a request, as the data that goes on one line."""
    turns = [as_data(knowledge_base, outcome) for outcome in converse(knowledge_base, request.questions)]
    if request.is_dialogue:
        return {"id": request.id, "turns": turns}
    return {"id": request.id, **turns[0]}


def converse(knowledge_base: KnowledgeBase, questions: tuple[str, ...]) -> list[Outcome]:
    """Ask questions one after the other in one conversation."""
    conversation = Conversation()
    outcomes = []
    for question in questions:
        outcome = knowledge_base.ask(question, conversation)
        conversation = conversation.after(outcome, 0.0)
        outcomes.append(outcome)
    return outcomes


def name_of(outcome: Outcome) -> str:
    """Name the kind of an outcome."""
    return _NAMES[type(outcome)]


def as_data(knowledge_base: KnowledgeBase, outcome: Outcome) -> dict[str, Any]:
    """Turn an outcome into plain data; a fact and a sentence only when it is a direct answer."""
    quotation = outcome.quotation if isinstance(outcome, Answer) else None
    return {
        "outcome": name_of(outcome),
        "fact": quotation.fact.id if quotation else None,
        "sentence": quotation.sentence.text if quotation else None,
        "suggestions": [
            {"fact": suggestion.fact.id, "sentence": suggestion.sentence.text}
            for suggestion in suggestions(knowledge_base, outcome)
        ],
        "score": round(float(outcome.evidence.sureness or outcome.evidence.score), 4),
    }


def suggestions(knowledge_base: KnowledgeBase, outcome: Outcome) -> tuple[Quotation, ...]:
    """List what else may have been meant, likeliest first, at most three."""
    match outcome:
        case Clarify():
            return outcome.candidates[:MOST_SUGGESTIONS]
        case NotStated() | OutOfScope():
            return outcome.suggestions[:MOST_SUGGESTIONS]
    found: list[Quotation] = []
    seen = {outcome.quotation.sentence.index}
    for match in outcome.evidence.matches:
        quotation = knowledge_base.quotation(match.id) if match.score >= LEAST_PROBABLE else None
        if quotation and quotation.sentence.index not in seen:
            seen.add(quotation.sentence.index)
            found.append(quotation)
    return tuple(found[:MOST_SUGGESTIONS])
