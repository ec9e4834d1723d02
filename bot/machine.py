"""What programs read: JSON on standard output, in UTF-8 whatever the locale."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from rich.text import Text

from bot import texts
from bot.opening import stop
from bot.screen import screen
from knowledge.base import KnowledgeBase
from knowledge.batching import as_data, read_request, reply
from knowledge.json_lines import LineError, numbered_lines, written
from knowledge.outcomes import Answer, NotStated, Outcome, OutOfScope, Quotation


def print_json(value: object) -> None:
    """Print a value as one line at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(written(value))
    sys.stdout.buffer.flush()


def answer_lines(file: Path, load: Callable[[], KnowledgeBase]) -> bool:
    """Answer every line of a file on standard output; whether all of them could be read."""
    if str(file) == "-":
        return _answer(sys.stdin.buffer, load())
    try:
        with file.open("rb") as stream:
            return _answer(stream, load())
    except OSError as error:
        if error.filename is None:
            raise  # not about this file: the output is closed, for one
        stop(f"The file {file} cannot be read: {error.strerror}.")


def _answer(stream: BinaryIO, knowledge_base: KnowledgeBase) -> bool:
    complete = True
    err = screen(sys.stderr)
    for number, line in numbered_lines(stream):
        try:
            print_json(reply(knowledge_base, read_request(line)))
        except LineError as error:
            complete = False
            err.print(Text(f"Line {number}: {error}"))
    return complete


def reply_data(knowledge_base: KnowledgeBase, outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as a batch does, and what a reader is shown besides."""
    data = as_data(knowledge_base, outcome)
    match outcome:
        case Answer():
            data["quotation"] = _quotation(outcome.quotation)
        case NotStated():
            data["topic"] = outcome.topic.id
            data["text"] = texts.not_stated(outcome.topic.title)
            data["nearest"] = outcome.nearest.text if outcome.nearest else None
        case OutOfScope():
            data["text"] = texts.small_talk(outcome.reply)
    return data


def _quotation(quotation: Quotation) -> dict[str, Any]:
    sentence = quotation.sentence
    return {
        "title": quotation.fact.title,
        "quote": sentence.text[quotation.start : quotation.end],
        "speaker": sentence.speaker.name if sentence.speaker else None,
        "role": sentence.speaker.role if sentence.speaker else None,
        "section": sentence.section,
        "paragraph": sentence.paragraph,
    }


def why_data(knowledge_base: KnowledgeBase, outcome: Outcome) -> dict[str, Any]:
    """Give an outcome with its evidence."""
    evidence = outcome.evidence
    return reply_data(knowledge_base, outcome) | {
        "evidence": {
            "question": evidence.question,
            "understood": evidence.understood,
            "mended": [{"typed": typed, "understood": understood} for typed, understood in evidence.mended],
            "borrowed": evidence.borrowed,
            "example": evidence.example,
            "reason": evidence.reason,
            "matches": [
                {"id": match.id, "score": round(float(match.score), 4)} for match in evidence.matches
            ],
        }
    }
