"""The commands, each run as a program on a small made-up announcement."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from knowledge.base import KnowledgeBase
from knowledge.batching import as_data
from tests.bot.harbour import ANNOUNCEMENT
from tests.bot.program import command, environment, run, write_harbour

COSTS = "The building will cost 12 million pounds and will open in May 2031."


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_harbour(tmp_path_factory.mktemp("records") / "harbour")


Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def harbour_run(folder: Path, tmp_path: Path) -> Run:
    """Run a command on the made-up records."""

    def go(name: str, *arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
        return run(name, "--facts", folder, *arguments, cwd=tmp_path, **more)

    return go


def lines(output: bytes) -> list[str]:
    return output.decode("utf-8").splitlines()


def test_ask_gives_the_sentence_whole_on_a_line_of_its_own(harbour_run: Run) -> None:
    done = harbour_run("ask", "how", "much", "will", "it", "cost")
    assert done.returncode == 0
    assert done.stderr == b""
    assert lines(done.stdout)[:3] == [
        COSTS,
        "— paragraph 4 of 9",
        "Understood as: How much does the library cost?",
    ]


def test_ask_as_json_holds_what_a_batch_gives_and_what_is_shown(
    harbour_run: Run, base: KnowledgeBase
) -> None:
    done = harbour_run("ask", "--json", "what did the mayor say", PYTHONIOENCODING="ascii")
    data = json.loads(done.stdout)
    expected = json.loads(json.dumps(as_data(base, base.ask("what did the mayor say"))))
    assert {key: data[key] for key in expected if key != "score"} == {
        key: value for key, value in expected.items() if key != "score"
    }
    assert data["quotation"]["speaker"] == "Ada Quay"
    assert data["quotation"]["role"] == "Mayor"
    assert data["quotation"]["section"] == "What it offers"


def test_why_shows_the_evidence(harbour_run: Run) -> None:
    done = harbour_run("why", "what is the price of the bilding")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "price" in text
    assert "answer: cost" in text
    assert "nearest example" in text
    assert COSTS in text
    data = json.loads(harbour_run("why", "--json", "who is the architect").stdout)
    assert data["outcome"] == "not_stated"
    assert data["text"] == "The announcement doesn't say who designed the building."
    assert data["evidence"]["matches"][0]["id"] == "architect"


def test_options_before_a_command_hold_for_it(folder: Path, tmp_path: Path) -> None:
    done = run("--facts", folder, "ask", "how much will it cost", cwd=tmp_path)
    assert COSTS in done.stdout.decode()


def test_settings_name_the_records_where_no_option_does(folder: Path, tmp_path: Path) -> None:
    done = run("ask", "how much will it cost", cwd=tmp_path, FACTS=str(folder))
    assert COSTS in done.stdout.decode()


def test_an_announcement_can_be_given(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(ANNOUNCEMENT.replace("12 million pounds and", "12 million pounds in all and"), "utf-8")
    done = run("ask", "--facts", folder, "--announcement", other, "how much will it cost", cwd=tmp_path)
    assert "12 million pounds in all" in done.stdout.decode()


def test_check_tells_what_every_sentence_has(harbour_run: Run) -> None:
    done = harbour_run("check")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "facts  questions  nearest to  sentence" in text
    assert "10 facts, 2 not-stated topics, 2 small-talk records" in text
    assert "Without a fact: 3 sentences." in text
    data = json.loads(harbour_run("check", "--json").stdout)
    assert data["problems"] == []
    assert {"sentence": COSTS, "facts": ["opening", "cost"]} in data["sentences"]


def test_check_counts_a_fact_for_every_sentence_it_quotes(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "also")
    building = folder / "building.toml"
    cost = "quote = 'cost 12 million pounds'"
    building.write_text(
        building.read_text("utf-8").replace(cost, f"{cost}\nalso = ['80,000 books']"), "utf-8"
    )
    data = json.loads(run("check", "--json", folder, cwd=tmp_path).stdout)
    (books,) = [row["facts"] for row in data["sentences"] if "80,000 books" in row["sentence"]]
    assert books == ["cost", "books", "hours", "studio"]


def test_check_tells_every_problem_and_leaves_with_1(tmp_path: Path) -> None:
    bad = write_harbour(tmp_path / "bad")
    people = bad / "people.toml"
    people.write_text(people.read_text("utf-8").replace("3 June", "4 June"), "utf-8")
    other = bad / "other.toml"
    other.write_text(other.read_text("utf-8").replace('reply = "thanks"', "reply = 5"), "utf-8")
    done = run("check", bad, cwd=tmp_path)
    assert done.returncode == 1
    assert lines(done.stdout)[0] == "2 problems:"
    assert "people.toml:" in done.stdout.decode()
    assert "“4” should be “3”" in done.stdout.decode()
    assert done.stderr == b""
    asked = run("ask", "--facts", bad, "hi", cwd=tmp_path)
    assert asked.returncode == 2
    assert "2 problems in the curated files" in asked.stderr.decode()
    assert asked.stdout == b""


def test_check_tells_a_reply_without_words(tmp_path: Path) -> None:
    bad = write_harbour(tmp_path / "bad")
    other = bad / "other.toml"
    other.write_text(other.read_text("utf-8").replace('"greeting"', '"greetings"'), "utf-8")
    done = run("check", "--json", bad, cwd=tmp_path)
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem["record"] == "hello"
    assert problem["message"] == "The reply “greetings” has no text. Did you mean “greeting”?"


def test_questions_piped_in_get_a_reply_each_and_numbers_pick(folder: Path, tmp_path: Path) -> None:
    given = "how much will it cost\nwho is the architect\n\n/why\nthanks\n\xff\n".encode("latin-1")
    done = run("--facts", folder, cwd=tmp_path, given=given)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    assert COSTS in text
    assert "The announcement doesn't say who designed the building." in text
    assert "The nearest it says:" in text
    assert "outcome          not stated: architect" in text
    assert "You're welcome." in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Missing argument 'QUESTION'"),
        (["aks", "hi"], "No such command 'aks'"),
        (["ask", "--jsn", "hi"], "No such option: --jsn"),
        (["batch", "nowhere.jsonl"], "The file nowhere.jsonl cannot be read: No such file or directory."),
        (["batch", "."], "The file . cannot be read: Is a directory."),
        (["evaluate", "nowhere.jsonl"], "sentences.json is needed beside the questions"),
        (["evaluate", "nowhere.jsonl", "--compare", "none.json"], "The file none.json cannot be read"),
        (["ask", "--facts", "nowhere", "hi"], "nowhere: The folder does not exist."),
    ],
)
def test_what_cannot_start_says_why_and_leaves_with_2(
    arguments: list[str], said: str, folder: Path, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path, FACTS=str(folder))
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""
    assert done.returncode == 2


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = run("ask", "hi", cwd=tmp_path, COOLDOWN_SECONDS="soon")
    assert done.returncode == 2
    assert lines(done.stderr)[0].startswith("The setting COOLDOWN_SECONDS is wrong")
    assert len(lines(done.stderr)) == 1


def test_a_token_runs_the_bot_on_discord_instead(tmp_path: Path) -> None:
    done = run(cwd=tmp_path, DISCORD_TOKEN="no.such.token", FACTS="nowhere")  # noqa: S106
    assert "DISCORD_TOKEN is set, so this runs the bot on Discord" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode == 2


def test_help_names_every_command_and_the_exit_codes(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    text = " ".join(done.stdout.decode().split())
    for name in ("chat", "ask", "why", "check", "batch", "evaluate"):
        assert f" {name} " in text
    assert "Exit codes: 0 all is well; 1 problems were found" in text


def test_a_fault_of_the_program_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("a wire\nis loose")

    monkeypatch.setattr("bot.cli.app", broken)
    monkeypatch.delenv("VERBATIM_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("Something went wrong that should not have (RuntimeError: a wire is loose).")
    assert said.count("\n") == 1
    monkeypatch.setenv("VERBATIM_TRACEBACK", "1")
    with pytest.raises(RuntimeError, match="a wire"):
        main()


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise on Windows")
def test_a_reader_that_leaves_early_is_no_failure_to_shout_about(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "many.jsonl"
    questions.write_text('{"id": 1, "q": "how much will it cost"}\n' * 3000, "utf-8")
    with subprocess.Popen(
        command(["batch", questions, "--facts", folder]),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(),
    ) as program:  # fmt: skip
        assert program.stdout
        assert program.stderr
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""


def test_importing_knowledge_imports_neither_discord_nor_the_bot(tmp_path: Path) -> None:
    script = "import sys, knowledge.base, knowledge.evaluating; print({'discord', 'bot'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=tmp_path, env=environment(), check=True
    )
    assert done.stdout.strip() == b"set()"
