"""What curators and developers read: why an outcome came about, what is wrong, how well it does."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.rendering import ASIDE, reply
from bot.screen import visible
from knowledge.base import KnowledgeBase
from knowledge.batching import name_of
from knowledge.comparing import Change, Comparison
from knowledge.evaluating import Confusion, Figures, Judgement, figures_by
from knowledge.loading import Curation
from knowledge.outcomes import Answer, NotStated, Outcome, OutOfScope
from knowledge.records import Fact, NotStatedTopic, Record

_SHOWN = 20


def table(*headings: str, right: Iterable[str] = ()) -> Table:
    """Make a table without lines, the headings named in `right` over figures."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        made.add_column(heading, justify="right" if heading in right else "left", no_wrap=heading in right)
    return made


def explain(knowledge_base: KnowledgeBase, outcome: Outcome, out: Console) -> None:
    """Print the evidence of an outcome, then the reply it led to."""
    evidence = outcome.evidence
    rows = [
        ("question", visible(evidence.question)),
        ("understood", visible(evidence.understood) or "(no word)"),
        ("mended", ", ".join(f"{visible(typed)} → {understood}" for typed, understood in evidence.mended)),
        ("borrowed", visible(evidence.borrowed)),
        ("nearest example", visible(evidence.example)),
        ("outcome", _outcome(outcome)),
        ("sureness", f"{evidence.sureness:.1%}" if evidence.sureness else ""),
        ("reason", evidence.reason),
    ]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, value in rows:
        if value:
            grid.add_row(Text(name, ASIDE), Text(value))
    out.print(grid)
    if evidence.matches:
        matches = table("score", "record", "kind", "title", right=["score"])
        for match in evidence.matches:
            record = knowledge_base.curation.records[match.id]
            matches.add_row(f"{match.score:.3f}", match.id, _kind(record), _title(record))
        out.print(matches)
    out.print()
    reply(knowledge_base, outcome).print(out)


def _outcome(outcome: Outcome) -> str:
    name = name_of(outcome).replace("_", " ")
    match outcome:
        case Answer():
            return f"{name}: {outcome.quotation.fact.id}"
        case NotStated():
            return f"{name}: {outcome.topic.id}"
        case OutOfScope() if outcome.reply:
            return f"{name}: {outcome.reply}"
    return name


def _kind(record: Record) -> str:
    match record:
        case Fact():
            return "fact"
        case NotStatedTopic():
            return "not stated"
    return "small talk"


def _title(record: Record) -> str:
    return record.title if isinstance(record, Fact | NotStatedTopic) else ""


def coverage(curation: Curation, out: Console) -> None:
    """Print how many records and example questions each sentence of the announcement has."""
    facts: Counter[int] = Counter()
    examples: Counter[int] = Counter()
    nearest: Counter[int] = Counter()
    for id_, place in curation.quoted.items():
        record = curation.records[id_]
        if not isinstance(record, Fact):
            nearest[place.sentence.index] += 1
            continue
        for index in {one.sentence.index for one in (place, *curation.also.get(id_, ()))}:
            facts[index] += 1
            examples[index] += len(record.examples)
    rows = table("facts", "questions", "nearest to", "sentence", right=["facts", "questions", "nearest to"])
    for sentence in curation.announcement.sentences:
        index = sentence.index
        start = Text(sentence.text, overflow="ellipsis", no_wrap=True)
        rows.add_row(str(facts[index]), str(examples[index]), str(nearest[index]), start)
    out.print(rows)
    kinds = Counter(_kind(record) for record in curation.records.values())
    total = sum(len(record.examples) for record in curation.records.values())
    out.print(
        f"{kinds['fact']} facts, {kinds['not stated']} not-stated topics, {kinds['small talk']} small-talk "
        f"records, {total} example questions; version {curation.version}."
    )
    bare = sum(not facts[sentence.index] for sentence in curation.announcement.sentences)
    out.print("Every sentence has a fact." if not bare else f"Without a fact: {_counted(bare, 'sentence')}.")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def results(judged: Sequence[Judgement], out: Console) -> None:
    """Print the figures by type, by manner and by split where there are any, and of all."""
    headings = ("n", "decision", "wrong", "precision", "reachable")
    rows = table("", *headings, right=headings)
    groups = [
        figures_by(judged, lambda case: case.type),
        figures_by(judged, lambda case: case.manner),
        figures_by(judged, lambda case: case.split),
    ]
    for group in groups:
        for name, figures in group.items():
            rows.add_row(visible(name), *_cells(figures))
        if group:
            rows.add_section()
    rows.add_row("all", *_cells(Figures.of(judged)))
    out.print(rows)


def _cells(figures: Figures) -> list[str]:
    shares = (figures.decision, figures.wrong, figures.precision, figures.reachable)
    return [str(figures.n), *("–" if share is None else f"{share:.3f}" for share in shares)]


def confused(found: Sequence[Confusion], out: Console) -> None:
    """Print which record took which record's questions."""
    if not found:
        return
    out.print()
    rows = table("count", "taken by", "should have gone to", "for example", right=["count"])
    for confusion in found[:_SHOWN]:
        rows.add_row(str(confusion.count), confusion.took, confusion.wanted, Text(visible(confusion.example)))
    out.print(rows)
    if len(found) > _SHOWN:
        out.print(f"and {_counted(len(found) - _SHOWN, 'pair')} more")


def misses(judged: Sequence[Judgement], out: Console) -> None:
    """Print every question that was not answered rightly."""
    out.print()
    for judgement in judged:
        if judgement.score < 1:
            gold = ", ".join(sorted(judgement.case.gold)) or "a refusal"
            question = visible(judgement.case.question)
            out.print(
                f"{judgement.score:.1f} {judgement.case.id} “{question}”: wanted {gold}, got {judgement.said}"
            )


def compared(comparison: Comparison, judged: Sequence[Judgement], out: Console) -> None:
    """Print what changed since an earlier evaluation."""
    out.print()
    now = Figures.of(judged)
    for name in ("decision", "wrong", "precision", "reachable"):
        before, after = comparison.before.get(name), getattr(now, name)
        if isinstance(before, int | float) and after is not None:
            out.print(f"{name}: {before:.3f} → {after:.3f} ({after - before:+.3f})")
    for title, changes in (("fixed", comparison.fixed), ("broken", comparison.broken)):
        out.print(f"{title}: {len(changes)}")
        for change in changes:
            out.print(f"  {_change(change)}")
    if comparison.only_before or comparison.only_after:
        out.print(
            f"only in the old results: {comparison.only_before}; only in these: {comparison.only_after}"
        )


def _change(change: Change) -> str:
    note = " (now wrong)" if change.turned_wrong else ""
    return f"{change.id} “{visible(change.question)}”: {change.before} → {change.after}{note}"
