"""A home server with everybody who may try to administer the bot, and another server with a moderator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.client import Verbatim
from bot.journal import Storage
from bot.library import Library
from bot.record_files import Folder
from bot.running import build_bot
from bot.settings import Settings
from bot.starting import open_library
from knowledge.base import KnowledgeBase
from knowledge.loading import read_folder
from tests.bot.orchard import Orchard
from tests.discord_server import Channel, DiscordServer, Guild, Interaction, Message, Person, options
from tests.discord_server.command_book import SLASH
from tests.discord_server.interaction import Kind
from tests.discord_server.offered import Place

MANAGE_GUILD = 1 << 5


@dataclass(frozen=True)
class Home:
    """The home server and its people, and the bot that runs in it.

    `owner` owns the application. `ada` and `ben` are admins by the settings, one as a user and one by a role;
    `mia` manages the server and is no admin, `bob` is a member, and `eve` manages another server.
    """

    discord: DiscordServer
    guild: Guild
    channel: Channel
    elsewhere: Channel
    owner: Person
    ada: Person
    ben: Person
    mia: Person
    bob: Person
    eve: Person
    audit: Channel | None
    orchard: Orchard
    storage: Storage | None
    library: Library
    settings: Settings
    bot: Verbatim

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[None]:
        """Stop the bot and run another in its place."""
        await self.bot.close()
        async with self.discord.running(build(self.settings, self.library, self.storage)):
            yield

    async def told(self, person: Person, command: str, **values: Any) -> Message:
        """Give a command in the home server and wait for the private reply."""
        asked = await person.slash(f"facts {command}", where=self.channel, **values)
        reply = await asked.wait_response(patience=60)
        assert asked.ephemeral
        return reply

    async def forged(self, person: Person, command: str, where: Channel, **values: Any) -> Interaction:
        """Send a command of the home server from where Discord would never send it."""
        found = Place(self.discord.world, self.owner, self.channel).find("facts", SLASH, force=True)
        leaf = options.leaf(found, command.split())
        filled = options.fill(self.discord.world, leaf, values, where, force=False)
        data = {"id": str(found.id), "name": found.name, "type": found.kind, "guild_id": str(self.guild.id)}
        wrapped = {"options": leaf.wrapped(filled.options)}
        return person._start(Kind.COMMAND, where, command, data | wrapped)


def build(settings: Settings, library: Library, storage: Storage | None) -> Verbatim:
    """Build the bot as `run_bot` does."""
    return build_bot(settings, library, storage, guild_ready_timeout=0.05)


@asynccontextmanager
async def at_home(
    server: DiscordServer, orchard: Orchard, storage: Storage | None = None, **given: Any
) -> AsyncIterator[Home]:
    """Run the bot at home, answering from the orchard; settings go by name.

    With a storage it starts as `run_bot` lets it start, and there is an audit channel.
    """
    guild, other = server.add_guild("Home"), server.add_guild("Elsewhere")
    ada, ben, mia, bob, eve = map(server.add_user, ("ada", "ben", "mia", "bob", "eve"))
    keepers = guild.add_role("keepers", permissions=MANAGE_GUILD)
    guild.add_member(ada, permissions=MANAGE_GUILD)
    guild.add_member(ben, roles=[keepers])
    guild.add_member(mia, permissions=MANAGE_GUILD)
    guild.add_member(bob)
    other.add_member(eve, permissions=MANAGE_GUILD)
    channel, elsewhere = guild.add_channel("keepers"), other.add_channel("talk")
    audit = guild.add_channel("audit") if storage else None
    values: dict[str, Any] = {
        "_env_file": None,
        "cooldown_questions": 0,
        "shard_count": 1,
        "home_guild_id": guild.id,
        "admin_users": str(ada.id),
        "admin_roles": str(keepers.id),
        "audit_channel_id": audit.id if audit else None,
    }
    settings = Settings(**(values | given))
    if storage:
        library = await open_library(orchard.folder, None, orchard.golden, storage)
    else:
        base = KnowledgeBase.build(read_folder(orchard.folder))
        library = Library(base, Folder(orchard.folder), orchard.golden)
    bot = build(settings, library, storage)
    async with server.running(bot):
        yield Home(
            discord=server,
            guild=guild,
            channel=channel,
            elsewhere=elsewhere,
            owner=server.owner,
            ada=ada,
            ben=ben,
            mia=mia,
            bob=bob,
            eve=eve,
            audit=audit,
            orchard=orchard,
            storage=storage,
            library=library,
            settings=settings,
            bot=bot,
        )
