"""Work is done in a process of its own, which ends with the one who waits for it."""

import asyncio
import multiprocessing
import os
import signal
import time
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from bot import fitting
from bot.fitting import FittingFailed, in_own_process
from bot.record_files import Folder
from knowledge.problems import LoadError, Problem
from tests.bot.orchard import plant


def _sleep_after(sign: Path) -> None:
    sign.write_text("running")
    time.sleep(60)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stumble() -> None:
    raise RuntimeError("over a root")


def _refuse() -> None:
    raise LoadError([Problem("a.toml", 3, "who", "Not so.")])


def _interrupted() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


async def test_knowledge_base_comes_back_whole(tmp_path: Path) -> None:
    orchard = plant(tmp_path)
    fitted = await fitting.fit(Folder(orchard.folder).gather(), orchard.golden)
    answer = fitted.base.answer("fence-cost")
    assert answer is not None
    assert answer.quotation.sentence.text == "The council paid £3,000 for the fence."
    assert isinstance(fitted.base.curation.records, MappingProxyType)
    assert fitted.measurement is not None
    assert fitted.measurement.figures is not None
    assert fitted.measurement.figures.n == 3


async def test_problems_come_back_as_they_were() -> None:
    with pytest.raises(LoadError) as refused:
        await in_own_process(_refuse)
    assert refused.value.problems == (Problem("a.toml", 3, "who", "Not so."),)


async def test_failure_of_the_worker_comes_back_with_its_traceback() -> None:
    with pytest.raises(FittingFailed, match=r"in _stumble(?s:.*)over a root"):
        await in_own_process(_stumble)


async def test_worker_that_is_killed_is_noticed() -> None:
    with pytest.raises(FittingFailed, match="without an answer"):
        await in_own_process(_die)


async def test_ctrl_c_is_left_to_the_bot() -> None:
    assert await in_own_process(_interrupted) == "still here"


async def test_cancelling_ends_the_worker(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    os.mkfifo(sign)  # reading it waits for who writes
    waiting = asyncio.create_task(in_own_process(partial(_sleep_after, sign)))
    assert await asyncio.to_thread(sign.read_text) == "running"
    assert multiprocessing.active_children()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not multiprocessing.active_children()


async def test_cancelling_before_the_worker_has_started_ends_it_too() -> None:
    waiting = asyncio.create_task(in_own_process(_die))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not multiprocessing.active_children()
