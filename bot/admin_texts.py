"""What the people who run the bot read."""

from collections.abc import Sequence
from typing import assert_never

import discord

from bot.escaping import literal
from bot.library import Candidate, Changes, Live
from bot.measuring import Difference, Measurement, difference
from bot.notes import Note
from knowledge.evaluating import Figures
from knowledge.matching import Match
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope
from knowledge.problems import Problem
from knowledge.records import Fact, NotStatedTopic

GROUP = "Look after the facts this bot answers from"
RELOAD = "Read the records again, see what would change, and publish it"
STATUS = "See what is live and how the bot is doing"
CHECK = "Look for problems in the records without publishing anything"
WHY = "See why a question gets the reply it gets"
WHY_QUESTION = "The question, as a member would ask it"

PUBLISH = "Publish"
CANCEL = "Cancel"

PREVIEW_GONE = "That preview is no longer there. Run /facts reload for a new one."
CANCELLED = "Nothing was published. Members still get the same facts."
NOTHING_NEW = "The records are the same as what is live, so there is nothing to publish."
CHECK_FINE = "The records have no problems. /facts reload publishes them."
OLD_FACTS_LIVE = "Nothing was published, and members still get the old facts."

_MOST_QUESTIONS_LISTED = 40


def problems(found: Sequence[Problem], consequence: str = "") -> Note:
    """List all that is wrong with the records, and say what that means for members."""
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    return Note(
        [f"**The records have {count}.** {consequence}".rstrip()], list(map(str, found)), "problems.txt"
    )


def checked(changes: Changes) -> Note:
    """Say what a check found when nothing is wrong."""
    if not changes.anything:
        return Note(["The records have no problems, and they are the same as what is live."])
    return Note([CHECK_FINE, _counts(changes)], _ids(changes), "changes.txt")


def preview(candidate: Candidate) -> Note:
    """Say what publishing a candidate would change."""
    old, new = candidate.replaces.base, candidate.base
    paragraphs = [
        f"**Ready to publish** version `{new.version}` in place of `{old.version}`.",
        _counts(candidate.changes),
    ]
    listed = _ids(candidate.changes)
    before, after = candidate.replaces.measurement, candidate.measurement
    if after:
        compared = difference(before, after) if before and before.judged else None
        paragraphs.append(_golden(before, after, compared))
        listed += _questions(compared)
    return Note(paragraphs, listed, "changes.txt")


def published(live: Live) -> str:
    """Tell the admin who published."""
    return f"**Published.** Version `{live.base.version}` is live."


def conflict(live: Live) -> str:
    """Tell the admin who came second."""
    who = literal(live.published_by) or "Somebody"
    return (
        f"**Nothing was published.** {who} published version `{live.base.version}` "
        "since this preview was made. Run /facts reload to see what would change now."
    )


def status(live: Live, notes: Sequence[str] = ()) -> Note:
    """Say what is live and since when."""
    records = live.base.curation.records.values()
    facts = sum(isinstance(record, Fact) for record in records)
    topics = sum(isinstance(record, NotStatedTopic) for record in records)
    questions = sum(len(record.examples) for record in records)
    counts = (
        f"{_count(facts, 'fact')}, {_count(topics, 'topic that is', 'topics that are')} not stated, "
        f"{len(records)} records in all, {_count(questions, 'example question')}."
    )
    since = discord.utils.format_dt(live.since, "R")
    by = (
        f", published by {literal(live.published_by)}"
        if live.published_by
        else ", as the bot started with it"
    )
    figures = live.measurement.figures if live.measurement else None
    return Note(
        [
            f"**Version `{live.base.version}`** is live since {since}{by}.",
            counts,
            *([f"Golden questions: {_shares(figures)}."] if figures else []),
            *notes,
        ]
    )


def why(outcome: Outcome) -> Note:
    """Say why a question gets its reply."""
    evidence = outcome.evidence
    return Note([f"**{_ending(outcome)}**"], _evidence(evidence), "why.txt")


def _ending(outcome: Outcome) -> str:
    match outcome:
        case Answer():
            text = f"Answer: {literal(outcome.quotation.fact.title)}"
        case Clarify():
            text = "Asked back: more than one record could be meant"
        case NotStated():
            text = f"Not stated: {literal(outcome.topic.title)}"
        case OutOfScope(reply=""):
            text = "Nothing found: no record fits"
        case OutOfScope():
            text = f"Small talk: {outcome.reply}"
        case _:
            assert_never(outcome)
    return text


def _evidence(evidence: Evidence) -> list[str]:
    mended = ", ".join(f"{typed} -> {meant}" for typed, meant in evidence.mended)
    rows = [
        ("asked", evidence.question),
        ("understood", evidence.understood),
        ("mended", mended),
        ("borrowed", evidence.borrowed),
        ("nearest example", evidence.example),
        ("reason", evidence.reason),
    ]
    return [*(f"{name}: {text}" for name, text in rows if text), *map(_match, evidence.matches)]


def _match(match: Match) -> str:
    return f"{match.score:7.1%}  {match.id}"


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def _counts(changes: Changes) -> str:
    counts = [(changes.added, "added"), (changes.removed, "removed"), (changes.changed, "changed")]
    said = [f"{len(ids)} {what}" for ids, what in counts if ids] or ["none changed"]
    more = " The announcement itself changed." if changes.announcement else ""
    if not any(ids for ids, _ in counts) and not changes.announcement and changes.anything:
        more = " Only comments, names, themes or starters changed."
    return f"Records: {', '.join(said)}, {changes.records} in all.{more}"


def _ids(changes: Changes) -> list[str]:
    marked = [("+", changes.added), ("-", changes.removed), ("~", changes.changed)]
    return [f"{mark} {id_}" for mark, ids in marked for id_ in ids]


def _golden(before: Measurement | None, after: Measurement, compared: Difference | None) -> str:
    then, now = before.figures if before else None, after.figures
    if now is None:
        return f"Golden questions: none could be asked. {literal(after.problems[0])}"
    if then is None or compared is None:
        return f"Golden questions: {_shares(now)}."
    return (
        f"Golden questions before: {_shares(then)}.\nAfter: {_shares(now)}; "
        f"{compared.fixed} better, {compared.broken} worse."
    )


def _shares(figures: Figures) -> str:
    return f"{figures.decision:.1%} of {figures.n} right, {figures.wrong:.1%} wrong"


def _questions(compared: Difference | None) -> list[str]:
    if compared is None or not compared.shown:
        return []
    lines = [f"{way}: “{one.question}”: {one.before} -> {one.after}" for way, one in compared.shown]
    more = len(lines) - _MOST_QUESTIONS_LISTED
    return ["", *lines[:_MOST_QUESTIONS_LISTED], *([f"and {more} more"] if more > 0 else [])]
