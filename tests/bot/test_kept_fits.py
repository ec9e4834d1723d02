"""What was learnt of edited records is kept, so that it need not be learnt again."""

import os
from pathlib import Path

import pytest

from bot import kept_fits
from bot.kept_fits import built, cache
from knowledge import matching
from knowledge.loading import Curation, read_files
from tests.knowledge.lighthouse import ANNOUNCEMENT, FILES, curation


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the cache a place of its own, and let few questions be worth it."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(kept_fits, "FEWEST", 10)
    return tmp_path


@pytest.fixture
def nothing_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    def train(*_: object) -> None:
        raise AssertionError("learnt again")

    built(curation())
    monkeypatch.setattr(matching, "train", train)


def edited(word: str) -> Curation:
    files = {name: text.replace("entry fee", f"{word} fee").encode() for name, text in FILES.items()}
    return read_files(files, ANNOUNCEMENT)


@pytest.mark.usefixtures("nothing_is_learnt")
def test_what_was_learnt_is_taken_the_next_time() -> None:
    assert built(curation()).ask("who signed").evidence.matches[0].id == "signatories"


@pytest.mark.usefixtures("nothing_is_learnt")
def test_other_records_are_learnt() -> None:
    with pytest.raises(AssertionError, match="learnt again"):
        built(edited("entrance"))


def test_a_damaged_file_is_learnt_anew() -> None:
    built(curation())
    (kept,) = cache().iterdir()
    whole = kept.stat().st_size
    kept.write_bytes(kept.read_bytes()[: whole // 2])
    assert built(curation()).ask("who signed").evidence.matches[0].id == "signatories"
    assert kept.stat().st_size == whole


def test_only_the_latest_are_kept() -> None:
    words = ["door", "gate", "lamp", "pier", "tide", "wave"]
    for age, word in enumerate(words):
        before = set(cache().glob("*"))
        built(edited(word))
        (new,) = set(cache().glob("*")) - before
        os.utime(new, (age, age))
    assert len(list(cache().iterdir())) == kept_fits.MOST


def test_few_questions_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_fits, "FEWEST", 1000)
    built(curation())
    assert not cache().exists()


def test_a_cache_that_cannot_be_written_does_no_harm(home: Path) -> None:
    (home / "verbatim").write_text("in the way")
    assert built(curation()).ask("who signed").evidence.matches[0].id == "signatories"
