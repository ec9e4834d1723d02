"""Every setting of the bot: read from the environment and a `.env` file, checked, frozen."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

EXIT_CODE = 2  # of a program that stops because a setting is missing or wrong

_SECRETS = frozenset({"discord_token", "database_url"})


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one sentence a line for whoever starts the bot."""

    exit_code = EXIT_CODE


def _ids(value: object) -> object:
    """Read ids as people write them, with commas or spaces between."""
    return [part for part in re.split(r"[,;\s]+", value) if part] if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Id = Annotated[int, Field(gt=0, lt=2**63)]
Ids = Annotated[frozenset[Id], NoDecode, BeforeValidator(_ids)]


class Settings(BaseSettings):
    """All settings; a field's name in capitals is the variable's name, an empty variable is not set."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # .env files are shared with other programs
        frozen=True,
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        None,
        description="The bot's token, from the page “Bot” of the Discord developer portal. Keep it secret.",
    )
    home_guild_id: Id | None = Field(
        None, description="The id of the server in which the administration commands exist; none without it."
    )
    admin_users: Ids = Field(
        frozenset(),
        description="Ids of users who may administer the facts, besides the application's owner or team.",
    )
    admin_roles: Ids = Field(
        frozenset(), description="Ids of roles of the home server whose members may administer the facts."
    )
    facts: Path | None = Field(
        None, description="The folder of the curated records; the shipped ones without it."
    )
    announcement: Path | None = Field(
        None, description="The file of the announcement; without it, the one that the records name."
    )
    golden: Path | None = Field(
        None, description="A folder of golden questions, asked before facts are published; none without it."
    )
    help_contact: str = Field(
        "the people who run this community",
        max_length=200,
        description="Whom to ask what the bot cannot answer; completes “You can ask …”.",
    )
    cooldown_questions: int = Field(
        5, ge=0, le=1000, description="How many questions a person may ask in a row; 0 for no limit."
    )
    cooldown_seconds: float = Field(
        20.0, gt=0, le=3600, description="In how many seconds a person may ask that many questions."
    )
    question_max_length: int = Field(
        500, ge=20, le=2000, description="The most characters a question may have."
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="The least level that is logged: debug, info, warning or error."
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        "text", description="How a line of the log is written: text, or json for programs."
    )
    shard_count: int | None = Field(
        None, ge=1, le=16384, description="The number of shards; without it, as many as Discord recommends."
    )
    journal: bool = Field(
        True,
        description="Whether questions are kept, without any name or id, to find what is missing: on or off.",
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite:///verbatim.sqlite3"),
        description="Where to keep what is kept: sqlite:///path/to/file, without it verbatim.sqlite3 in the "
        "folder in which the bot starts; or postgresql://user:password@host/name.",
    )
    retention_days: int = Field(
        30, ge=1, le=3650, description="After how many days a question that was kept is deleted."
    )
    audit_channel_id: Id | None = Field(
        None, description="The id of a channel of the home server that is told what administrators do."
    )


def read_settings(**given: Any) -> Settings:
    """Read the settings: those `given`, else the environment, else `.env`; SettingsError if one is wrong."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_sentences(error))) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text; save it as UTF-8.") from None


def missing(name: str) -> SettingsError:
    """Make the error for a setting that what is about to be done cannot do without."""
    field = Settings.model_fields[name]
    return SettingsError(f"The setting {name.upper()} is missing. {field.description}")


def wrong_path(settings: Settings) -> SettingsError | None:
    """Find the setting that names a folder or file which is not there; None when all are."""
    for name in ("facts", "announcement"):
        path: Path | None = getattr(settings, name)
        if path and not path.exists():
            field = Settings.model_fields[name]
            return SettingsError(
                f"The setting {name.upper()} is wrong: {path} does not exist. {field.description}"
            )
    return None


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        name = str(problem["loc"][0])
        what = problem["msg"].replace("Input should", "it should").rstrip(".")
        field = Settings.model_fields.get(name)
        yield f"The setting {name.upper()} is wrong: {what[:1].lower()}{what[1:]}. " + (
            field.description or "" if field else ""
        )
