"""What tests everywhere share."""

import pytest

from knowledge.base import KnowledgeBase


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """Load the shipped records once: it takes seconds."""
    return KnowledgeBase.load()
