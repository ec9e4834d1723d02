"""A knowledge base read and fitted in a process of its own, so that the event loop keeps answering.

Fitting is seconds of small NumPy calls, which would hold the interpreter's lock against the event loop. What
comes back is unpickled in a thread, in pieces small enough that the loop is never kept waiting.
"""

import asyncio
import contextlib
import io
import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.measuring import Measurement, measure
from knowledge.base import KnowledgeBase
from knowledge.loading import Curation, read_folder
from knowledge.problems import LoadError, Problem


class FittingFailed(Exception):  # noqa: N818 - reads as what happened
    """The worker came to no end; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Records in a folder (the shipped one by default) and the announcement they are about."""

    folder: Path | None = None
    announcement: Path | None = None

    def read(self) -> Curation:
        """Read and check; raises LoadError."""
        return read_folder(self.folder, self.announcement)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted knowledge base and, if there are golden questions, how it fares on them."""

    base: KnowledgeBase
    measurement: Measurement | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    source: Folder
    golden: Path | None

    def __call__(self) -> Fitted:
        base = KnowledgeBase.build(self.source.read())
        return Fitted(base, measure(base, self.golden) if self.golden else None)


async def fit(source: Folder, golden: Path | None = None) -> Fitted:
    """Read, check, fit and measure in a process of its own; LoadError tells all problems."""
    fitted: Fitted = await in_own_process(_Fit(source, golden))
    return fitted


async def check(source: Folder) -> Curation:
    """Read and check only, in a process of its own; LoadError tells all problems."""
    curation: Curation = await in_own_process(source.read)
    return curation


async def in_own_process(work: Callable[[], Any]) -> Any:
    """Return what `work()` returns, computed in a new process; LoadError comes through as it is.

    `work` and its result have to be picklable. Cancelling ends the process.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, work), name="verbatim fitting", daemon=True)
    starting = asyncio.create_task(asyncio.to_thread(process.start))
    try:
        await asyncio.shield(starting)
        sender.close()  # so that the end of the worker is the end of what can be received
        return await asyncio.to_thread(_receive, receiver)
    finally:
        sender.close()
        with contextlib.suppress(OSError):
            await starting
            # Ending the worker also ends a thread that still waits for it.
            process.kill()
            await asyncio.to_thread(process.join)


def _run(sender: Connection, work: Callable[[], Any]) -> None:
    """Compute and send, in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends this process
    if hasattr(os, "nice"):
        os.nice(10)  # answering comes first
    try:
        answer: tuple[str, Any] = ("result", work())
    except LoadError as error:
        answer = ("problems", error.problems)
    except Exception:  # noqa: BLE001 - whatever it is, the bot's log has to show it
        answer = ("failure", traceback.format_exc())
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(answer)
    # The bot may have ended meanwhile.
    with contextlib.suppress(BrokenPipeError):
        sender.send_bytes(buffer.getbuffer())


def _receive(receiver: Connection) -> Any:
    with receiver:
        try:
            data = receiver.recv_bytes()
        except EOFError:
            raise FittingFailed("the worker process ended without an answer") from None
    kind, value = pickle.Unpickler(_Pieces(data)).load()  # noqa: S301 - our own worker's
    if kind == "problems":
        problems: tuple[Problem, ...] = value
        raise LoadError(problems)
    if kind == "failure":
        raise FittingFailed(value)
    return value


class _Pickler(pickle.Pickler):
    """Knows read-only mappings, which the standard one refuses."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


class _Pieces:
    """A file for the unpickler, deliberately in Python: each read lets the event loop's thread have its turn.

    From bytes or from a file of C, the unpickler would go through all of it without a pause.
    """

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._place = 0

    def read(self, size: int) -> bytes:
        start, self._place = self._place, self._place + size
        return bytes(self._data[start : self._place])

    def readinto(self, target: memoryview) -> int:
        start, self._place = self._place, self._place + len(target)
        piece = self._data[start : self._place]
        target[: len(piece)] = piece
        return len(piece)

    def readline(self) -> bytes:
        raise pickle.UnpicklingError("no opcode of a binary pickle reads a line")
