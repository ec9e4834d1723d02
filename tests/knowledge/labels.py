"""Labelled questions about the made-up announcement, written as files."""

import json
from pathlib import Path
from typing import Any

SENTENCES = {
    "cost": "The building will cost 12 million pounds and will open in May 2031.",
    "mayor": "A town without a library is a harbour without a light.",
    "gates": "The north gate closes at eight.",
}


def question(id_: str, text: str, *gold: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "q": text, "type": "plain", "gold": list(gold)} | more


def write(folder: Path, *rows: dict[str, Any] | str, name: str = "questions.jsonl") -> Path:
    """Write rows (or lines as they are) with the sentences beside them."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "sentences.json").write_text(json.dumps(SENTENCES), "utf-8")
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
