"""A knowledge base read and fitted in a process of its own, so that the event loop keeps answering.

Fitting is seconds of small NumPy calls, which would hold the interpreter's lock against the event loop. What
comes back is some tens of megabytes. A thread unpickles them as they arrive, in pieces so small that the loop
is never kept waiting.
"""

import asyncio
import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.measuring import Measurement, measure
from bot.record_files import RecordFiles
from bot.releasing import release_gradually
from knowledge.base import KnowledgeBase
from knowledge.loading import Curation
from knowledge.problems import LoadError, Problem

_PIECE = 64 * 1024
_SHORT_TURN = 0.0005  # seconds after which a thread that waits for the interpreter gets it


class FittingFailed(Exception):  # noqa: N818 - reads as what happened
    """The worker came to no end; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted knowledge base and, if there are golden questions, how it fares on them."""

    base: KnowledgeBase
    measurement: Measurement | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    records: RecordFiles
    golden: Path | None

    def __call__(self) -> Fitted:
        base = self.records.load()
        base.prepare()
        return Fitted(base, measure(base, self.golden) if self.golden else None)


async def fit(records: RecordFiles, golden: Path | None = None) -> Fitted:
    """Read, check, fit and measure in a process of its own; LoadError tells all problems."""
    fitted: Fitted = await in_own_process(_Fit(records, golden))
    await asyncio.to_thread(release_gradually, fitted.base)
    return fitted


async def check(records: RecordFiles) -> Curation:
    """Read and check only, in a process of its own; LoadError tells all problems."""
    curation: Curation = await in_own_process(records.read)
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
        try:
            await starting
        finally:
            sender.close()
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
    # The bot may have ended meanwhile.
    with contextlib.suppress(BrokenPipeError), sender:
        _Pickler(_Sending(sender), pickle.HIGHEST_PROTOCOL).dump(answer)


def _receive(receiver: Connection) -> Any:
    with receiver:
        try:
            receiver.poll(None)
            with _considerate():
                kind, value = pickle.Unpickler(_Receiving(receiver)).load()  # noqa: S301 - our own worker's
        except EOFError:
            raise FittingFailed("the worker process ended without an answer") from None
    if kind == "problems":
        problems: tuple[Problem, ...] = value
        raise LoadError(problems)
    if kind == "failure":
        raise FittingFailed(value)
    return value


@contextlib.contextmanager
def _considerate() -> Iterator[None]:
    """Make many objects in a thread without keeping the event loop waiting.

    The garbage collector would look through all objects of the process now and then, which takes longer than
    the loop may wait. Those made here live long, so it never has to look at them: they are left to their
    reference counts.
    """
    interval = sys.getswitchinterval()
    collecting = gc.isenabled()
    gc.disable()
    sys.setswitchinterval(_SHORT_TURN)
    try:
        yield
        gc.freeze()
    finally:
        sys.setswitchinterval(interval)
        if collecting:
            gc.enable()


class _Pickler(pickle.Pickler):
    """Knows read-only mappings, which the standard one refuses."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


class _Sending:
    """A file for the pickler that sends what is written, in pieces."""

    def __init__(self, sender: Connection) -> None:
        self._sender = sender

    def write(self, data: bytes | memoryview | pickle.PickleBuffer) -> int:
        view = memoryview(data).cast("B")
        for start in range(0, len(view), _PIECE):
            self._sender.send_bytes(view[start : start + _PIECE])
        return len(view)


class _Receiving:
    """A file for the unpickler, deliberately in Python: each read lets the event loop's thread have its turn.

    From bytes or from a file of C, the unpickler would go through all of it without a pause.
    """

    def __init__(self, receiver: Connection) -> None:
        self._receiver = receiver
        self._piece = memoryview(b"")

    def read(self, size: int) -> bytes:
        data = bytearray(size)
        self.readinto(memoryview(data))
        return bytes(data)

    def readinto(self, target: memoryview) -> int:
        filled = 0
        while filled < len(target):
            if not self._piece:
                self._piece = memoryview(self._receiver.recv_bytes())
            taken = self._piece[: len(target) - filled]
            target[filled : filled + len(taken)] = taken
            self._piece = self._piece[len(taken) :]
            filled += len(taken)
        return filled

    def readline(self) -> bytes:
        raise pickle.UnpicklingError("no opcode of a binary pickle reads a line")
