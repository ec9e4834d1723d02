"""How gaps look: a page of them, and one by itself."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot import curator_texts as texts
from bot.admin_texts import count
from bot.controls import Button, Menu, Option, Row, Style
from bot.escaping import literal
from bot.gap_search import Gaps
from bot.gaps import Gap
from bot.journal import OutcomeKind
from bot.limits import OPTIONS, cut, pages
from bot.notes import Note
from knowledge.base import KnowledgeBase
from knowledge.records import Fact, NotStatedTopic

PAGE, OPEN, ADD, TOPIC, CSV = "gaps", "gap", "gapadd", "gaptopic", "gapcsv"

_ON_PAGE = 5
_WORDING = 110
_WORDINGS = 12


def list_of(found: Gaps, page: int) -> tuple[Note, list[Row]]:
    """Show a page of gaps, and ways to look at one, to turn the page and to get all of them."""
    if not found.gaps:
        return Note([texts.no_gaps(format_dt(found.since, "D"))]), []
    last = pages(len(found.gaps), _ON_PAGE) - 1
    page = max(0, min(page, last))
    start = page * _ON_PAGE
    shown = list(enumerate(found.gaps))[start : start + _ON_PAGE]
    heading = texts.gaps(
        count(found.questions, "question"),
        format_dt(found.since, "D"),
        len(found.gaps),
        page + 1,
        last + 1,
    )
    options = [
        Option(f"{number + 1}. {gap.wordings[0].text}", str(number), count(gap.count, "time"))
        for number, gap in shown
    ]
    buttons = [Button(texts.GAPS_CSV, CSV, (found.key,))]
    if page < last:
        buttons.insert(0, Button(texts.NEXT, PAGE, (found.key, str(page + 1))))
    if page:
        buttons.insert(0, Button(texts.PREVIOUS, PAGE, (found.key, str(page - 1))))
    rows: list[Row] = [Menu(texts.CHOOSE_GAP, OPEN, (found.key,), tuple(options)), tuple(buttons)]
    return Note([heading, *(_line(number, gap) for number, gap in shown)]), rows


def one(found: Gaps, number: int, base: KnowledgeBase) -> tuple[Note, list[Row]]:
    """Show one gap with all its wordings, and what could be done about it."""
    gap = found.gaps[number]
    place = (found.key, str(number))
    more = len(gap.wordings) - _WORDINGS
    listed = [f"{wording.count} x {cut(wording.text, _WORDING)}" for wording in gap.wordings[:_WORDINGS]]
    paragraphs = [
        f"**{count(gap.count, 'time')}**, last {format_dt(gap.last_asked, 'R')}. {_endings(gap)}",
        _closest(gap, base),
    ]
    rows: list[Row] = []
    if options := _records(gap, base):
        rows.append(Menu(texts.ADD_TO_RECORD, ADD, place, tuple(options)))
    buttons = [Button(texts.MAKE_TOPIC, TOPIC, place), back(found.key, number)]
    if gap.record in base.curation.records:
        buttons.insert(
            0, Button(texts.add_to(gap.record or ""), ADD, (*place, gap.record or ""), Style.primary)
        )
    rows.append(tuple(buttons))
    return Note(paragraphs, [*listed, *([f"and {more} more"] if more > 0 else [])], "wordings.txt"), rows


def back(key: str, number: int) -> Button:
    """Lead back to the page a gap is on."""
    return Button(texts.BACK_TO_GAPS, PAGE, (key, str(number // _ON_PAGE)))


def _line(number: int, gap: Gap) -> str:
    others = f" and {len(gap.wordings) - 1} more wordings" if len(gap.wordings) > 1 else ""
    nearest = f"; closest `{gap.record}`" if gap.record else ""
    return (
        f"**{number + 1}.** {gap.count} x “{literal(cut(gap.wordings[0].text, _WORDING))}”{others}{nearest}"
    )


def _endings(gap: Gap) -> str:
    said = [f"{count} {texts.ENDINGS[kind]}" for kind, count in _sorted(gap.outcomes)]
    if gap.voted_down:
        said.append(f"{gap.voted_down} voted down")
    return f"{', '.join(said)}."


def _sorted(outcomes: dict[OutcomeKind, int]) -> Sequence[tuple[OutcomeKind, int]]:
    return sorted(outcomes.items(), key=lambda pair: -pair[1])


def _closest(gap: Gap, base: KnowledgeBase) -> str:
    if gap.record is None:
        return texts.NOTHING_CLOSE
    score = "" if gap.score is None else f" ({gap.score:.0%})"
    return f"Closest: `{gap.record}` {_title(gap.record, base)}{score}"


def _title(record_id: str, base: KnowledgeBase) -> str:
    record = base.curation.records.get(record_id)
    if record is None:
        return texts.NO_LONGER_THERE
    return f"“{literal(record.title)}”" if isinstance(record, Fact | NotStatedTopic) else ""


def _records(gap: Gap, base: KnowledgeBase) -> list[Option]:
    """List the records that could be meant, likeliest first."""
    ranked = base.matcher.rank(gap.wordings[0].text, limit=OPTIONS)
    return [
        Option(match.id, match.id, title) for match in ranked if (title := _plain(match.id, base)) is not None
    ]


def _plain(record_id: str, base: KnowledgeBase) -> str | None:
    record = base.curation.records.get(record_id)
    if record is None:
        return None
    return record.title if isinstance(record, Fact | NotStatedTopic) else texts.SMALL_TALK
