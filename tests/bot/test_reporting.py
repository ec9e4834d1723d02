"""A report is a picture with a description, on both databases."""

import importlib.util

import pytest

from bot import curator_texts
from bot.journal import OutcomeKind, Storage
from bot.picture import Figures, Sentence, draw
from tests.bot.curators import asked, home, storage
from tests.bot.home import Home

__all__ = ["home", "storage"]

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "matplotlib" else find(name, *more)
    )


async def test_picture_has_a_description(home: Home, storage: Storage) -> None:
    pytest.importorskip("matplotlib")
    answered = OutcomeKind.ANSWER
    await asked(storage, "how many trees", "number of trees", outcome=answered, record="how-many-trees")
    await asked(storage, "what about bees", outcome=OutcomeKind.NOT_STATED, record=None)
    reply = await home.told(home.ada, "report")
    assert "3 questions in the last 30 days" in reply.content
    picture = reply.file("report.png")
    assert picture.data.startswith(PNG)
    words = picture.description
    assert words is not None
    assert words.startswith("3 questions on 1 day: 67% answered, 33% not stated.")
    assert "“It has 40 apple trees and 12 pear trees.” 2 times" in words
    assert "Not answered: “what about bees” 1 times." in words


async def test_nothing_asked_is_said(home: Home) -> None:
    pytest.importorskip("matplotlib")
    assert (await home.told(home.ada, "report")).content == curator_texts.NOTHING_ASKED


@pytest.mark.usefixtures("without_pictures")
async def test_missing_extra_is_named(home: Home) -> None:
    assert "verbatim-bot[report]" in (await home.told(home.ada, "report")).content


def test_anything_can_be_drawn() -> None:
    pytest.importorskip("matplotlib")
    days = {f"2026-01-{day:02}": {"answered": day, "other": 1} for day in range(1, 31)}
    texts = ("$x^2$ and $", "ü — “quotes”", "x" * 500, "日本語", "\\frac{")
    sentences = tuple(Sentence(text, 3) for text in texts)
    figures = Figures(days, ("answered", "other"), sentences, tuple((text, 1) for text in texts))
    assert draw(figures).startswith(PNG)
    assert draw(Figures(days, ("answered",), (), ())).startswith(PNG)
