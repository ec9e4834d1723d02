"""The program itself, run as people run it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bot.harbour import ANNOUNCEMENT, FILES

ROOT = Path(__file__).parents[2]
_PATIENCE = 60


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which no setting of the bot is made but those given."""
    names = ("PATH", "SYSTEMROOT", "TEMP", "HOME")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | more


def run(
    *arguments: str | Path, cwd: Path, given: bytes = b"", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m bot` to its end, in a folder where no .env of the checkout is found."""
    return subprocess.run(
        command(arguments),
        input=given,
        capture_output=True,
        cwd=cwd,
        env=environment(**more),
        timeout=_PATIENCE,
        check=False,
    )


def command(arguments: Sequence[str | Path]) -> list[str]:
    """Give the command line of the program."""
    return [sys.executable, "-m", "bot", *map(str, arguments)]


def write_harbour(folder: Path) -> Path:
    """Write the made-up records with their announcement, and give their folder."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "harbour.md").write_text(ANNOUNCEMENT, "utf-8")
    return folder
