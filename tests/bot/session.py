"""Plays the session that the README shows: members of a server and the bot, on the loopback Discord.

    python -m tests.bot.session

prints it anew; `**` marks what Discord shows in bold, `[…]` is a button.
"""

import asyncio
import sys
import textwrap
from collections.abc import Iterator

from bot.library import Library
from knowledge.base import KnowledgeBase
from tests.bot.conftest import build
from tests.bot.rendered import shown_as_read
from tests.discord_server import DiscordServer, Message, Settings

WIDTH = 100
_INDENT = "    "


async def played(base: KnowledgeBase) -> str:
    """Play the session and write down what is to be seen."""
    server = DiscordServer(Settings(identify_interval=0.0))
    seen: list[str] = []
    async with server:
        guild = server.add_guild("Quantum club")
        channel = guild.add_channel("general")
        ann, bob = server.add_user("ann"), server.add_user("bob")
        guild.add_member(ann)
        guild.add_member(bob)
        async with server.running(build(Library(base), cooldown_questions=0)):
            seen.append("#general")
            for person, question in (
                (ann, "how mcuh money did innovate uk announce"),
                (ann, "how many jobs will it create"),
            ):
                answer = await (await person.slash("ask", question=question)).wait_response()
                seen += [f"{person.name} uses /ask question: {question}", *_lines(answer)]
            asked = await bob.say(channel, f"{server.world.bot.mention} who signed it?")
            answer = await channel.wait_message(after=asked)
            seen += ["bob: @Verbatim who signed it?", *_lines(answer)]
            more = await (await ann.click(answer, "More like this")).wait_response()
            seen += ["ann presses “More like this”", *_lines(more)]
            seen.append("ann, in a direct message to the bot")
            last: Message | None = None
            for question in ("which laboratories are in it?", "and what will they do?", "thanks!"):
                await ann.say(ann.dm, question)
                last = await ann.dm.wait_message(after=last)
                seen += [f"ann: {question}", *_lines(last)]
    return "\n".join(line.rstrip() for line in seen) + "\n"


def _lines(message: Message) -> Iterator[str]:
    yield f"Verbatim{' (only you can see this)' if message.ephemeral else ''}:"
    for line in message.content.splitlines():
        mark = next((one for one in ("> ", "-# ") if line.startswith(one)), "")
        shown = shown_as_read(line.removeprefix(mark))
        lead = "> " if mark == "> " else ""
        yield from textwrap.wrap(
            shown,
            WIDTH,
            initial_indent=_INDENT + lead,
            subsequent_indent=_INDENT + lead,
            break_on_hyphens=False,
        )
    if message.labels:
        yield from textwrap.wrap(
            "  ".join(f"[{label}]".replace(" ", "\u00a0") for label in message.labels),
            WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT,
        )  # fmt: skip
    yield ""


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(played(KnowledgeBase.load())).replace("\u00a0", " "))
