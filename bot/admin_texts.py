"""What the people who run the bot read."""

from collections.abc import Sequence

from bot.archive import START
from bot.escaping import literal
from bot.journal import Draft, RecorderStatus, StorageError
from bot.library import Live
from bot.limits import cut
from knowledge.problems import Problem

GROUP = "Look after the facts this bot answers from"
RELOAD = "Read the records again, see what would change, and publish it"
STATUS = "See what is live and how the bot is doing"
CHECK = "Look for problems in the records without publishing anything"
WHY = "See why a question gets the reply it gets"
WHY_QUESTION = "The question, as a member would ask it"
PUBLISH = "Publish"
DISCARD = "Throw the draft away"
CANCEL = "Cancel"
PREVIEW_GONE = "That preview is no longer there. Run /facts reload for a new one."
CANCELLED = "Nothing was published. Members still get the same facts."
NOTHING_NEW = "The records are the same as what is live, so there is nothing to publish."
DISCARDED = "The draft is gone. Nothing of it was published."
AUDITED_DISCARD = "threw the draft away"
CHECK_FINE = "The records have no problems. /facts reload publishes them."
OLD_FACTS_LIVE = "Nothing was published, and members still get the old facts."


def published(live: Live) -> str:
    """Tell the admin who published."""
    return f"**Published.** Now {version(live)} is live."


def conflict(live: Live) -> str:
    """Tell the admin who came second."""
    return (
        f"**Nothing was published.** {literal(publisher(live))} published {version(live)} "
        "since this preview was made. Run /facts reload to see what would change now."
    )


def folder_broken(found: Sequence[Problem]) -> str:
    """Say that the folder cannot be used, for the log and the status."""
    return (
        f"The folder of records has {count(len(found), 'problem')}, so the last good version is live "
        f"instead. The first: {found[0]}"
    )


def version_broken(number: int, found: Sequence[Problem]) -> str:
    """Say that a version cannot be used any more."""
    return f"Version {number} has {count(len(found), 'problem')} and can't be used. The first: {found[0]}"


def live_version_unreadable(error: Exception) -> str:
    """Say that what was live cannot be read."""
    return f"The version that was live can't be read, so the folder of records is live. {error}"


def started_without_database(error: Exception) -> str:
    """Say that the database did not answer at the start."""
    return f"The bot started without its database, from the folder of records. {error}"


def not_kept(error: Exception) -> str:
    """Say that what is live is not in the database."""
    return f"What is live could not be kept in the database. {error}"


def version(live: Live) -> str:
    """Name what is live."""
    number = "" if live.number is None else f"{live.number}, "
    return f"version {number}`{live.base.version}`"


def publisher(live: Live) -> str:
    """Say who published what is live."""
    return live.by.name if live.by else START.name


def names(names: Sequence[str]) -> str:
    """List files, shortly."""
    return cut(", ".join(f"`{name}`" for name in names), 300)


def count(number: int, one: str, more: str = "") -> str:
    """Count things in words."""
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def used(command: str) -> str:
    """Say which command an admin used, after their name."""
    return f"used {command}"


def audited(name: str, said: str) -> str:
    """Tell the audit channel what somebody did."""
    return f"**{literal(name)}** {said}"


def audited_publish(old: Live, new: Live, restores: int | None) -> str:
    """Say what somebody published, after their name."""
    if restores is not None:
        return f"went back to version {restores}: {version(new)} is live in place of {version(old)}"
    return f"published {version(new)} in place of {version(old)}"


def draft(draft: Draft) -> list[str]:
    """Say what is in the draft."""
    if not draft.files:
        return []
    by = sorted({file.by.name for file in draft.files.values()})
    return [
        f"The draft changes {names(tuple(draft.files))}, by {literal(', '.join(by))}. /facts reload shows it."
    ]


def database_away(error: StorageError) -> str:
    """Say that the database does not answer."""
    return f"**The database doesn't answer.** {literal(str(error))}"


def another_is_live(number: int | None) -> str:
    """Say that the database has something else live than this process."""
    if number is None:
        return "What is live is not in the database; the next publish keeps it."
    return f"Version {number} was published elsewhere and will be live here in a moment."


def journal(status: RecorderStatus) -> str:
    """Say how the journal is doing."""
    if not status.enabled:
        return "The journal is off: no question is kept."
    counts = f"{status.written:,} kept since the start, {status.waiting:,} waiting, {status.lost:,} lost"
    if status.failing:
        return f"**The journal can't write just now** ({status.last_error}): {counts}."
    return f"The journal: {counts}."
