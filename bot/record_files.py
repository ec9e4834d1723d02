"""The files that records are made of, as bytes: from a folder, or as a version keeps them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

import tomli

import knowledge
from bot.kept_fits import built
from knowledge.base import KnowledgeBase
from knowledge.loading import ANNOUNCEMENT_FILE, SHIPPED, Curation, read_files, read_folder
from knowledge.problems import LoadError, Problem

SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """Curated files and the announcement's text, by name; the one that is no TOML is the announcement."""

    files: Mapping[str, bytes]

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, bytes]]]:
        return type(self), (dict(self.files),)  # a read-only mapping cannot be sent to another process

    def read(self) -> Curation:
        """Read and check; LoadError tells all problems."""
        curated = {name: content for name, content in self.files.items() if name.endswith(SUFFIX)}
        texts = self.files.keys() - curated.keys()
        if len(texts) != 1:
            message = (
                "The announcement's text is missing."
                if not texts
                else f"Only one file can be the announcement, not {' and '.join(sorted(texts))}."
            )
            raise LoadError([Problem(ANNOUNCEMENT_FILE, None, "", message)])
        name = texts.pop()
        try:
            text = self.files[name].decode()
        except UnicodeDecodeError:
            message = "The file is not UTF-8 text. Save it as UTF-8."
            raise LoadError([Problem(name, None, "", message)]) from None
        return read_files(curated, text)

    def load(self) -> KnowledgeBase:
        """Read, check and fit, or take what was learnt of the same records before."""
        return built(self.read())

    def digests(self) -> dict[str, str]:
        """Return a digest of each file."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of records (the shipped one by default) and the announcement they are about."""

    folder: Path | None = None
    announcement: Path | None = None

    def gather(self) -> RecordFiles:
        """Read the files; LoadError when they are not there. What is in them is not checked."""
        place = self.folder or SHIPPED
        try:
            files = {path.name: path.read_bytes() for path in sorted(place.glob(f"*{SUFFIX}"))}
            path = self.announcement or _source(place, files)
            if path:
                files[path.name] = path.read_bytes()
                return RecordFiles(MappingProxyType(files))
        except OSError:
            pass
        # The reader of folders has words for all that can be amiss.
        read_folder(self.folder, self.announcement)
        raise LoadError([Problem(str(place), None, "", "The files changed while they were read. Try again.")])


def _source(place: Path, files: Mapping[str, bytes]) -> Path | None:
    """Find the announcement that the curated files name, beside them or among the shipped seeds."""
    try:
        name = tomli.loads(files[ANNOUNCEMENT_FILE].decode())["source"]
    except (KeyError, ValueError, RecursionError):
        return None
    if not isinstance(name, str) or Path(name).name != name:
        return None
    seeds = Path(knowledge.__file__).parent.parent / "seeds"
    return next((path for path in (place / name, seeds / name) if path.is_file()), None)
