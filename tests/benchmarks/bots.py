"""The bots that are measured, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yarl

import knowledge
from tests.discord_server.quiet_import import discord_py as discord

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

BEAT = 0.001  # seconds


@dataclass(frozen=True, kw_only=True)
class Task:
    """Which bot to run, and where its Discord is."""

    kind: str
    api: str
    gateway: str
    token: str
    home: int
    facts: Path


@dataclass
class Heartbeat:
    """Comes every millisecond if the event loop lets it; `late` are the delays, in milliseconds."""

    late: list[float] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)
    stopped: bool = False

    def start(self) -> None:
        self._next(asyncio.get_running_loop(), time.perf_counter())

    def _next(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - due) * 1000)
        if not self.stopped:
            loop.call_later(BEAT, self._next, loop, now + BEAT)

    def figures(self) -> dict[str, float]:
        self.stopped = True
        late = sorted(self.late)
        return {
            "longest": late[-1],
            "p999": late[int(len(late) * 0.999)],
            "seconds": time.perf_counter() - self.started,
        }


class Echo(discord.Client):
    """The least a bot can do: it repeats the question."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
        self.tree = discord.app_commands.CommandTree(self)
        self.tree.command(name="ask", description="Ask")(echo)

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def echo(interaction: discord.Interaction, question: str) -> None:
    await interaction.response.send_message(question)


def run(task: Task, driver: Connection) -> None:
    """Run a bot until the driver says to stop."""
    discord.http.Route.BASE = task.api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(task.gateway)
    asyncio.run(_run(task, driver))


async def _run(task: Task, driver: Connection) -> None:
    bot = await _bot(task)
    async with bot:
        work = asyncio.create_task(bot.start(task.token))
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait({work, ready}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            driver.send(("failed", repr(work.exception())))
            return
        driver.send(("ready", {}))
        await _obey(driver)
        await bot.close()
        await asyncio.gather(work, return_exceptions=True)


async def _bot(task: Task) -> discord.Client:
    if task.kind == "echo":
        return Echo()
    from bot.library import Library  # noqa: PLC0415 - the bare bot does without all of this
    from bot.running import build_bot  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    values: dict[str, Any] = {
        "_env_file": None,
        "cooldown_questions": 0,
        "shard_count": 1,
        "home_guild_id": task.home,
    }
    settings = Settings(**values)
    return build_bot(settings, await Library.open(task.facts), guild_ready_timeout=0.05)


async def _obey(driver: Connection) -> None:
    beat = Heartbeat()
    while (word := await asyncio.to_thread(driver.recv)) != "stop":
        if word == "cpu":
            driver.send(("cpu", {"seconds": time.process_time()}))
        elif word == "watch":
            beat = Heartbeat()
            beat.start()
            driver.send(("watching", {}))
        else:
            driver.send(("seen", beat.figures()))


def golden_questions() -> list[str]:
    """Return the questions of the golden set that stand alone."""
    folder = Path(__file__).parent.parent / "golden"
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [row["q"] for row in map(json.loads, filter(None, lines)) if "q" in row]


def shipped_facts() -> Path:
    return Path(knowledge.__file__).parent / "facts"


def machine() -> str:
    """Name the machine: processors, load, system and Python."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if line.startswith("model name")
        ]
        name = models[0] if models else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} x {name}{load}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, discord.py {discord.__version__}"
    )
