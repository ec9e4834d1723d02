"""Longer messages for the people who run the bot: previews, status, and why."""

from collections.abc import Sequence
from typing import assert_never

import discord

from bot import admin_texts as texts
from bot.archive import Wanted
from bot.changes import Changes
from bot.escaping import literal
from bot.library import Candidate, Live
from bot.measuring import Difference, Measurement, difference
from bot.notes import Note
from knowledge.evaluating import Figures
from knowledge.matching import Match
from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope
from knowledge.problems import Problem
from knowledge.records import Fact, NotStatedTopic

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
    return Note([texts.CHECK_FINE, _counts(changes)], _ids(changes), "changes.txt")


def preview(candidate: Candidate) -> Note:
    """Say what publishing a candidate would change."""
    wanted = candidate.wanted
    what = (
        "**Ready to publish**"
        if wanted.restores is None
        else f"**Ready to go back to version {wanted.restores}**"
    )
    paragraphs = [
        f"{what}, `{candidate.base.version}`, in place of {texts.version(candidate.replaces)}.",
        _counts(candidate.changes),
        *_origins(wanted),
    ]
    listed = _ids(candidate.changes)
    before, after = candidate.replaces.measurement, candidate.measurement
    if after:
        compared = difference(before, after) if before and before.judged else None
        paragraphs.append(_golden(before, after, compared))
        listed += _questions(compared)
    return Note(paragraphs, listed, "changes.txt")


def status(live: Live, more: Sequence[str] = ()) -> Note:
    """Say what is live and since when."""
    records = live.base.curation.records.values()
    facts = sum(isinstance(record, Fact) for record in records)
    topics = sum(isinstance(record, NotStatedTopic) for record in records)
    questions = sum(len(record.examples) for record in records)
    not_stated = texts.count(topics, "topic that is", "topics that are")
    counts = (
        f"{texts.count(facts, 'fact')}, {not_stated} not stated, "
        f"{len(records)} records in all, {texts.count(questions, 'example question')}."
    )
    by = literal(texts.publisher(live))
    since = discord.utils.format_dt(live.since, "R")
    figures = live.measurement.figures if live.measurement else None
    return Note(
        [
            f"Live is **{texts.version(live)}**, since {since}, published by {by}.",
            counts,
            *([f"Golden questions: {_shares(figures)}."] if figures else []),
            *map(literal, live.notes),
            *more,
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
        ("sureness", f"{evidence.sureness:.1%}" if evidence.sureness else ""),
        ("reason", evidence.reason),
    ]
    return [*(f"{name}: {text}" for name, text in rows if text), *map(_match, evidence.matches)]


def _match(match: Match) -> str:
    return f"{match.score:7.1%}  {match.id}"


def _counts(changes: Changes) -> str:
    counts = [(changes.added, "added"), (changes.removed, "removed"), (changes.changed, "changed")]
    said = [f"{len(ids)} {what}" for ids, what in counts if ids] or ["none changed"]
    more = " The announcement itself changed." if changes.announcement else ""
    if not any(ids for ids, _ in counts) and not changes.announcement and changes.anything:
        more = " Only comments, names, themes or starters changed."
    return f"Records: {', '.join(said)}, {changes.records} in all.{more}"


def _origins(wanted: Wanted) -> list[str]:
    """Say where what is wanted comes from, as far as that is not plain."""
    said = []
    if wanted.from_draft:
        said.append(f"From the draft: {texts.names(wanted.from_draft)}.")
        if wanted.from_folder:
            said.append(f"From the folder: {texts.names(wanted.from_folder)}.")
    if wanted.overridden:
        said.append(f"Changed in the folder too, where the draft counts: {texts.names(wanted.overridden)}.")
    if wanted.kept:
        said.append(
            f"Changed in the folder and from Discord, and left as it is live: {texts.names(wanted.kept)}. "
            "Put the two together and use /facts upload."
        )
    return said


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
