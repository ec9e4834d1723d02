"""Discord's ids: milliseconds since 2015 in the upper bits."""

import time

DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Hands out ids that rise and are never repeated within one server."""

    def __init__(self) -> None:
        self._count = 0
        self._last_guild_ms = 0

    def new(self) -> int:
        self._count += 1
        return (self._now() << 22) | (self._count & 0x3FFFFF)

    def new_on_shard(self, shard: int, shard_count: int) -> int:
        """Return a guild id that Discord's formula, `(id >> 22) % shard_count`, puts on `shard`."""
        stamp = max(self._now(), self._last_guild_ms + 1)
        stamp += (shard - stamp) % shard_count
        self._last_guild_ms = stamp
        return stamp << 22

    @staticmethod
    def _now() -> int:
        return int(time.time() * 1000) - DISCORD_EPOCH_MS
