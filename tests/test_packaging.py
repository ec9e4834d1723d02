"""The wheel works where there is no checkout."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bot.program import ROOT, environment

_BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
_TRAVELS = ("*.py", "*.toml", "*.npz", "*.md", "py.typed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, folder], capture_output=True, cwd=ROOT, text=True, check=True
    )
    return folder / done.stdout.splitlines()[-1]


def test_all_that_the_program_needs_travels_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        path.relative_to(ROOT).as_posix()
        for package in ("knowledge", "bot", "seeds")
        for pattern in _TRAVELS
        for path in (ROOT / package).rglob(pattern)
        if "__pycache__" not in path.parts
    }
    assert "seeds/uk-us-quantum-statement.md" in needed
    assert "knowledge/facts/announcement.toml" in needed
    assert needed <= packed
    assert not [name for name in packed if name.startswith("tests/")]


def test_an_installed_wheel_answers_from_its_own_records(wheel: Path, tmp_path: Path) -> None:
    """Unpacking is all that installing a pure wheel does to its code; the rest is the environment's."""
    place = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)
        (scripts,) = (name for name in packed.namelist() if name.endswith("entry_points.txt"))
        assert "verbatim = bot.__main__:main" in packed.read(scripts).decode()
    alone = environment(PYTHONPATH=str(place))
    where = [sys.executable, "-c", "import bot, knowledge; print(bot.__file__, knowledge.__file__)"]
    found = subprocess.run(where, capture_output=True, cwd=tmp_path, env=alone, text=True, check=True).stdout
    assert found.count(str(place)) == 2
    asked = [sys.executable, "-m", "bot", "ask", "--json", "who signed it"]
    done = subprocess.run(asked, capture_output=True, cwd=tmp_path, env=alone, check=True)
    assert json.loads(done.stdout)["sentence"].startswith("Signed today by the Science Minister")
