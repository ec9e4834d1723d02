"""The log: structured, on the standard error stream, without tokens and without what people typed."""

import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OURS = ("bot", "knowledge")


class _Form(logging.Formatter):
    """Writes a record with whatever it carries besides its message, and never a secret."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = self._written(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def _written(self, record: logging.LogRecord) -> str:
        more = " ".join(f"{key}={value}" for key, value in _extras(record).items())
        text = super().format(record)
        first, line_end, rest = text.partition("\n")
        return f"{first} {more}{line_end}{rest}" if more else text


class _JsonForm(_Form):
    def _written(self, record: logging.LogRecord) -> str:
        written = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info:
            written["traceback"] = self.formatException(record.exc_info)
        return json.dumps(written, ensure_ascii=False, default=str)


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


def set_up(level: str, form: str, secrets: Sequence[str] = ()) -> None:
    """Log from now on: ours from `level` on, of others what is not debugging.

    Other libraries' debugging output has messages, statements and tokens in it, so no setting turns it on.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonForm(secrets) if form == "json" else _Form(secrets))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    ours = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(ours, logging.WARNING))
    logging.getLogger("discord").setLevel(max(ours, logging.INFO))
    for name in _OURS:
        logging.getLogger(name).setLevel(ours)
