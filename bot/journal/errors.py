"""How storage fails, each as one sentence for people, and the driver's errors put into those words."""

import sqlite3

from sqlalchemy import exc


class StorageError(Exception):
    """Something stored could not be read or written; the message may be shown to an admin."""


class Unavailable(StorageError):  # noqa: N818 - reads as what is the matter
    """The database does not answer now; the same call may succeed later."""


class Locked(Unavailable):
    """Another program holds the database."""


class DiskFull(Unavailable):
    """There is no room for another row."""


class Unusable(StorageError):  # noqa: N818 - reads as what is the matter
    """The database will not work until someone changes a setting, a permission or the installed version."""


class Conflict(StorageError):  # noqa: N818 - reads as what is the matter
    """Somebody else changed the same thing first; nothing of this change was kept."""


class NoSuchVersion(StorageError):  # noqa: N818 - reads as what is the matter
    """No version has that number."""


class BadFileName(StorageError):  # noqa: N818 - reads as what is the matter
    """A name that cannot be a file of the records."""


def in_words(error: Exception, name: str) -> StorageError | None:
    """Say what a driver's error means for the database called `name`; None when it is no such failure.

    None stands for faults of the statement or its values: those are for the caller, and trying again does
    not help.
    """
    if isinstance(error, exc.DBAPIError):
        return _driver_error(error, name)
    if isinstance(error, sqlite3.Error):
        return _sqlite_error(error, name)
    if isinstance(error, exc.TimeoutError | OSError):
        return Unavailable(f"The {name} does not answer; it will be tried again.")
    return None


def _driver_error(error: exc.DBAPIError, name: str) -> StorageError | None:
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_error(error.orig, name)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if error.connection_invalidated:
        return Unavailable(f"The connection to the {name} was lost; it will be tried again.")
    return _postgresql_error(state, name)


def _sqlite_error(error: sqlite3.Error, name: str) -> StorageError | None:
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:  # the rest is finer shades
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Locked(f"The {name} is locked by another program; close that program or try again.")
        case sqlite3.SQLITE_FULL:
            return DiskFull(f"There is no room left for the {name}; free some disk space.")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_READONLY:
            return Unusable(
                f"The {name} can't be opened for writing; check its path and that the bot may write in its"
                " folder."
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Unusable(
                f"The {name} is damaged or not a database; put back a copy of it or name another file."
            )
        case sqlite3.SQLITE_IOERR:
            return Unavailable(f"The disk that holds the {name} reports errors; check the disk.")
    return None


_POSTGRESQL: dict[str, tuple[type[StorageError], str]] = {
    "08": (Unavailable, "The connection to the {name} was lost; it will be tried again."),
    "25": (Unavailable, "The {name} is read-only now; it will be tried again."),
    "40": (Unavailable, "The {name} was too busy for this change; try again."),
    "53": (Unavailable, "The {name} is out of resources; allow it more connections or memory."),
    "53100": (DiskFull, "There is no room left for the {name}; free some disk space."),
    "55": (Locked, "The {name} is locked by another program; close that program or try again."),
    "57": (Unavailable, "The {name} is shutting down or starting; it will be tried again."),
    "28": (Unusable, "The {name} refuses the login; check the user and password in the database URL."),
    "3D": (Unusable, "The {name} does not exist; create it or change the database URL."),
    "42501": (Unusable, "The {name} denies the bot its own tables; grant its user the right to create them."),
}


def _postgresql_error(state: str, name: str) -> StorageError | None:
    """Look up the SQLSTATE, or its class in the first two characters."""
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return None if kind is None else kind[0](kind[1].format(name=name))
