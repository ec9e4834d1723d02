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

A person does what a member does: `slash("facts reload", …)`, `autocomplete`, `context_menu("Answer this",
message)`, `click(message, "Yes")`, `select(message, ["Red"])`, `submit_modal(opened, {"Why": "rain"})`,
`say(channel, text, reply_to=…)`, `upload(name, data)`, `install_app()`, `refuse_dms()`, `commands()`;
`ann.dm` is the conversation with the bot. What comes back is an `Interaction` (`wait_response`,
`wait_followup`, `wait_edit`, `wait_modal`, `deferred`, `edits`, `did_not_respond`, `visible_to`) or a
`Message` (`content`, `all_text`, `embeds`, `labels`, `attachments`, `ephemeral`, `pinged.names`, `versions`,
`wait_edit`, `wait_deleted`); ordinary replies are awaited with `channel.wait_message(after=…)`. Permissions
are bits: `discord.Permissions(…).value`.

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
