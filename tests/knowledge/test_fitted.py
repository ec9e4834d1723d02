"""What a fit has learnt can be kept, and is only taken for the examples it was learnt from."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest

from knowledge import fitted
from knowledge.examples import Examples
from knowledge.foreseen import LearntTurns
from knowledge.language import Language
from knowledge.matching import Learnt, Matcher

RECORDS = {
    "boil-egg": ["how long do I boil an egg", "boiling time of eggs", "when is an egg done"],
    "sharpen-knife": ["how do I sharpen a knife", "my knife is blunt", "knife sharpening"],
    "clean-oven": ["how do I clean the oven", "the oven is dirty", "oven cleaning"],
}
LANGUAGE = Language()
STARTS = ("what is the", "tell me the", "who knows the", "is there a")
ENDS = ("", "please", "in 2031", "for £5 million", "and why")


def examples(records: dict[str, list[str]] | None = None) -> Examples:
    return Examples.collect(
        {
            id_: [(question, LANGUAGE.words(question)) for question in questions]
            for id_, questions in (records or RECORDS).items()
        }
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / fitted.FILE
    fitted.write(path, examples(), Matcher(LANGUAGE, examples()).learnt)
    return path


def test_kept_weights_rank_as_those_just_learnt(kept: Path) -> None:
    learnt = Matcher(LANGUAGE, examples())
    read = Matcher(LANGUAGE, examples(), fitted.read(kept, examples()))
    for question in ("how do i boil a knife", "dirty oven", "egg", "", "zzz"):
        for one, other in zip(learnt.rank(question), read.rank(question), strict=True):
            assert one.id == other.id
            assert one.score == pytest.approx(other.score, abs=0.01)


def test_kept_weights_are_used_and_not_learnt_again(kept: Path) -> None:
    learnt = fitted.read(kept, examples())
    assert learnt is not None
    assert Matcher(LANGUAGE, examples(), learnt).learnt is learnt


@pytest.mark.parametrize(
    "change",
    [
        {"boil-egg": [*RECORDS["boil-egg"], "one question more"]},
        {"boil-egg": RECORDS["boil-egg"][1:]},
        {"boil-egg": ["how long do I boil an ostrich egg", *RECORDS["boil-egg"][1:]]},
        {"boil-egg": RECORDS["sharpen-knife"], "sharpen-knife": RECORDS["boil-egg"]},
        {"another": ["what else is there"]},
    ],
    ids=["more", "fewer", "other words", "swapped", "another record"],
)
def test_weights_of_other_examples_are_refused(kept: Path, change: dict[str, list[str]]) -> None:
    assert fitted.read(kept, examples({**RECORDS, **change})) is None


def test_a_record_of_another_name_is_another_record(kept: Path) -> None:
    for name in ("clean-stove", "zzz"):
        renamed = {(name if id_ == "clean-oven" else id_): questions for id_, questions in RECORDS.items()}
        assert fitted.read(kept, examples(renamed)) is None


def test_the_order_of_the_records_makes_no_difference(kept: Path) -> None:
    turned = {id_: RECORDS[id_][::-1] for id_ in reversed(RECORDS)}
    assert fitted.read(kept, examples(turned)) is not None


def test_how_a_question_is_typed_makes_no_difference_while_its_normal_form_and_place_stay(kept: Path) -> None:
    shouted = {**RECORDS, "boil-egg": [f"{question}?" for question in RECORDS["boil-egg"]]}
    assert fitted.digest(examples(shouted)) == fitted.digest(examples())
    assert fitted.read(kept, examples(shouted)) is not None


def test_no_file_is_no_weights(tmp_path: Path) -> None:
    assert fitted.read(tmp_path / "none.npz", examples()) is None


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x93NUMPY\x01\x00", b"\x80\x04N."])
def test_a_file_that_is_something_else_is_ignored(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / fitted.FILE
    path.write_bytes(content)
    assert fitted.read(path, examples()) is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_ignored(kept: Path, share: float) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * share)])
    assert fitted.read(kept, examples()) is None


def test_a_file_with_a_flipped_byte_is_ignored_or_read_whole(kept: Path) -> None:
    """The archive's own checksums tell; a byte that nothing depends on may differ."""
    whole = kept.read_bytes()
    right = fitted.read(kept, examples())
    assert right is not None
    for place in range(0, len(whole), 23):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        found = fitted.read(kept, examples())
        assert found is None or same(found, right)


