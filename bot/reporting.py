"""A picture of what was asked, for people who would rather look than read."""

import importlib.util
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import discord
from discord import app_commands

from bot import curator_texts as texts
from bot.client import AnyCommand, Interaction, Part
from bot.failures import Declined
from bot.fitting import in_own_process
from bot.gap_search import GapSearch
from bot.journal import JournalReader, RecordCount
from bot.library import Library
from bot.picture import Figures, Sentence, draw
from bot.showing import defer
from knowledge.base import KnowledgeBase

_MOST_GAPS = 8
_MOST_SENTENCES = 60
_MOST_WORDS = 1000  # Discord shows 1024 characters of alternative text


class Reporting(Part):
    """`/facts report`."""

    def __init__(self, library: Library, reader: JournalReader, search: GapSearch) -> None:
        self._library = library
        self._reader = reader
        self._search = search

    def commands(self) -> Sequence[AnyCommand]:
        """Make the command."""

        @app_commands.command(description=texts.REPORT)
        @app_commands.describe(days=texts.REPORT_DAYS)
        async def report(interaction: Interaction, days: app_commands.Range[int, 1, 3650] = 30) -> None:
            await defer(interaction)
            await self._report(interaction, days)

        return (report,)

    async def _report(self, interaction: Interaction, days: int) -> None:
        if importlib.util.find_spec("matplotlib") is None:
            raise Declined(texts.NO_PICTURES)
        figures = await self._figures(days)
        if not figures.days:
            raise Declined(texts.NOTHING_ASKED)
        picture: bytes = await in_own_process(partial(draw, figures))
        words = described(figures)
        file = discord.File(io.BytesIO(picture), "report.png", description=words[:_MOST_WORDS])
        await interaction.edit_original_response(
            content=texts.report(figures.total, days), attachments=[file]
        )

    async def _figures(self, days: int) -> Figures:
        since = datetime.now(UTC) - timedelta(days=days)
        counts = await self._reader.per_day(since)
        per_record = await self._reader.per_record(since)
        found = await self._search.search(days)
        by_day: dict[str, Counter[str]] = {}
        for count in counts:
            day = by_day.setdefault(count.day.isoformat(), Counter())
            day[texts.GROUPS[count.outcome]] += count.count
        return Figures(
            days={day: dict(by_day.get(day, {})) for day in _all_days(by_day)},
            groups=tuple(dict.fromkeys(texts.GROUPS.values())),
            sentences=tuple(_most(sentences(self._library.current, per_record))),
            gaps=tuple((gap.wordings[0].text, gap.count) for gap in found.gaps[:_MOST_GAPS]),
        )


def sentences(base: KnowledgeBase, counts: Sequence[RecordCount]) -> list[Sentence]:
    """Count how often each sentence of the announcement was the answer, in the announcement's order."""
    answers: Counter[int] = Counter()
    for count in counts:
        if count.record in base.curation.quoted:
            answers[base.curation.quoted[count.record].sentence.index] += count.answers
    return [Sentence(one.text, answers[one.index]) for one in base.announcement.sentences]


def _most(counted: list[Sentence]) -> list[Sentence]:
    """Leave out what answered least where there are more sentences than can be drawn; the order stays."""
    least = sorted((one.answers for one in counted), reverse=True)[:_MOST_SENTENCES][-1:]
    kept = [one for one in counted if one.answers >= min(least, default=0)]
    return kept[:_MOST_SENTENCES]


def _all_days(days: Mapping[str, object]) -> list[str]:
    """List the days from the first to the last, those without a question too."""
    if not days:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


def described(figures: Figures) -> str:
    """Say in words what the picture shows."""
    totals: Counter[str] = Counter()
    for groups in figures.days.values():
        totals.update(groups)
    parts = [texts.described_total(figures.total, len(figures.days), _shares(totals, figures.total))]
    most = sorted(figures.sentences, key=lambda one: -one.answers)[:3]
    if most and most[0].answers:
        said = "; ".join(f"“{one.text[:80]}” {one.answers} times" for one in most if one.answers)
        parts.append(texts.described_sentences(said))
    never = sum(not one.answers for one in figures.sentences)
    parts.append(texts.described_unused(never, len(figures.sentences)))
    if figures.gaps:
        said = "; ".join(f"“{text[:60]}” {count} times" for text, count in figures.gaps[:5])
        parts.append(texts.described_gaps(said))
    return " ".join(parts)


def _shares(totals: Mapping[str, int], total: int) -> str:
    return ", ".join(f"{count / total:.0%} {name}" for name, count in totals.items() if count)
