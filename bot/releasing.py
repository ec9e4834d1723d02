"""Large values freed bit by bit, because freeing one at once keeps the event loop waiting."""

import gc
import threading
import time
import weakref
from types import FunctionType, ModuleType
from typing import Any

_LARGE = 1000  # items; a container of so many takes a noticeable time to free
_MOST_VISITED = 100_000
_PAUSE = 0.01  # seconds for everybody else


def release_gradually(value: Any) -> None:
    """See to it that, when a value is no longer used, its large parts are freed one after the other.

    They are kept a moment longer than the value itself, by a thread that lets go of them; between two of them
    other threads have their turn.
    """
    weakref.finalize(value, _release, large_parts(value)).atexit = False


def large_parts(value: Any) -> list[object]:
    """Find the large containers a value is made of; what is inside them is not looked at."""
    found: list[object] = []
    waiting: list[object] = [value]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_VISITED:
        one = waiting.pop()
        # What a class or a function refers to is no part of the value.
        if id(one) in seen or isinstance(one, type | FunctionType | ModuleType):
            continue
        seen.add(id(one))
        if isinstance(one, dict | list | tuple | set | frozenset) and len(one) >= _LARGE:
            found.append(one)
        else:
            waiting += gc.get_referents(one)
    return found


def _release(parts: list[object]) -> None:
    threading.Thread(target=_let_go, args=(parts,), name="freeing", daemon=True).start()


def _let_go(parts: list[object]) -> None:
    while parts:
        time.sleep(_PAUSE)
        parts.pop()
