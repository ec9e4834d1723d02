"""What a test may set about the server, and a clock it can move by hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass(kw_only=True)
class Settings:
    """Discord's own figures unless a test says otherwise; every field may be changed while the server runs.

    `clock` decides about the life of interaction tokens and the pace of IDENTIFY. `patience` is how many real
    seconds the driver waits before it fails and tells what happened instead.
    """

    clock: Callable[[], float] = time.monotonic
    first_response_seconds: float = 3.0
    token_life_seconds: float = 900.0
    identify_interval: float = 5.0
    max_concurrency: int = 1
    recommended_shards: int = 1
    heartbeat_interval: float = 41.25
    patience: float = 5.0
    attachment_size_limit: int = 10 * 1024 * 1024
    command_creates_per_day: int = 200
    gateway_sends_per_minute: int = 120
    check_schema: bool = True
    check_limits: bool = True
