"""The command line."""

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_journal import add_journal_commands
from bot.console import chat
from bot.evaluation import run_evaluation
from bot.learning import keep_fit
from bot.machine import answer_lines, print_json, reply_data, why_data
from bot.opening import PROBLEMS_FOUND, Sources, invitation, opened, run_on_discord, settings, sources
from bot.rendering import reply
from bot.reports import explain
from bot.screen import screen
from bot.validation import check_folder

_EPILOG = (
    "Exit codes: 0 all is well; 1 problems were found, or lines could not be read; "
    "2 the command, a setting or the records are not usable as given; 130 stopped by Ctrl-C."
)

app = typer.Typer(
    name="verbatim",
    help="Answers questions about an announcement in the announcement's own words.",
    epilog=_EPILOG,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FactsOption = Annotated[
    Path | None, typer.Option("--facts", metavar="FOLDER", help="The folder of the records to answer from.")
]
AnnouncementOption = Annotated[
    Path | None, typer.Option("--announcement", metavar="FILE", help="The announcement they are about.")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]
Question = Annotated[
    list[str], typer.Argument(metavar="QUESTION", help="The question, in quotation marks or not.")
]


def _version(wanted: bool) -> None:
    if wanted:
        try:
            number = version("verbatim-bot")
        except PackageNotFoundError:
            number = "(not installed)"
        typer.echo(f"Verbatim {number}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog=_EPILOG)
def main(
    ctx: typer.Context,
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
    _shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Answer questions about an announcement in the announcement's own words.

    Without a command: the bot on Discord if DISCORD_TOKEN is set, else a chat in this terminal.
    """
    ctx.obj = Sources(facts, announcement)
    if ctx.invoked_subcommand is not None:
        return
    read = settings()
    if read.discord_token:
        raise typer.Exit(run_on_discord(read))
    chat(opened(sources(ctx, facts, announcement)))


@app.command("chat")
def chat_command(
    ctx: typer.Context, facts: FactsOption = None, announcement: AnnouncementOption = None
) -> None:
    """Chat in this terminal.

    Type one question after the other; Ctrl-D leaves. Questions may be piped in, too.
    """
    chat(opened(sources(ctx, facts, announcement)))


@app.command()
def ask(
    ctx: typer.Context,
    question: Question,
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Ask one question."""
    knowledge_base = opened(sources(ctx, facts, announcement))
    outcome = knowledge_base.ask(" ".join(question))
    if as_json:
        print_json(reply_data(knowledge_base, outcome))
    else:
        reply(knowledge_base, outcome).print(screen(sys.stdout))


@app.command()
def why(
    ctx: typer.Context,
    question: Question,
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Explain why a question gets the reply it gets."""
    knowledge_base = opened(sources(ctx, facts, announcement))
    outcome = knowledge_base.ask(" ".join(question))
    if as_json:
        print_json(why_data(knowledge_base, outcome))
    else:
        explain(knowledge_base, outcome, screen(sys.stdout))


@app.command()
def check(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of records; the one in use without it.")
    ] = None,
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Check the records and show what they cover.

    Prints every problem with its file and line, and leaves with exit code 1 if there is any.
    """
    found = sources(ctx, folder or facts, announcement)
    if not check_folder(found, as_json=as_json):
        raise typer.Exit(PROBLEMS_FOUND)


@app.command("fit")
def fit_command(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of records; the one in use without it.")
    ] = None,
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
) -> None:
    """Learn the records and keep what was learnt beside them, so that they load quickly.

    Without the file nothing else changes, but thousands of example questions take some seconds to learn.
    """
    keep_fit(sources(ctx, folder or facts, announcement))


@app.command()
def batch(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="A JSON object a line; - reads the input.")
    ],
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
) -> None:
    """Answer a file of questions and dialogues.

    A line is {"id": "1", "q": "Who signed it?"} or {"id": "2", "turns": [{"q": "Who signed it?"}, …]}; a line
    of JSON is printed for each. Lines that cannot be read are reported on the standard error stream, and the
    exit code is 1.
    """
    if not answer_lines(file, lambda: opened(sources(ctx, facts, announcement))):
        raise typer.Exit(PROBLEMS_FOUND)


@app.command()
def evaluate(  # noqa: PLR0917  (typer passes them by name)
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE.jsonl...", help="Labelled questions or dialogues.")
    ],
    facts: FactsOption = None,
    announcement: AnnouncementOption = None,
    results: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Keep the results in a file; - prints them.")
    ] = None,
    old: Annotated[
        Path | None,
        typer.Option("--compare", metavar="OLD", help="Show what changed since results kept earlier."),
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List every question not answered rightly.")
    ] = False,
) -> None:
    """Measure how well labelled questions are answered.

    A line is {"id": "1", "q": "Who signed it?", "type": "plain", "gold": ["S2"], "abstain_ok": false}; gold
    names sentences of the file sentences.json in the same folder. Prints the figures by type and manner, and
    which record took which record's questions.
    """
    done = run_evaluation(
        files,
        lambda: opened(sources(ctx, facts, announcement)),
        results=results,
        old=old,
        misses=misses,
    )
    if not done:
        raise typer.Exit(PROBLEMS_FOUND)


@app.command()
def invite() -> None:
    """Print the links by which the bot is invited into a server, or installed for oneself."""
    for line in invitation():
        typer.echo(line)


add_journal_commands(app)
