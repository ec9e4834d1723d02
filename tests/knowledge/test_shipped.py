"""What is shipped fits together."""

from knowledge import fitted
from knowledge.base import KnowledgeBase
from knowledge.loading import SHIPPED


def test_what_was_learnt_is_of_the_shipped_records(shipped: KnowledgeBase) -> None:
    """`python -m bot fit` was run after the last change of the records or of how they are learnt."""
    assert fitted.read(SHIPPED / fitted.FILE, shipped.matcher.examples) is not None
