"""What can be wrong between curated files: quotes, ids, questions, speakers, names and starters."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from knowledge.announcement import Announcement, Place, SpeechError, parse
from knowledge.language import Language
from knowledge.problems import Problem, nearest
from knowledge.quoting import locate
from knowledge.records import Fact, NotStatedTopic
from knowledge.tables import About, Entry

_INTRODUCTION = re.compile(r"\b(?:added|commented|explained|said|says|stated):$")


def announced(text: str, about: About | None, problems: list[Problem]) -> Announcement:
    """Parse an announcement with its curated speakers; without them where they do not fit."""
    if about is None:
        return parse(text)
    try:
        announcement = parse(text, [speech for _, speech in about.speeches])
    except SpeechError as error:
        for number, message in error.problems:
            table, _ = about.speeches[number]
            problems.append(table.problem(f"{message[:1].upper()}{message[1:]}."))
        return parse(text)
    if not announcement.sentences:
        message = "The announcement has no sentences. Name a source with text in it."
        problems.append(Problem(about.file.name, about.file.line_of_key("source"), "", message))
    for sentence in announcement.sentences:
        if _INTRODUCTION.search(sentence.text):
            message = (
                f"The line “{sentence.text}” introduces words that no speaker is named for. "
                "Add a [[speaker]] with this line as introduced_by and the first and last words spoken."
            )
            problems.append(Problem(about.file.name, None, "", message))
    return announcement


def unique(entries: Iterable[Entry], problems: list[Problem]) -> dict[str, Entry]:
    """Order the records by id; an id used before is a problem."""
    found: dict[str, Entry] = {}
    for entry in entries:
        first = found.setdefault(entry.record.id, entry)
        if first is not entry:
            message = (
                f"The id “{entry.record.id}” is already used at {first.place}. "
                "Give one of the two another id."
            )
            problems.append(entry.table.problem(message, entry.record.id, "id"))
    return found


def quoted(entries: Iterable[Entry], announcement: Announcement, problems: list[Problem]) -> dict[str, Place]:
    """Find the quote of each fact, and what is nearest to each topic that is not stated."""
    found: dict[str, Place] = {}
    for entry in entries:
        record = entry.record
        match record:
            case Fact():
                key, quote = "quote", record.quote
            case NotStatedTopic(nearest=str(words)):
                key, quote = "nearest", words
            case _:
                continue
        place = locate(announcement, quote, key)
        if isinstance(place, str):
            problems.append(entry.table.problem(place, quote, key))
        else:
            found[record.id] = place
    return found


def also_quoted(
    entries: Iterable[Entry],
    announcement: Announcement,
    quotes: Mapping[str, Place],
    problems: list[Problem],
) -> dict[str, tuple[Place, ...]]:
    """Find the other quotes of each fact that has some; each stands in a sentence of its own."""
    found: dict[str, tuple[Place, ...]] = {}
    for entry in entries:
        record = entry.record
        if not isinstance(record, Fact) or not record.also or record.id not in quotes:
            continue
        places = [quotes[record.id]]
        for quote in record.also:
            place = locate(announcement, quote, "also")
            if isinstance(place, str):
                problems.append(entry.table.problem(place, quote, "also"))
            elif place.sentence in [earlier.sentence for earlier in places]:
                message = f"The also “{quote}” is in a sentence that the record quotes already. Remove it."
                problems.append(entry.table.problem(message, quote, "also"))
            else:
                places.append(place)
        found[record.id] = tuple(places[1:])
    return found


def check_questions(
    entries: Iterable[Entry], forms: Iterable[Sequence[str]], problems: list[Problem]
) -> None:
    """Tell each question that cannot point to its record; each normal form may stand once.

    `forms` are the normal forms of all questions, record by record.
    """
    seen: dict[str, tuple[Entry, str]] = {}
    following = iter(forms)
    for entry in entries:
        examples = entry.record.examples
        for number, (question, words) in enumerate(zip(examples, following, strict=False)):
            form = " ".join(words)
            message = _unclear(entry, question, form, seen)
            if message:
                nth = examples[:number].count(question)
                problems.append(entry.table.problem(message, question, "questions", nth))
            else:
                seen[form] = (entry, question)


def check_presence(entries: Iterable[Entry], problems: list[Problem]) -> None:
    """Tell each record without any question."""
    for entry in entries:
        if not entry.record.examples:
            message = "The record has no questions. Write at least one that it answers."
            problems.append(entry.table.problem(message, key="questions"))


def _unclear(entry: Entry, question: str, form: str, seen: Mapping[str, tuple[Entry, str]]) -> str:
    """Say why a question cannot point to its record; "" if it can."""
    if not form:
        return f"The question “{question}” has no word in it that counts. Write it out or remove it."
    if form not in seen:
        return ""
    other, earlier = seen[form]
    both = "" if earlier == question else f", there written “{earlier}”, and both mean “{form}”"
    if other is entry:
        return f"The question “{question}” stands twice in the record{both}. Remove one."
    return (
        f"The question “{question}” is also under “{other.record.id}” at {other.place}{both}. "
        "Keep it under the record that answers it."
    )


def check_turns(entries: Iterable[Entry], known: set[str], problems: list[Problem]) -> None:
    """Tell each turn without a word and each `next` that names no record.

    `known` are all ids written, also those of refused records.
    """
    for entry in entries:
        for text in (*entry.record.follow_ups, *chain.from_iterable(entry.record.next.values())):
            if not any(map(str.isalnum, text)):
                message = f"The turn “{text}” has no word in it. Write it out or remove it."
                problems.append(entry.table.problem(message, text))
        for id_ in entry.record.next:
            if id_ not in known:
                message = f"The next “{id_}” is no record in any file. {nearest(id_, known)}"
                problems.append(entry.table.problem(message, key=id_))


def check_names(about: About, problems: list[Problem]) -> None:
    """Tell each form that stands under two names: which one it means could not be known."""
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    plain = Language()
    for table, forms in about.names:
        for form in forms:
            first = seen.setdefault(tuple(map(str.lower, plain.plain_words(form))), forms)
            if first is not forms:
                message = f"The form “{form}” stands under “{first[0]}” already. Keep it under one name."
                problems.append(table.problem(message, form))


def check_starters(
    about: About, entries: Mapping[str, Entry], known: set[str], problems: list[Problem]
) -> None:
    """Tell each starter that is no fact; `known` are all ids written, those of refused records among them."""
    line = about.file.line_of_key("starters")
    for number, starter in enumerate(about.starters):
        entry = entries.get(starter)
        if starter in about.starters[:number]:
            message = f"The starter “{starter}” stands twice. Remove one."
        elif entry and not isinstance(entry.record, Fact):
            message = f"The starter “{starter}” is no fact but stands at {entry.place}. Name a fact."
        elif starter not in known:
            facts = [name for name, other in entries.items() if isinstance(other.record, Fact)]
            message = f"The starter “{starter}” is no fact in any file. {nearest(starter, facts)}"
        else:
            continue
        problems.append(Problem(about.file.name, line, "", message))
