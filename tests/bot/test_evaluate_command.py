"""The command `evaluate`, run as a program."""

import json
from pathlib import Path

from tests.bot.program import run, write_harbour
from tests.knowledge.labels import question, write


def test_evaluate_prints_figures_keeps_them_and_compares(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "harbour")
    rows = [
        question("a", "how much will it cost", "cost", manner="plain"),
        question("b", "what did the mayor say", "cost", manner="plain"),
        question("c", "who is the architect", type="other"),
    ]
    file = write(tmp_path, *rows)
    kept = tmp_path / "kept.json"
    done = run("evaluate", "--facts", folder, file, "--json", kept, "--misses", cwd=tmp_path)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    assert "       n  decision  wrong  precision  reachable" in text
    assert "other  1     1.000  0.000          –          –" in text
    assert "all    3     0.667  0.333      0.500      0.500" in text
    assert "taken by  should have gone to  for example" in text
    assert "0.0 b “what did the mayor say”: wanted cost, got mayor" in text

    file = write(tmp_path, rows[0], rows[1] | {"gold": ["mayor"]}, "nonsense")
    done = run("evaluate", "--facts", folder, file, "--compare", kept, cwd=tmp_path)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert "questions.jsonl, line 3: the line is not JSON" in done.stderr.decode()
    assert "decision: 0.667 → 1.000 (+0.333)" in text
    assert "fixed: 1\n  b “what did the mayor say”: mayor → mayor\nbroken: 0\n" in text
    assert "only in the old results: 1; only in these: 0" in text
    assert (
        json.loads(run("evaluate", "--facts", folder, file, "--json", "-", cwd=tmp_path).stdout)["figures"][
            "all"
        ]["n"]
        == 2
    )
