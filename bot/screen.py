"""Where text goes: a terminal, or a pipe that somebody copies from."""

import sys
from typing import TextIO

from rich.console import Console

_PIPE_WIDTH = 10_000  # nothing is ever cut or folded for a program that reads it


def screen(stream: TextIO) -> Console:
    """Open a console on a stream: styled and folded on a terminal, plain text with whole lines elsewhere."""
    plain = not stream.isatty()
    return Console(
        file=stream,
        width=_PIPE_WIDTH if plain else None,
        soft_wrap=plain,
        force_interactive=None if not plain else False,
        force_terminal=None if not plain else False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def prepare_streams() -> None:
    """Let no character that a stream cannot show, or a byte that is not text, end the program."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def visible(text: str) -> str:
    """Text that somebody typed, with every character that could steer a terminal shown as a mark."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
