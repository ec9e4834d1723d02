"""How fast questions are answered, as ratios taken in one run: `python -m tests.benchmarks.answering`."""

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.base import KnowledgeBase

GOLDEN = Path(__file__).parents[1] / "golden"
MOST_OF_WRATIO = 0.1  # of a scan of all example questions
MOST_SECONDS_TO_LOAD = 2.0
_QUESTIONS = 60

_LOAD = """
import time
start = time.perf_counter()
from knowledge import KnowledgeBase
KnowledgeBase.load()
print(time.perf_counter() - start)
"""
_IMPORT = """
import sys, time
start = time.perf_counter()
import knowledge.base
print(time.perf_counter() - start, "discord" in sys.modules)
"""


def main() -> int:
    """Print the report; the exit code is 1 when a figure misses its bound."""
    knowledge_base = KnowledgeBase.load()
    questions = golden_questions()[:_QUESTIONS]
    examples = [example for record in knowledge_base.curation.records.values() for example in record.examples]
    asking = median(knowledge_base.ask, questions)
    scanning = median(lambda question: process.extract(question, examples, scorer=fuzz.WRatio), questions)
    loading = min(float(alone(_LOAD)) for _ in range(3))
    importing, has_discord = alone(_IMPORT).split()
    rows = [
        ("machine", f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}", True),
        ("records", f"{len(knowledge_base.curation.records)} with {len(examples)} example questions", True),
        ("a question", f"{1000 * asking:.2f} ms", True),
        ("a scan with WRatio", f"{1000 * scanning:.2f} ms", True),
        ("ratio", f"{asking / scanning:.3f} (at most {MOST_OF_WRATIO})", asking <= MOST_OF_WRATIO * scanning),
        ("loading", f"{loading:.2f} s (at most {MOST_SECONDS_TO_LOAD})", loading <= MOST_SECONDS_TO_LOAD),
        ("importing", f"{float(importing):.2f} s", True),
        ("imports discord", has_discord, has_discord == "False"),
    ]
    for name, figure, is_kept in rows:
        sys.stdout.write(f"{name:20}{figure}{'' if is_kept else '  MISSED'}\n")
    return 0 if all(is_kept for _, _, is_kept in rows) else 1


def golden_questions() -> list[str]:
    """Mix the golden questions of all manners."""
    files = sorted(path for path in GOLDEN.glob("*.jsonl") if path.stem != "dialogues")
    by_manner = [[json.loads(line)["q"] for line in path.read_text("utf-8").splitlines()] for path in files]
    return [question for some in zip(*by_manner, strict=False) for question in some]


def median(ask: Callable[[str], object], questions: Sequence[str]) -> float:
    """Time each question once, after a few to warm up, and give the median in seconds."""
    times = []
    for question in [*questions[:5], *questions]:
        start = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - start)
    return statistics.median(times[5:])


def alone(script: str) -> str:
    """Run a script in a process of its own and give what it prints."""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    raise SystemExit(main())
