"""Curated files read into one value, or every problem in them at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import knowledge
from knowledge import forms
from knowledge.announcement import Announcement, Place
from knowledge.checking import (
    also_quoted,
    announced,
    check_names,
    check_presence,
    check_questions,
    check_starters,
    check_turns,
    quoted,
    unique,
)
from knowledge.curated_file import CuratedFile, not_utf8, read
from knowledge.forms import Forms
from knowledge.language import Language
from knowledge.problems import LoadError, Problem
from knowledge.records import Record, Theme
from knowledge.tables import Entry, read_about, read_records, read_theme

ANNOUNCEMENT_FILE = "announcement.toml"
SHIPPED = Path(knowledge.__file__).parent / "facts"
_VERSION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Curation:
    """What curators wrote about one announcement, read and checked: nothing in it is known to be wrong.

    `records` are in the order of the files' names and of the records in them. `quoted` tells where the quote
    of a fact (or what is nearest to a topic that is not stated) stands, `also` where its other quotes do;
    `forms` are the normal forms of all example questions, record by record, as `language` makes them.
    `starters` are facts to offer before anything is asked. `version` is a digest of all that was read.
    `places` tells in which file and line a record stands.
    """

    announcement: Announcement
    records: Mapping[str, Record]
    quoted: Mapping[str, Place]
    also: Mapping[str, tuple[Place, ...]]
    forms: Forms
    themes: tuple[Theme, ...]
    names: tuple[tuple[str, ...], ...]
    language: Language
    starters: tuple[str, ...]
    version: str
    places: Mapping[str, tuple[str, int]]

    @property
    def normalised(self) -> Mapping[str, tuple[str, ...]]:
        """The normal forms of each record's example questions, in the order of `examples`."""
        forms = iter(self.forms)
        return {
            id_: tuple(" ".join(next(forms)) for _ in record.examples) for id_, record in self.records.items()
        }


def read_files(files: Mapping[str, bytes], announcement: str) -> Curation:
    """Read curated files by name, `announcement.toml` among them, with the announcement's text.

    Nothing is read from disk, so drafts can be checked wherever they are kept. LoadError tells all problems.
    """
    curated, problems = _read_all(files)
    return _curation(files, announcement, curated, problems, SHIPPED / forms.FILE)


def read_folder(folder: Path | None = None, announcement: Path | None = None) -> Curation:
    """Read a folder of curated files, the shipped one by default; LoadError tells all problems.

    The announcement is the file given, else the `source` of `announcement.toml`, looked for beside the
    curated files and then among the shipped seeds.
    """
    folder = folder or SHIPPED
    files, problems = _files_in(folder)
    curated, unreadable = _read_all(files)
    problems += unreadable
    path = announcement or _source(folder, curated, problems)
    text = _text(path, problems) if path else None
    return _curation(files, text, curated, problems, folder / forms.FILE)


def _files_in(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        message = f"The folder {what}. Name a folder that holds {ANNOUNCEMENT_FILE} and the records."
        raise LoadError([Problem(str(folder), None, "", message)])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            problems.append(_unreadable(path.name, error))
    if not files and not problems:
        message = f"The folder holds no TOML file. Put {ANNOUNCEMENT_FILE} and a file of records in it."
        raise LoadError([Problem(str(folder), None, "", message)])
    return files, problems


def _read_all(files: Mapping[str, bytes]) -> tuple[list[CuratedFile], list[Problem]]:
    curated: list[CuratedFile] = []
    problems: list[Problem] = []
    for name in sorted(files):
        if not name.endswith(".toml"):
            message = "The file's name does not end in .toml. Rename it, or leave it out."
            problems.append(Problem(name, None, "", message))
            continue
        found = read(name, files[name])
        if isinstance(found, Problem):
            problems.append(found)
        else:
            curated.append(found)
    if ANNOUNCEMENT_FILE not in files:
        message = "The file is missing. It names the announcement's source, its speakers, names and starters."
        problems.append(Problem(ANNOUNCEMENT_FILE, None, "", message))
    return curated, problems


def _source(folder: Path, curated: list[CuratedFile], problems: list[Problem]) -> Path | None:
    """Find the announcement that the curated files name; what is wrong with the name itself is told later."""
    file = next((file for file in curated if file.name == ANNOUNCEMENT_FILE), None)
    name = file.data.get("source") if file else None
    if not file or not isinstance(name, str) or not name:
        return None
    seeds = Path(knowledge.__file__).parent.parent / "seeds"
    if Path(name).name == name:
        for path in (folder / name, seeds / name):
            if path.is_file():
                return path
    message = (
        f"The source “{name}” is neither beside this file nor among the shipped seeds. "
        "Put the announcement beside this file and write its file name, without folders."
    )
    problems.append(Problem(ANNOUNCEMENT_FILE, file.line_of_key("source"), "", message))
    return None


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        # Spans are counted in the text as it is: no line end is changed.
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(not_utf8(path.name, error))
    except OSError as error:
        problems.append(_unreadable(str(path), error))
    return None


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, None, "", f"The file cannot be read: {error.strerror}. Check its name and rights.")


