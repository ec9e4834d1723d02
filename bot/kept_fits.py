"""What was learnt of edited records, kept in the user's cache so that a restart need not learn it again."""

import contextlib
import os
from pathlib import Path

from platformdirs import user_cache_path

from knowledge import fitted
from knowledge.base import KnowledgeBase, examples_of
from knowledge.loading import SHIPPED, Curation

FEWEST = 5000  # example questions; fewer are learnt in a second or two
MOST = 4  # files, of some 7 MB for 90,000 example questions; the oldest go first


def cache() -> Path:
    """Return the folder of the kept fits, which need not exist."""
    return user_cache_path("verbatim", appauthor=False) / "fits"


def built(curation: Curation) -> KnowledgeBase:
    """Take the shipped fit of these records or one kept earlier, else learn them and keep that."""
    examples = examples_of(curation)
    digest = fitted.digest(examples)
    kept = cache() / f"{digest[:32]}.npz"
    for path in (SHIPPED / fitted.FILE, kept):
        if fitted.digest_kept(path) == digest:
            return KnowledgeBase.build(curation, path)
    base = KnowledgeBase.build(curation)
    if len(examples.questions) >= FEWEST:
        with contextlib.suppress(OSError):  # without a cache it is only slower
            _keep(base, kept)
    return base


def _keep(base: KnowledgeBase, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
    try:
        base.keep(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    by_age = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in by_age[MOST:]:
        old.unlink(missing_ok=True)
