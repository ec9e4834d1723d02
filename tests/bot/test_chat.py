"""The chat, at a terminal of its own."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.bot.program import command, environment, write_harbour

fcntl = pytest.importorskip("fcntl", reason="Windows has no pseudo-terminals of this kind")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

CTRL_C, CTRL_D = b"\x03", b"\x04"
_PATIENCE = 60.0


def _take_the_terminal() -> None:
    """Let Ctrl-C reach the program, also where a shell has the tests ignore it in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(self, *arguments: str | Path, cwd: Path) -> None:
        self._main, side = pty.openpty()
        fcntl.ioctl(
            side, termios.TIOCSWINSZ, b"\x28\x00\x50\x00\x00\x00\x00\x00"
        )  # 40 lines of 80 characters
        self._program = subprocess.Popen(
            command(arguments), stdin=side, stdout=side, stderr=side, cwd=cwd, env=environment(),
            start_new_session=True,
            preexec_fn=_take_the_terminal,  # noqa: PLW1509  (else no Ctrl-C arrives)
        )  # fmt: skip
        os.close(side)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._main)

    def press(self, keys: bytes) -> None:
        os.write(self._main, keys)

    def ask(self, line: str) -> str:
        """Type a line, and give what is shown until the next prompt."""
        self.press(line.encode() + b"\r")
        return self.until("\n> ")

    def until(self, text: str) -> str:
        """Give all that is shown up to a text."""
        deadline = time.monotonic() + _PATIENCE
        while text not in self.shown:
            assert self._read(deadline), f"{text!r} did not come; shown: {self.shown!r}"
        before, _, self.shown = self.shown.partition(text)
        return before

    def end(self) -> tuple[int, str]:
        """Wait for the program to end, and give its exit code and the last it showed."""
        deadline = time.monotonic() + _PATIENCE
        while self._read(deadline):
            pass
        return self._program.wait(_PATIENCE), self.shown

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._main], [], [], max(0.0, deadline - time.monotonic()))
        try:
            data = os.read(self._main, 65536) if ready else b""
        except OSError:  # Linux tells the end of a terminal so
            data = b""
        self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    folder = write_harbour(tmp_path / "harbour")
    with Terminal("--facts", folder, cwd=tmp_path) as opened:
        yield opened


def test_a_conversation_with_everything_in_it(terminal: Terminal) -> None:
    welcome = terminal.until("\n> ")
    assert "New library to open in the old harbour" in welcome
    assert "  1. When does the library open?\n  2. How much does the library cost?" in welcome

    picked = terminal.ask("2")
    assert "The building will \x1b[1;4mcost 12 million pounds\x1b[0m and will open in May 2031." in picked
    assert "paragraph 4 of 9" in picked

    assert "Ada Quay, Mayor; “What it offers”, paragraph" in terminal.ask("what did the mayor say")
    refused = terminal.ask("who is the architect")
    assert "The announcement doesn't say who designed the building." in refused
    assert "The nearest it says:" in refused
    assert "not stated: architect" in terminal.ask("/why")
    assert "number of a line offered" in terminal.ask("/help")
    assert "You're welcome." in terminal.ask("thanks")
    assert "Nothing you type" not in terminal.ask("")
    assert "\x1b[31m" not in terminal.ask("\x1b[31mred")

    terminal.press(CTRL_D)
    assert terminal.end() == (0, "\nGoodbye.\n")


def test_ctrl_c_leaves_cleanly_and_so_does_quit(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "harbour")
    with Terminal("chat", "--facts", folder, cwd=tmp_path) as terminal:
        terminal.until("\n> ")
        terminal.press(b"half a question")
        terminal.until("half a question")
        time.sleep(0.3)  # Python's line editing misses a signal that comes while it works on a key
        terminal.press(CTRL_C)
        code, shown = terminal.end()
        assert code == 0
        assert shown.endswith("Goodbye.\n")
        assert "Traceback" not in shown
    with Terminal("chat", "--facts", folder, cwd=tmp_path) as terminal:
        terminal.until("\n> ")
        terminal.press(b"quit\r")
        code, shown = terminal.end()
        assert code == 0
        assert shown.endswith("Goodbye.\n")


def test_ctrl_c_while_it_starts_ends_quietly(tmp_path: Path) -> None:
    with Terminal("chat", cwd=tmp_path) as terminal:
        terminal.until("Reading the announcement…")
        terminal.press(CTRL_C)
        code, shown = terminal.end()
        assert code == 130
        assert "Traceback" not in shown
