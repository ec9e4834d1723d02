"""Questions become vectors whose dot products say how alike they are."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.features import FeatureSpace, Index, Shares, Words
from knowledge.forms import Forms

QUESTIONS = [
    question.split()
    for question in (
        "who signed the statement",
        "who signed it",
        "when was it signed",
        "how much money is there",
        "how much is spent on quantum",
        "what is quantum",
        "a",
        "the the the signed signed",
    )
]
WORD = st.sampled_from(
    "$ £ who signs signed signing it the when how much money quantum quanta 50000000 @npl a".split()
) | st.text(min_size=1, max_size=6)
QUESTION = st.lists(WORD, max_size=8)


def dense(space: FeatureSpace, words: Words, width: int) -> np.ndarray:
    columns, values = space.vector(words)
    row = np.zeros(width, np.float32)
    np.add.at(row, columns, values)
    return row


def similarity(one: str, other: str, shares: Shares | None = None) -> float:
    """How alike two questions are to a space that has learnt both, twice, among others."""
    space = FeatureSpace(shares)
    width = space.fit(Forms.of([*QUESTIONS, *2 * [one.split(), other.split()]])).shape[1]
    return float(dense(space, one.split(), width) @ dense(space, other.split(), width))


@example([[]], [])
@example([[], ["a"], []], ["a"])
@example([[], ["$"], ["$"]], [])
@given(st.lists(QUESTION, min_size=1, max_size=8), QUESTION)
def test_a_vector_is_the_row_that_fit_gave(questions: list[Words], new: Words) -> None:
    space = FeatureSpace()
    rows = space.fit(Forms.of(questions))
    for question, row in zip(questions, rows.toarray(), strict=True):
        np.testing.assert_allclose(dense(space, question, rows.shape[1]), row, atol=1e-6)
    assert dense(space, new, rows.shape[1]).shape == (rows.shape[1],)


@given(st.lists(QUESTION, min_size=1, max_size=8), QUESTION)
def test_dot_products_lie_between_0_and_1(questions: list[Words], new: Words) -> None:
    space = FeatureSpace()
    rows = space.fit(Forms.of(questions))
    vectors = [*rows.toarray(), dense(space, new, rows.shape[1])]
    products = np.array(vectors) @ np.array(vectors).T
    assert products.min() >= 0
    assert products.max() <= 1 + 1e-5


@given(st.lists(QUESTION.filter(bool), min_size=1, max_size=6))
def test_questions_that_stand_twice_are_wholly_alike(questions: list[Words]) -> None:
    rows = FeatureSpace().fit(Forms.of([*questions, *questions]))
    own = rows.multiply(rows).sum(axis=1)
    # Only a question of one or two words can lack a kind of feature, gaps.
    assert all(0.87 < product <= 1 + 1e-5 for product in np.asarray(own).ravel())


def test_each_kind_of_feature_has_its_share() -> None:
    question = [["who", "signed", "it"]] * 2
    for name, kinds in {"stems": 1, "pairs": 1, "gaps": 1, "pieces": 1}.items():
        shares = Shares(**{**dict.fromkeys(("stems", "pairs", "gaps", "pieces"), 0.0), name: 1.0})
        rows = FeatureSpace(shares).fit(Forms.of(question))
        assert float(rows[0].multiply(rows[1]).sum()) == pytest.approx(kinds)


def test_no_question_at_all_is_an_empty_table() -> None:
    assert FeatureSpace().fit(Forms.of([])).shape == (0, 0)


def test_words_never_seen_count_for_nothing() -> None:
    space = FeatureSpace()
    space.fit(Forms.of(QUESTIONS))
    columns, values = space.vector(["zzz", "xxx"])
    assert len(columns) == len(values) == 0


def test_words_of_one_stem_are_alike() -> None:
    assert similarity("who signed", "who signs") > similarity("who signed", "who sings")


def test_a_misspelt_word_is_alike_by_its_pieces() -> None:
    without = Shares(pieces=0.0)
    assert similarity("quantum laboratories", "quantm laboratores", without) == 0
    assert similarity("quantum laboratories", "quantm laboratores") > 0.1


def test_the_order_of_words_tells() -> None:
    same = similarity("money for labs of industry", "money for labs of industry")
    assert similarity("money for labs of industry", "labs for industry of money") < same - 0.1


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    space = FeatureSpace(Shares(pairs=0, gaps=0, pieces=0))
    rows = space.fit(Forms.of([["the", "money"], ["the", "date"], ["the", "place"], ["the", "signature"]]))
    weights = dict(zip(*space.vector(["the", "money"]), strict=True))
    common, rare = (next(iter(space.vector([word])[0])) for word in ("the", "money"))
    assert weights[rare] > weights[common]
    assert sp.issparse(rows)


def test_features_of_one_question_only_are_not_pairs_to_compare() -> None:
    alone = FeatureSpace(Shares(stems=0, gaps=0, pieces=0))
    assert not alone.fit(Forms.of([["who", "signed"], ["when", "spent"]])).toarray().any()


@given(st.lists(QUESTION, min_size=1, max_size=8), QUESTION)
def test_an_index_gives_the_dot_products_with_every_question(questions: list[Words], new: Words) -> None:
    space = FeatureSpace()
    rows = space.fit(Forms.of(questions))
    expected = rows @ dense(space, new, rows.shape[1])
    np.testing.assert_allclose(Index(rows).similarities(*space.vector(new)), expected, atol=1e-5)


def test_the_first_columns_are_of_single_words_and_pairs() -> None:
    words = FeatureSpace(Shares(gaps=0, pieces=0))
    assert words.fit(Forms.of(QUESTIONS))[:, : words.of_words].nnz > 0
    rest = FeatureSpace(Shares(stems=0, pairs=0))
    assert abs(rest.fit(Forms.of(QUESTIONS))[:, : rest.of_words]).sum() == 0
