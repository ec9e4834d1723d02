"""The tables of curated files turned into records, and what is wrong with a table alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.curated_file import CuratedFile
from knowledge.problems import Problem, in_words, unknown_key
from knowledge.records import (
    AnnouncementFile,
    CuratedModel,
    Fact,
    Id,
    Name,
    Record,
    Speech,
    Theme,
    type_of_table,
)

Model = TypeVar("Model", bound=CuratedModel)

_ID = TypeAdapter(Id)
_ABOUT_TABLES = ("speaker", "name")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, counted from 0 among its kind, and the values in it."""

    file: CuratedFile
    kind: str
    number: int
    values: dict[str, Any]

    @property
    def line(self) -> int | None:
        """The line of the table's header, if it has one."""
        return self.file.line(self.kind, self.number)

    @property
    def name(self) -> str:
        """What a curator calls it: its id or name, else its number among its kind."""
        named = self.values.get("id") or self.values.get("name") or self.values.get("forms")
        named = named[0] if isinstance(named, list) and named else named
        return named if isinstance(named, str) else f"{self.kind} {self.number + 1}"

    def problem(self, message: str, value: object = None, key: str = "", nth: int = 0) -> Problem:
        """Tell a problem at the line of a value or key of the table, else of its header."""
        line = self.file.line_of(self.kind, self.number, value, key, nth)
        return Problem(self.file.name, line, self.name, message)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the table it was read from."""

    record: Record
    table: Table

    @property
    def place(self) -> str:
        """Where the record stands, as file and line."""
        line = self.table.line
        return self.table.file.name if line is None else f"{self.table.file.name}:{line}"


def read_records(file: CuratedFile, problems: list[Problem]) -> tuple[list[Entry], set[str]]:
    """Read the records of one file; also every id in it, those of records that are refused among them."""
    known = ("theme", *type_of_table)
    for key in file.data:
        if key not in known:
            line = file.line_of_header(key) or file.line_of_key(key)
            problems.append(Problem(file.name, line, "", unknown_key(key, known)))
    if not any(kind in file.data for kind in type_of_table):
        message = "The file holds no records. Add one, or remove the file."
        problems.append(Problem(file.name, None, "", message))
    tables = [table for kind in type_of_table for table in _tables(file, kind, problems)]
    # In the order of their lines, so that records keep the order a curator gave them.
    tables.sort(key=lambda table: table.line or 0)
    entries = [
        Entry(record, table)
        for table in tables
        if (record := _validated(type_of_table[table.kind], table, problems))
    ]
    return entries, {table.name for table in tables}


def read_theme(file: CuratedFile, entries: Iterable[Entry], problems: list[Problem]) -> Theme | None:
    """Read the theme of a file that holds facts: its title, and its id from the file's name."""
    facts = tuple(entry.record.id for entry in entries if isinstance(entry.record, Fact))
    title = file.data.get("theme")
    if title is None and "fact" not in file.data:
        return None
    line = file.line_of_key("theme")
    if not isinstance(title, str) or not title.strip():
        message = (
            "The theme's title must be text in quotation marks. "
            'Write it above the first record: theme = "The laboratories".'
        )
        problems.append(Problem(file.name, line, "", message))
        return None
    stem = file.name.removesuffix(".toml")
    try:
        _ID.validate_python(stem)
    except ValidationError:
        if facts:
            message = (
                f"The file's name “{stem}” cannot be the theme's id. Rename the file: lower-case letters and "
                "figures joined by hyphens, such as “the-laboratories.toml”."
            )
            problems.append(Problem(file.name, None, "", message))
        return None
    return Theme(id=stem, title=title, facts=facts) if facts else None


@dataclass(frozen=True, slots=True)
class About:
    """What could be read about the announcement."""

    file: CuratedFile
    starters: tuple[str, ...]
    speeches: tuple[tuple[Table, Speech], ...]
    names: tuple[tuple[Table, tuple[str, ...]], ...]


def read_about(file: CuratedFile, problems: list[Problem]) -> About:
    """Read what is said about the announcement, leaving out what is refused."""
    head = {key: value for key, value in file.data.items() if key not in _ABOUT_TABLES}
    starters: tuple[str, ...] = ()
    try:
        starters = AnnouncementFile.model_validate(head).starters
    except ValidationError as error:
        known = (*AnnouncementFile.model_fields, *_ABOUT_TABLES)
        for key, _, message in in_words(error, known):
            line = file.line_of_key(key) or file.line_of_header(key)
            problems.append(Problem(file.name, line, "", message))
    speeches = [
        (table, speech)
        for table in _tables(file, "speaker", problems)
        if (speech := _validated(Speech, table, problems))
    ]
    names = [
        (table, name.forms)
        for table in _tables(file, "name", problems)
        if (name := _validated(Name, table, problems))
    ]
    return About(file, starters, tuple(speeches), tuple(names))


def _tables(file: CuratedFile, kind: str, problems: list[Problem]) -> list[Table]:
    """List the tables of one kind; a single table or another value in their place is a problem."""
    rows = file.data.get(kind, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return [Table(file, kind, number, row) for number, row in enumerate(rows)]
    line = file.line_of_header(kind) or file.line_of_key(kind)
    written = f"[{kind}]" if isinstance(rows, dict) else f"“{kind}”"
    message = f"{written} is not how a {kind} is written. Write [[{kind}]] above each one."
    problems.append(Problem(file.name, line, "", message))
    return []


def _validated(model: type[Model], table: Table, problems: list[Problem]) -> Model | None:
    """Read one table as a value of a model, or tell what is wrong with it."""
    try:
        return model.model_validate(table.values)
    except ValidationError as error:
        for key, refused, message in in_words(error, model.model_fields):
            problems.append(table.problem(message, refused, key))
        return None
