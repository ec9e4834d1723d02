"""How fast the bot answers on the loopback Discord, beside a bare discord.py bot that echoes.

    python -m tests.benchmarks.discord [--interactions 2000] [--at-once 50] [--rounds 3]

Prints a report. Each bot runs in a process of its own, in turns, and this process is Discord and the members.
The second part watches the event loop of the bot while the shipped facts are reloaded and published: a
heartbeat that should come every millisecond tells how long the loop was kept from running.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import bots
from tests.discord_server import Channel, DiscordServer, Guild, Person, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from multiprocessing.connection import Connection

GOAL_RATE = 0.8
GOAL_BLOCK = 20.0  # milliseconds


@dataclass(frozen=True)
class Stage:
    """The Discord of this run and who is in it."""

    discord: DiscordServer
    guild: Guild
    channel: Channel
    members: list[Person]


@dataclass
class Run:
    """What one bot did in one round."""

    rate: float
    seconds: list[float]
    cpu_seconds: float

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[98]


@dataclass
class Runs:
    """All rounds of one bot; the middle one counts."""

    runs: list[Run] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(run.rate for run in self.runs)

    @property
    def p99(self) -> float:
        return statistics.median(run.p99 for run in self.runs)

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time of the bot for one interaction."""
        return 1000 * statistics.median(run.cpu_seconds / len(run.seconds) for run in self.runs)

    def __str__(self) -> str:
        p99 = self.p99 * 1000
        return f"{self.rate:7.1f} a second, 99th percentile {p99:6.1f} ms, {self.cpu:5.2f} ms of processor"


@asynccontextmanager
async def running(stage: Stage, kind: str, facts: Path) -> AsyncIterator[Connection]:
    """Run a bot in a process of its own; the connection takes words and gives figures."""
    here, there = multiprocessing.Pipe()
    task = bots.Task(
        kind=kind,
        api=stage.discord.base,
        gateway=stage.discord.gateway.url,
        token=stage.discord.app.token,
        home=stage.guild.id,
        facts=facts,
    )
    process = multiprocessing.get_context("spawn").Process(target=bots.run, args=(task, there))
    process.start()
    there.close()
    try:
        await reply_of(here, "ready")
        yield here
    finally:
        here.send("stop")
        await asyncio.to_thread(process.join)


async def reply_of(bot: Connection, word: str) -> dict[str, float]:
    """Wait for what a bot answers, without keeping Discord waiting."""
    got, values = await asyncio.to_thread(bot.recv)
    if got != word:
        raise RuntimeError(f"the bot said {got!r}, not {word!r}: {values}")
    figures: dict[str, float] = values
    return figures


async def ask(stage: Stage, member: Person, question: str) -> float:
    """Ask and return how long the answer took."""
    start = time.perf_counter()
    asked = await member.slash("ask", question=question, where=stage.channel)
    await asked.wait_response(patience=60)
    return time.perf_counter() - start


async def crowd(stage: Stage, questions: list[str]) -> list[float]:
    """Let every member ask one question after the other until all are asked."""
    waiting, taken = iter(questions), list[float]()

    async def member(person: Person) -> None:
        for question in waiting:
            taken.append(await ask(stage, person, question))

    await asyncio.gather(*(member(person) for person in stage.members))
    return taken


async def measure(stage: Stage, kind: str, facts: Path, questions: list[str]) -> Run:
    """Let the members ask one bot all the questions."""
    async with running(stage, kind, facts) as bot:
        await crowd(stage, questions[: len(stage.members) * 2])  # the first ones warm it up
        bot.send("cpu")
        before = await reply_of(bot, "cpu")
        start = time.perf_counter()
        seconds = await crowd(stage, questions)
        took = time.perf_counter() - start
        bot.send("cpu")
        after = await reply_of(bot, "cpu")
    return Run(len(questions) / took, seconds, after["seconds"] - before["seconds"])


