"""Draws the report; it runs in a process of its own, and needs the extra `report`."""

import io
import textwrap
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Told apart by people who do not see all colours, on a light ground.
_COLOURS = ("#1b7f5c", "#e0a100", "#7a8ba3", "#c2452d", "#4f5d75")
_GROUND, _INK, _FAINT = "#ffffff", "#22262e", "#d5dae2"
_WORDS = 62


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the announcement and how often it was the answer."""

    text: str
    answers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is drawn: questions a day by how they ended, sentences in their order, gaps most asked first."""

    days: Mapping[str, Mapping[str, int]]
    groups: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    gaps: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many questions there were."""
        return sum(sum(groups.values()) for groups in self.days.values())


def draw(figures: Figures) -> bytes:
    """Draw the picture, as a PNG."""
    # Only here: it is large, optional, and wanted in the drawing process alone.
    from matplotlib.figure import Figure  # noqa: PLC0415

    heights = [3.2, max(1.5, 0.3 * len(figures.sentences)), max(1.0, 0.35 * len(figures.gaps))]
    picture = Figure(figsize=(11, sum(heights) + 2.5), dpi=110, facecolor=_GROUND, layout="constrained")
    over_time, said, missed = picture.subplots(3, 1, height_ratios=heights)
    _over_time(over_time, figures)
    _bars(
        said,
        "How often each sentence of the announcement answered",
        [(one.text, one.answers) for one in figures.sentences],
    )
    _bars(missed, "What was not answered", figures.gaps, _COLOURS[3])
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a letter the font lacks is drawn as a box
        picture.savefig(buffer, format="png")
    return buffer.getvalue()


def _over_time(axes: Any, figures: Figures) -> None:
    _style(axes, "Questions a day, by how they ended")
    days = list(figures.days)
    below = [0] * len(days)
    for group, colour in zip(figures.groups, _COLOURS, strict=False):
        counts = [figures.days[day].get(group, 0) for day in days]
        if any(counts):
            axes.bar(days, counts, bottom=below, label=group, color=colour, width=0.8)
        below = [low + count for low, count in zip(below, counts, strict=True)]
    step = max(1, len(days) // 8)
    axes.set_xticks(range(0, len(days), step), [day[5:] for day in days[::step]])
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=_FAINT, linewidth=0.6)
    axes.legend(frameon=False, ncols=len(figures.groups), loc="upper left", bbox_to_anchor=(0, 1.0))
    axes.set_ylim(top=max(1, *below) * 1.25)


def _bars(axes: Any, title: str, rows: Sequence[tuple[str, int]], colour: str = _COLOURS[0]) -> None:
    _style(axes, title)
    # A dollar sign would begin a formula.
    labels = [textwrap.shorten(text, _WORDS, placeholder="…").replace("$", r"\$") for text, _ in rows]
    places = range(len(rows))
    bars = axes.barh(places, [count for _, count in rows], color=colour, height=0.7)
    axes.bar_label(bars, padding=3, color=_INK, fontsize=8)
    axes.set_yticks(places, labels, fontsize=8)
    axes.set_xticks([])
    axes.invert_yaxis()
    axes.margins(x=0.06, y=0.02)


def _style(axes: Any, title: str) -> None:
    axes.set_title(title, loc="left", color=_INK, fontsize=12, fontweight="bold")
    axes.set_facecolor(_GROUND)
    axes.tick_params(colors=_INK, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
