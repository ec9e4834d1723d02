"""The bot built from its settings, and run until it is told to stop."""

import asyncio
import base64
import binascii
import contextlib
import hashlib
import hmac
import logging
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord

from bot import logs
from bot.administration import Administration
from bot.asking import Asking
from bot.browsing import Browsing
from bot.client import Verbatim
from bot.conversations import Conversations
from bot.cooldowns import Cooldowns
from bot.desk import Desk
from bot.direct_messages import DirectMessages
from bot.feedback import Feedback
from bot.journal import AskerMarks, Storage, StorageError, open_storage
from bot.library import Library
from bot.privacy import Privacy
from bot.scribe import Scribe
from bot.settings import Settings, SettingsError, missing, wrong_path
from bot.starting import open_library
from knowledge.conversation import LASTS
from knowledge.problems import LoadError

_log = logging.getLogger(__name__)

# What the bot does as a member of a server: read mentions, and reply to them. All else goes by interactions.
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
FAILED, CANNOT_START, INTERRUPTED = 1, 2, 130


def run_bot(settings: Settings) -> int:
    """Run the bot until it is told to stop; the exit code, all problems told on the standard error stream."""
    try:
        return asyncio.run(_run(settings))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except LoadError as error:
        sys.stderr.write(f"{wrong_path(settings) or error}\n")
        return CANNOT_START
    except StorageError as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_START
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED


def build_bot(
    settings: Settings, library: Library, storage: Storage | None = None, **options: Any
) -> Verbatim:
    """Put the bot together; nothing is kept without a storage. `options` go to discord.py's client."""
    scribe = Scribe(storage, AskerMarks(_secret_of_marks(settings)))
    desk = Desk(
        library,
        cooldowns=Cooldowns(settings.cooldown_questions, settings.cooldown_seconds),
        conversations=Conversations(),
        scribe=scribe,
        question_max_length=settings.question_max_length,
        contact=settings.help_contact,
    )
    asking = Asking(desk)
    return Verbatim(
        parts=[
            asking,
            Feedback(desk, scribe),
            Browsing(desk),
            Privacy(
                desk,
                storage,
                conversation_seconds=LASTS,
                cooldown_seconds=settings.cooldown_seconds,
                retention_days=settings.retention_days if storage and settings.journal else None,
            ),
            Administration(library=library, settings=settings, storage=storage),
        ],
        direct=DirectMessages(desk).hear,
        mention=asking.mention,
        forget=desk.forget,
        home_guild=settings.home_guild_id,
        shard_count=settings.shard_count,
        **options,
    )


def invite_link(settings: Settings) -> str:
    """Make the link that invites the bot into a server, with exactly the scopes and permissions it needs."""
    return discord.utils.oauth_url(
        application_id(settings), permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )


def install_link(settings: Settings) -> str:
    """Make the link by which somebody gets the commands for themselves, everywhere."""
    link = discord.utils.oauth_url(application_id(settings), scopes=("applications.commands",))
    return f"{link}&integration_type=1"


def application_id(settings: Settings) -> int:
    """Read the application's id, the first part of its token; SettingsError if it is not there."""
    first = _token(settings).partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (binascii.Error, ValueError):
        raise SettingsError(
            "The setting DISCORD_TOKEN is wrong: it does not look like a bot's token. "
            "Copy the token from the page “Bot” of the Discord developer portal."
        ) from None


def _secret_of_marks(settings: Settings) -> str:
    """Derive the secret of the askers' marks from the token, so that nobody has to set and keep one more.

    It outlives a restart as the token does; an HMAC because what is in public buttons comes of it.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        return secrets.token_hex()  # a bot that never connects
    return hmac.new(token.encode(), b"asker marks", hashlib.sha256).hexdigest()


def _token(settings: Settings) -> str:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise missing("discord_token")
    return token


async def _run(settings: Settings, **options: Any) -> int:
    token = _token(settings)
    logs.set_up(settings.log_level, settings.log_format, [token, settings.database_url.get_secret_value()])
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it will never speak
    async with open_storage(
        settings.database_url.get_secret_value(),
        journal=settings.journal,
        retention_days=settings.retention_days,
    ) as storage:
        return await _serve(settings, token, storage, **options)


async def _serve(settings: Settings, token: str, storage: Storage, **options: Any) -> int:
    library = await open_library(settings.facts, settings.announcement, settings.golden, storage)
    async with _following(library), build_bot(settings, library, storage, **options) as bot:
        _stop_on_signals(bot)
        try:
            await bot.start(token)
        except discord.LoginFailure:
            raise SettingsError(
                "The setting DISCORD_TOKEN is wrong: Discord does not accept it. "
                "Copy the token anew from the page “Bot” of the Discord developer portal."
            ) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            if bot.in_flight.closing:
                return 0
            _log.error("Discord cannot be reached: %s", error)
            return FAILED
    _log.info("Stopped")
    return 0


@contextlib.asynccontextmanager
async def _following(library: Library) -> AsyncIterator[None]:
    """Take over what other processes publish, meanwhile."""
    task = asyncio.create_task(library.follow(), name="following")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _stop_on_signals(bot: Verbatim) -> None:
    """Leave cleanly on the first signal, at once on the second."""
    loop = asyncio.get_running_loop()
    work = asyncio.current_task()
    closing: set[asyncio.Task[None]] = set()

    def stop() -> None:
        if closing and work:
            work.cancel()
            return
        _log.info("Stopping")
        closing.add(asyncio.create_task(bot.close()))

    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no signals of this kind: there Ctrl-C ends the program by KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop)
