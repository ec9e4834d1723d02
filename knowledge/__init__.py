"""Answers questions about an announcement in the announcement's own words; knows nothing of who asks."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.announcement import Announcement, Sentence, Speaker, parse
    from knowledge.base import KnowledgeBase
    from knowledge.conversation import Conversation
    from knowledge.loading import Curation, read_files, read_folder
    from knowledge.matching import Match, Matcher
    from knowledge.outcomes import Answer, Clarify, Evidence, NotStated, Outcome, OutOfScope, Quotation
    from knowledge.problems import LoadError, Problem
    from knowledge.records import Fact, NotStatedTopic, Record, SmallTalk, Theme

__all__ = [
    "Announcement",
    "Answer",
    "Clarify",
    "Conversation",
    "Curation",
    "Evidence",
    "Fact",
    "KnowledgeBase",
    "LoadError",
    "Match",
    "Matcher",
    "NotStated",
    "NotStatedTopic",
    "OutOfScope",
    "Outcome",
    "Problem",
    "Quotation",
    "Record",
    "Sentence",
    "SmallTalk",
    "Speaker",
    "Theme",
    "parse",
    "read_files",
    "read_folder",
]

# The lighter come first: a name is taken from the first that has it.
_MODULES = ("problems", "records", "announcement", "conversation", "matching", "outcomes", "loading", "base")


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name in __all__:
        for module in _MODULES:
            home = import_module(f"{__name__}.{module}")
            if hasattr(home, name):
                return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
