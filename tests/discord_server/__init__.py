"""A small Discord of our own on loopback, to which the unmodified discord.py client connects.

    async with DiscordServer() as discord:
        guild = discord.add_guild("Garden")
        channel = guild.add_channel("questions")
        ann = discord.add_user("ann")
        guild.add_member(ann)
        async with discord.running(bot):                      # login … on_ready … close
            asked = await ann.slash("ask", question="When?", where=channel)
            answer = await asked.wait_response()              # a Message
            assert answer.content == "At noon." and asked.visible_to(ann)

`Settings` has the figures (three seconds, fifteen minutes, …) and the clock; `discord.faults` orders faults;
`discord.log` has all requests, `discord.refused` those that Discord would have refused. `NotOffered` is
raised where the client would not let a person do something, `DidNotHappen` where the bot did not do in time
what was waited for.
"""

from tests.discord_server import quiet_import as quiet_import
from tests.discord_server.channels import Attachment, Channel, Message
from tests.discord_server.interaction import Callback, Choice, Interaction, Modal
from tests.discord_server.model import Guild, Member, Role, User
from tests.discord_server.offered import NotOffered
from tests.discord_server.people import Person
from tests.discord_server.server import DiscordServer
from tests.discord_server.settings import ManualClock, Settings
from tests.discord_server.waiting import DidNotHappen

__all__ = [
    "Attachment",
    "Callback",
    "Channel",
    "Choice",
    "DidNotHappen",
    "DiscordServer",
    "Guild",
    "Interaction",
    "ManualClock",
    "Member",
    "Message",
    "Modal",
    "NotOffered",
    "Person",
    "Role",
    "Settings",
    "User",
]
