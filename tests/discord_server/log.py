"""What the bot asked of the server and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = 12
CUT = 200
TOKEN = 40


@dataclass(eq=False, kw_only=True)
class Request:
    """One REST request; `path` is without `/api/v10`, `status` is 0 while it runs."""

    at: float
    method: str
    path: str
    body: Any = None
    files: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    status: int = 0
    answer: Any = None
    fault: str = ""

    def __str__(self) -> str:
        fault = f" (ordered fault: {self.fault})" if self.fault else ""
        path = "/".join(_short(step) for step in self.path.split("/"))
        line = f"{self.method} {path} {_cut(self.body)} -> {self.status}{fault}"
        return f"{line} {_cut(self.answer)}" if self.refused else line

    @property
    def refused(self) -> bool:
        return self.status >= 400

    @property
    def errors(self) -> dict[str, Any]:
        """The faults of a 50035 answer, as a tree by path; empty for other answers."""
        return dict(self.answer.get("errors", {})) if isinstance(self.answer, dict) else {}


def _short(step: str) -> str:
    """Cut tokens, which tell a reader nothing."""
    return step if len(step) <= TOKEN else step[:6] + "…"


def _cut(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= CUT else text[:CUT] + "…"


class Log:
    """All requests in order, and a line for each thing that happened on the gateway."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.requests: list[Request] = []
        self.gateway: list[str] = []

    def request(self, method: str, path: str, headers: dict[str, str]) -> Request:
        one = Request(at=self._clock(), method=method, path=path, headers=headers)
        self.requests.append(one)
        return one

    def of(self, method: str, path: str = "*") -> list[Request]:
        """Return the requests with this method whose path matches the pattern, `*` standing for anything."""
        return [one for one in self.requests if one.method == method and fnmatchcase(one.path, path)]

    @property
    def refused(self) -> list[Request]:
        """The requests answered with an error that no test had ordered."""
        return [one for one in self.requests if one.refused and not one.fault]

    def explain(self) -> str:
        requests = [f"  {one}" for one in self.requests[-SHOWN:]] or ["  none"]
        gateway = [f"  {line}" for line in self.gateway[-SHOWN:]] or ["  nothing"]
        return "\n".join(["the last requests:", *requests, "on the gateway:", *gateway])

    def clear(self) -> None:
        self.requests.clear()
        self.gateway.clear()
