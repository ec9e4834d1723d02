"""The command `fit`: learn the records and keep what was learnt beside them."""

import sys

from bot.opening import Sources, opened, stop
from bot.screen import screen
from knowledge import fitted
from knowledge.base import KnowledgeBase
from knowledge.loading import SHIPPED


def keep_fit(found: Sources) -> None:
    """Learn anew and write what was learnt, or stop with what keeps it from being written."""
    base = KnowledgeBase.build(opened(found).curation)
    path = (found.facts or SHIPPED) / fitted.FILE
    try:
        base.keep(path)
    except OSError as error:
        stop(f"{path} cannot be written: {error.strerror}. Check the folder's rights.")
    questions, records = len(base.matcher.examples.questions), len(base.matcher.ids)
    screen(sys.stdout).print(f"Learnt {questions:,} questions of {records} records; kept in {path}.")
