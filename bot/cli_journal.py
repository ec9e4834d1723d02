"""The commands about what is kept: gaps, history, rollback and export.

What does the work is imported only when it is wanted: it takes Discord's library and the database's.
"""
# ruff: noqa: PLC0415

from pathlib import Path
from typing import Annotated

import typer

from bot.opening import PROBLEMS_FOUND, sources


def add_journal_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (gaps, history, rollback, export):
        app.command()(command)


def gaps(
    ctx: typer.Context,
    since: Annotated[
        int, typer.Option("--since", metavar="DAYS", min=1, max=3650, help="How many days to look back.")
    ] = 30,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a table for spreadsheets instead.")
    ] = None,
) -> None:
    """List what members asked and did not get answered, or voted down; most asked first.

    Near-identical questions are one gap, shown with the record that came closest.
    """
    from bot.upkeep import show_gaps

    show_gaps(since, csv, sources(ctx, None, None))


def history() -> None:
    """List the published versions of the records, newest first."""
    from bot.upkeep import show_history

    show_history()


def rollback(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The version's number in the history.")],
) -> None:
    """Make an earlier version of the records live again.

    It becomes a new version, and running bots take it over within seconds. Leaves with exit code 1 if its
    records are live already.
    """
    from bot.upkeep import go_back

    if not go_back(number):
        raise typer.Exit(PROBLEMS_FOUND)


def export(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The file to write.")]
) -> None:
    """Write the live records and their announcement as a zip; those of the folder if none was published."""
    from bot.upkeep import write_records

    write_records(file, sources(ctx, None, None))
