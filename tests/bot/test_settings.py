"""Settings come from the environment and `.env`, and say clearly what is wrong with them."""

import subprocess
import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError

from bot.settings import EXIT_CODE, Settings, SettingsError, missing, read_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no environment and no `.env` of the machine in."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_example_names_every_setting_in_order_and_no_other() -> None:
    assert list(dotenv_values(EXAMPLE)) == [name.upper() for name in Settings.model_fields]


def test_example_describes_every_setting_as_the_model_does() -> None:
    described: dict[str, str] = {}
    words: list[str] = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            words.append(line.removeprefix("# "))
        elif "=" in line:
            described[line.partition("=")[0].lower()] = " ".join(words)
        if not line.startswith("#"):
            words = []
    assert described == {name: field.description for name, field in Settings.model_fields.items()}


def test_example_gives_the_defaults() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings()  # type: ignore[call-arg]


def test_every_setting_is_described_and_secrets_are_secret() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description
        assert field.description.endswith(".")
        if "token" in name or name.endswith("_url"):
            assert "SecretStr" in str(field.annotation)


def test_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        "HELP_CONTACT=Ann\nQUESTION_MAX_LENGTH=99\nPOSTGRES_PASSWORD=x\n", encoding="utf-8"
    )
    monkeypatch.setenv("HELP_CONTACT", "Bob")
    found = read_settings()
    assert (found.help_contact, found.question_max_length) == ("Bob", 99)


def test_ids_are_listed_as_people_list_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_USERS", "1, 22;333 4444,")
    assert read_settings().admin_users == {1, 22, 333, 4444}


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        read_settings().help_contact = "x"


def test_secrets_do_not_show() -> None:
    found = read_settings(discord_token=SecretStr("hush"), database_url=SecretStr("postgresql://u:pass@h/d"))
    assert "hush" not in repr(found)
    assert "pass@" not in f"{found}"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HOME_GUILD_ID", "the one with the cat", "HOME_GUILD_ID is wrong: it should be a valid integer"),
        ("ADMIN_ROLES", "1,two", "ADMIN_ROLES is wrong"),
        ("COOLDOWN_SECONDS", "0", "COOLDOWN_SECONDS is wrong: it should be greater than 0"),
        (
            "QUESTION_MAX_LENGTH",
            "5000",
            "QUESTION_MAX_LENGTH is wrong: it should be less than or equal to 2000",
        ),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is wrong: it should be 'debug', 'info', 'warning' or 'error'"),
        ("SHARD_COUNT", "0", "SHARD_COUNT is wrong"),
        ("JOURNAL", "perhaps", "JOURNAL is wrong: it should be a valid boolean"),
    ],
)
def test_wrong_setting_is_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    text = str(error.value)
    assert text.startswith(f"The setting {says}")
    assert str(Settings.model_fields[name.lower()].description) in text
    assert "\n" not in text


def test_every_wrong_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_COUNT", "many")
    monkeypatch.setenv("LOG_FORMAT", "poem")
    with pytest.raises(SettingsError, match=r"LOG_FORMAT.*\n.*SHARD_COUNT"):
        read_settings()


def test_file_that_is_no_text_is_told() -> None:
    Path(".env").write_bytes(b"HELP_CONTACT=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings()


def test_missing_setting_names_its_variable() -> None:
    assert str(missing("discord_token")).startswith("The setting DISCORD_TOKEN is missing. The bot's token")


def test_program_ends_with_the_sentence_and_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    monkeypatch.setenv("SHARD_COUNT", "none")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    ended = subprocess.run([sys.executable, "-m", "bot"], capture_output=True, text=True, check=False)
    assert ended.returncode == EXIT_CODE
    assert ended.stderr.startswith("The setting SHARD_COUNT is wrong")
    assert "Traceback" not in ended.stderr
