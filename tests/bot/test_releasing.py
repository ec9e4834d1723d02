"""Large values are freed bit by bit."""

import asyncio
import threading
import weakref

from bot.releasing import large_parts, release_gradually


class Leaf:
    pass


class Tree:
    def __init__(self, leaves: int) -> None:
        self.leaves = {number: Leaf() for number in range(leaves)}
        self.branch = {"small": [list(range(2000)), [1, 2, 3]]}


def test_large_parts_are_found_at_any_depth() -> None:
    tree = Tree(1000)
    found = large_parts(tree)
    assert len(found) == 2
    assert any(part is tree.leaves for part in found)
    assert any(part is tree.branch["small"][0] for part in found)


def test_nothing_is_found_in_what_a_class_or_a_module_refers_to() -> None:
    assert large_parts((Leaf, asyncio, release_gradually)) == []


def test_parts_outlive_the_value_only_for_a_moment() -> None:
    tree = Tree(1000)
    freed = threading.Event()
    freed_in: list[str] = []

    def note() -> None:
        freed_in.append(threading.current_thread().name)
        freed.set()

    weakref.finalize(tree.leaves[0], note)
    release_gradually(tree)
    assert not freed.is_set()
    del tree
    assert freed.wait(10)
    assert freed_in == ["freeing"]