async def watch(stage: Stage, facts: Path, questions: list[str]) -> dict[str, dict[str, float]]:
    """Return what the heartbeat saw: at rest and while members ask, without a reload and during one."""
    seen: dict[str, dict[str, float]] = {}
    async with running(stage, "verbatim", facts) as bot:
        await crowd(stage, questions[: len(stage.members) * 2])
        for where, asked in (("at rest", []), ("ten questions a second", questions)):
            asking = asyncio.create_task(trickle(stage, asked))
            for what in ("no reload", "reload"):
                bot.send("watch")
                await reply_of(bot, "watching")
                await (asyncio.sleep(10) if what == "no reload" else reload(stage, facts))
                bot.send("seen")
                seen[f"{where}, {what}"] = await reply_of(bot, "seen")
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
    return seen


async def reload(stage: Stage, facts: Path) -> None:
    """Reload changed facts and publish them, as their owner."""
    change(facts)
    asked = await stage.discord.owner.slash("facts reload", where=stage.channel)
    preview = await asked.wait_response(patience=300)
    pressed = await stage.discord.owner.click(preview, "Publish")
    await pressed.wait_response(patience=30)


def change(facts: Path) -> None:
    """Change a file of records, though none of its records."""
    theme = next(path for path in sorted(facts.glob("*.toml")) if path.name != "announcement.toml")
    theme.write_text(theme.read_text("utf-8") + "\n# Changed.\n", "utf-8")


def say(line: str) -> None:
    """Add a line to the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def trickle(stage: Stage, questions: list[str]) -> None:
    """Ask ten questions a second, each as another member."""
    for number, question in enumerate(questions * 100):
        await ask(stage, stage.members[number % len(stage.members)], question)
        await asyncio.sleep(0.1)


@asynccontextmanager
async def set_up(members: int) -> AsyncIterator[Stage]:
    """Start Discord without the checks that cost it time, with some members."""
    quick = Settings(identify_interval=0.0, check_schema=False, check_limits=False, patience=60.0)
    async with DiscordServer(quick) as discord:
        guild = discord.add_guild("Town")
        people = [discord.add_user(f"member{number}") for number in range(members)]
        for person in people:
            guild.add_member(person)
        yield Stage(discord, guild, guild.add_channel("square"), people)


async def benchmark(interactions: int, at_once: int, rounds: int) -> bool:
    """Measure, print the report, and tell whether both goals are met."""
    golden = bots.golden_questions()
    questions = (golden * (interactions // len(golden) + 1))[:interactions]
    say(bots.machine())
    results = {"echo": Runs(), "verbatim": Runs()}
    with tempfile.TemporaryDirectory() as place:
        facts = Path(place) / "facts"
        shutil.copytree(bots.shipped_facts(), facts)
        async with set_up(at_once) as stage:
            for _ in range(rounds):
                for kind, runs in results.items():
                    stage.discord.log.clear()
                    runs.runs.append(await measure(stage, kind, facts, questions))
            seen = await watch(stage, facts, golden)
    ratio = results["verbatim"].rate / results["echo"].rate
    say(f"{interactions} questions of the golden set, {at_once} at once, the middle of {rounds} rounds:")
    for kind, runs in results.items():
        say(f"  {kind:9}{runs}")
    say(f"  ratio    {ratio:.2f} (goal: at least {GOAL_RATE})")
    say("how long the event loop was kept from running:")
    for what, beats in seen.items():
        say(
            f"  {what:34} longest {beats['longest']:5.1f} ms, "
            f"99.9 % within {beats['p999']:5.1f} ms, in {beats['seconds']:.0f} s"
        )
    say(f"  goal: at most {GOAL_BLOCK:.0f} ms")
    return ratio >= GOAL_RATE and all(
        beats["longest"] <= GOAL_BLOCK for what, beats in seen.items() if what.endswith(", reload")
    )


def main() -> None:
    """Read the options and exit with 0 if the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    met = asyncio.run(benchmark(options.interactions, options.at_once, options.rounds))
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
