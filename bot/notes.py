"""Notes for admins: a message that always fits, with what is long as a file beside it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.limits import CONTENT, fitted, length

_MOST_LINES_SHOWN = 15
_MOST_SHOWN = 1200


@dataclass(frozen=True, slots=True)
class Note:
    """A message of paragraphs, and a list that stands below them or, if it is long, in a file."""

    paragraphs: Sequence[str]
    listed: Sequence[str] = ()
    file_name: str = "list.txt"

    @property
    def content(self) -> str:
        """The message."""
        return fitted(
            [*self.paragraphs, *([] if self._is_long or not self.listed else [fenced(self.listed)])]
        )

    def files(self) -> list[discord.File]:
        """Return the list as a file when it is long; a new one each time, since sending uses it up."""
        if not self._is_long:
            return []
        data = "\n".join([*self.listed, ""]).encode("utf-8", "replace")
        return [discord.File(io.BytesIO(data), self.file_name)]

    @property
    def _is_long(self) -> bool:
        if len(self.listed) > _MOST_LINES_SHOWN:
            return True
        block = length(fenced(self.listed))
        return block > _MOST_SHOWN or block + sum(length(one) + 1 for one in self.paragraphs) > CONTENT


def fenced(lines: Sequence[str]) -> str:
    """Show lines exactly as they are, whatever stands in them."""
    # Nothing ends a block of code but three of these; a space of no width between them cannot be seen.
    text = "\n".join(lines).replace("```", "`\u200b`\u200b`")
    return f"```\n{text}\n```"
