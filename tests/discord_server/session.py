"""A gateway session, which outlives its socket so that it can be resumed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import intents

if TYPE_CHECKING:
    from tests.discord_server.connection import Connection

DISPATCH = 0
REPLAYED_AT_MOST = 10_000


@dataclass(eq=False, kw_only=True)
class Session:
    id: str
    shard: int
    shard_count: int
    intents: int
    bot_id: int
    connection: Connection | None
    sequence: int = 0
    _sent: deque[tuple[int, str, Any]] = field(default_factory=lambda: deque(maxlen=REPLAYED_AT_MOST))

    def concerns(self, guild_id: int | None) -> bool:
        """Tell whether events of this guild (None: of no guild) come to this session's shard."""
        return self.shard == (0 if guild_id is None else (guild_id >> 22) % self.shard_count)

    def dispatch(self, event: str, data: dict[str, Any], *, in_guild: bool) -> bool:
        """Send the event if its intent was asked for, or keep it for a resume; tell whether it was wanted."""
        needed = intents.needed(event, in_guild=in_guild)
        if needed & self.intents != needed:
            return False
        self.sequence += 1
        body = intents.guarded(event, data, self.intents, self.bot_id)
        self._sent.append((self.sequence, event, body))
        if self.connection is not None:
            self.connection.send(DISPATCH, body, event=event, sequence=self.sequence)
        return True

    def replay(self, connection: Connection, after: int) -> int:
        """Take over a new connection and send what came after `after`; return how many events those were."""
        self.connection = connection
        missed = [one for one in self._sent if one[0] > after]
        for sequence, event, body in missed:
            connection.send(DISPATCH, body, event=event, sequence=sequence)
        return len(missed)
