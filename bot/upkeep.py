"""What the commands gaps, history, rollback and export do with what is kept."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from rich.text import Text

from bot.exchange import zipped
from bot.gap_search import as_csv
from bot.gaps import Gap, find_gaps
from bot.history import what_changed
from bot.journal import Admin, Database, Storage, StorageError, VersionInfo, build_storage
from bot.journal.addresses import file_of, parse_address
from bot.opening import Sources, settings, stop
from bot.record_files import Folder, RecordFiles
from bot.screen import screen, visible
from knowledge.problems import LoadError

SHELL = Admin(None, "the shell")

_MOST_WORDINGS = 4
_PAGE = 100

T = TypeVar("T")


def show_gaps(days: int, csv: Path | None, found: Sources) -> None:
    """Print the gaps of the last days, or write them as a table."""

    async def find(storage: Storage) -> tuple[Gap, ...]:
        missed = await storage.reader.missed(datetime.now(UTC) - timedelta(days=days))
        curation = (await _records(storage, found)).read()
        return find_gaps(missed, curation.language.normalise)

    gaps = _with_storage(find)
    if csv:
        _write(csv, as_csv(gaps))
    else:
        _print(map(_gap, gaps) if gaps else [f"Nothing was missed in the last {days} days."])


def show_history() -> None:
    """Print all published versions, newest first."""

    async def read(storage: Storage) -> list[VersionInfo]:
        found = list(await storage.versions.history(_PAGE))
        while found and found[-1].number > 1:
            found += await storage.versions.history(_PAGE, before=found[-1].number)
        return found

    versions = _with_storage(read)
    _print(map(_version, versions) if versions else ["Nothing was ever published."])


def go_back(number: int) -> bool:
    """Make an earlier version live again; whether that changed anything."""

    async def publish(storage: Storage) -> tuple[VersionInfo, bool]:
        wanted = await storage.versions.version(number)
        live = await storage.versions.live()
        if live and live.files == wanted.files:
            return live.info, False
        RecordFiles(wanted.files).read()  # what no bot could load is not made live
        expected = live.info.number if live else None
        version = await storage.versions.roll_back(number, by=SHELL, expected_live=expected)
        return version.info, True

    info, changed = _with_storage(publish)
    if changed:
        _print([f"Version {number} is live again, as version {info.number}."])
    else:
        _print([f"The records of version {number} are live already, as version {info.number}."])
    return changed


def write_records(file: Path, found: Sources) -> None:
    """Write the live records as a zip; those of the folder if none was ever published."""
    records = _with_storage(lambda storage: _records(storage, found), otherwise=lambda: _of_folder(found))
    _write(file, zipped(records.files))
    _print([f"{len(records.files)} files are in {file}."])


async def _records(storage: Storage, found: Sources) -> RecordFiles:
    live = await storage.versions.live()
    return RecordFiles(live.files) if live else _of_folder(found)


def _of_folder(found: Sources) -> RecordFiles:
    return Folder(found.facts, found.announcement).gather()


def _with_storage(work: Callable[[Storage], Awaitable[T]], otherwise: Callable[[], T] | None = None) -> T:
    """Work with what is kept, or stop with why that can't be done; nothing runs by itself meanwhile.

    A database file that is not there is not made: the work is what is to be done `otherwise`.
    """
    address = settings().database_url.get_secret_value()

    async def run() -> T:
        file = file_of(parse_address(address))
        if file and not file.exists():
            if otherwise:
                return otherwise()
            raise StorageError(f"There is no {file}; DATABASE_URL should name the file the bot keeps.")
        database = Database(address)
        try:
            return await work(build_storage(database))
        finally:
            await database.aclose()

    try:
        return asyncio.run(run())
    except (StorageError, LoadError) as error:
        stop(str(error))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        stop(f"The file {file} can't be written: {error.strerror}.")


def _gap(gap: Gap) -> str:
    first, *others = [wording.text for wording in gap.wordings]
    closest = f"closest: {gap.record} ({gap.score:.2f})" if gap.record and gap.score is not None else ""
    times = "once" if gap.voted_down == 1 else f"{gap.voted_down} times"
    voted = f"voted down {times}" if gap.voted_down else ""
    more = "; ".join(filter(None, (closest, voted)))
    line = f"{gap.count:5}  {first}{f'  [{more}]' if more else ''}"
    shown = [f"       {text}" for text in others[:_MOST_WORDINGS]]
    left = len(others) - len(shown)
    return "\n".join([line, *shown, *([f"       and {left} more wordings"] if left else [])])


def _version(info: VersionInfo) -> str:
    live = "live" if info.live else ""
    return (
        f"{info.number:5}  {live:4}  {info.published_at:%Y-%m-%d %H:%M} UTC  {info.by.name}. "
        f"{what_changed(info)}"
    )


def _print(lines: Iterable[str]) -> None:
    out = screen(sys.stdout)
    for entry in lines:
        for line in entry.splitlines():
            out.print(Text(visible(line)))