def same(one: Learnt, other: Learnt) -> bool:
    layers = zip(one.network.arrays, other.network.arrays, strict=True)
    weights = (one.weights.toarray() == other.weights.toarray()).all()
    return bool(weights) and all((mine == theirs).all() for mine, theirs in layers)


def test_a_folder_in_its_place_is_ignored(tmp_path: Path) -> None:
    (tmp_path / fitted.FILE).mkdir()
    assert fitted.read(tmp_path / fitted.FILE, examples()) is None


def test_a_file_without_a_part_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / fitted.FILE
    np.savez_compressed(path, digest=np.array(fitted.digest(examples())))
    assert fitted.read(path, examples()) is None


@pytest.mark.parametrize("name", ["indptr", "vectors", "output", "hidden_bias", "features", "output_bias"])
def test_parts_that_do_not_fit_together_are_learnt_anew(kept: Path, name: str) -> None:
    with np.load(kept) as file:
        parts = dict(file)
    np.savez_compressed(kept, **{**parts, name: parts[name][..., :-1]})
    learnt = fitted.read(kept, examples())
    assert same(Matcher(LANGUAGE, examples(), learnt).learnt, Matcher(LANGUAGE, examples()).learnt)


def test_weights_that_are_no_numbers_are_learnt_anew(kept: Path) -> None:
    with np.load(kept) as file:
        parts = dict(file)
    np.savez_compressed(kept, **{**parts, "output": np.full_like(parts["output"], np.nan)})
    learnt = fitted.read(kept, examples())
    assert same(Matcher(LANGUAGE, examples(), learnt).learnt, Matcher(LANGUAGE, examples()).learnt)


def test_what_was_learnt_of_turns_is_kept_too(tmp_path: Path) -> None:
    learnt = Matcher(LANGUAGE, examples()).learnt
    turns = LearntTurns("some digest", Matcher(LANGUAGE, examples()).learnt.network)
    fitted.write(tmp_path / fitted.FILE, examples(), learnt, turns)
    kept = fitted.read_turns(tmp_path / fitted.FILE)
    assert kept is not None
    assert kept.digest == "some digest"
    for ours, theirs in zip(turns.network.arrays, kept.network.arrays, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=0.05)


def test_where_no_turns_are_kept_none_are_read(tmp_path: Path) -> None:
    fitted.write(tmp_path / fitted.FILE, examples(), Matcher(LANGUAGE, examples()).learnt)
    assert fitted.read_turns(tmp_path / fitted.FILE) is None
    assert fitted.read_turns(tmp_path / "missing.npz") is None


class Trap:
    """Tells when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(TRAP),)


TRAP = Path(tempfile.gettempdir(), f"unpickled-by-tests-{os.getpid()}")


def test_nothing_pickled_is_ever_loaded(kept: Path) -> None:
    with np.load(kept) as file:
        parts = {**file, "mended": np.array([Trap()], object)}
    np.savez_compressed(kept, **parts)
    assert fitted.read(kept, examples()) is None
    assert not TRAP.exists()


LEARNT_BY_RECIPE = {
    "2": (542.553, 199.928)
}  # the sums of the absolute weights and of the network's output layer


def test_the_recipe_is_another_whenever_something_else_is_learnt() -> None:
    """Raise `_RECIPE` when this fails, add here what is learnt now, and run `python -m bot fit`.

    Else the weights shipped with the records, learnt in another way, would be taken for those of today.
    """
    many = {
        f"{thing}-{side}": [f"{start} {side} of the {thing} {end}" for start in STARTS for end in ENDS]
        for thing in ("lamp", "tower", "harbour", "council", "keeper")
        for side in ("price", "colour", "history")
    }
    learnt = Matcher(LANGUAGE, examples(many)).learnt
    sums = float(abs(learnt.weights).sum()), float(abs(learnt.network.output).sum())
    assert sums == pytest.approx(LEARNT_BY_RECIPE[fitted._RECIPE], rel=0.0003)