def _curation(
    files: Mapping[str, bytes],
    text: str | None,
    curated: list[CuratedFile],
    problems: list[Problem],
    kept_in: Path,
) -> Curation:
    """Build the one value, or raise with all problems; what depends on something refused is not checked."""
    about = None
    read_entries = []
    ids: set[str] = set()
    themes = []
    for file in curated:
        if file.name == ANNOUNCEMENT_FILE:
            about = read_about(file, problems)
            continue
        entries, found_ids = read_records(file, problems)
        read_entries += entries
        ids |= found_ids
        if theme := read_theme(file, entries, problems):
            themes.append(theme)
    entries_by_id = unique(read_entries, problems)
    names = tuple(forms for _, forms in about.names) if about else ()
    language = Language(names)
    normal = _forms(read_entries, language, kept_in, problems)
    if len(curated) == len(files):  # a record may be in a file that could not be read
        check_turns(read_entries, ids, problems)
    if about:
        check_names(about, problems)
        if len(curated) == len(files):
            check_starters(about, entries_by_id, ids, problems)
    announcement = places = None
    also: dict[str, tuple[Place, ...]] = {}
    if text is not None:
        announcement = announced(text, about, problems)
        places = quoted(read_entries, announcement, problems)
        also = also_quoted(read_entries, announcement, places, problems)
    if not problems and not read_entries:
        message = "No file of records stands beside this one. Add one with a record in it."
        problems.append(Problem(ANNOUNCEMENT_FILE, None, "", message))
    if problems or announcement is None or about is None or places is None:
        raise LoadError(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    return Curation(
        announcement=announcement,
        records=MappingProxyType({name: entry.record for name, entry in entries_by_id.items()}),
        quoted=MappingProxyType(places),
        also=MappingProxyType(also),
        forms=normal,
        themes=tuple(themes),
        names=names,
        language=language,
        starters=about.starters,
        version=_version(files, announcement.source),
        places=MappingProxyType(
            {name: (entry.table.file.name, entry.table.line or 1) for name, entry in entries_by_id.items()}
        ),
    )


def _forms(entries: list[Entry], language: Language, kept_in: Path, problems: list[Problem]) -> Forms:
    """Normalise all example questions, or take the forms kept; those were checked when they were kept."""
    questions = [question for entry in entries for question in entry.record.examples]
    check_presence(entries, problems)
    kept = forms.read(kept_in, forms.key_of(language.names, questions))
    if kept is not None:
        return kept
    normal = Forms.of(map(language.words, questions))
    check_questions(entries, normal, problems)
    return normal


def kept_forms(curation: Curation) -> dict[str, Any]:
    """Give the normal forms of curated records as arrays to keep beside them, for the next loading."""
    questions = [question for record in curation.records.values() for question in record.examples]
    return forms.arrays(curation.forms, forms.key_of(curation.names, questions))


def _version(files: Mapping[str, bytes], text: str) -> str:
    parts = [part for name in sorted(files) for part in (name.encode(), files[name])]
    digest = hashlib.sha256()
    for part in (*parts, text.encode(errors="surrogatepass")):
        # Lengths keep apart what would be the same bytes when strung together.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:_VERSION_DIGITS]
