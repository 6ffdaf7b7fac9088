"""Label smoothing: the outlines, the arrows, the numbers and the green unit follow the targets."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Line,
    Rectangle,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    VMobject,
    smooth,
)
from numpy.typing import NDArray

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.last_picture import told
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Outline, Readout, Region, point, style
from softmax_explained.stage.animations.reshape_outlines import ReshapeOutlines
from softmax_explained.stage.design.rate_functions import at_once, early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.label_layout import overlap

UNIT, HEAD = 0.5, 0.8  # Manim units: thickness of the green unit, and the space for it
CLEAR = 0.08  # Manim units from the highlight of the result to the unit
MOVED = 0.6  # the part of the first move in which the bars move
SAME = "the targets in the formula are those that are shown"
FINE = 0.24  # Manim units: among pieces that are shorter than this, on average, the outline has no dashes
THINNEST = 0.05  # Manim units: pieces of the unit that are shorter than a line is wide are not drawn
SIZES = "number", "label", "least"  # of the numbers on the unit; the first in which all of them fit
FILL = 0.85  # the part of a piece of the unit that a number fills at most
UNDER = 0.05  # Manim units from a piece down to a number that does not fit into it


class SoftTargets:
    """Bars whose targets are partly shared among all classes, under the green unit that the targets divide.

    The part that is shared is the lesson's `smoothing`. All that is shown belongs to the targets as they are
    at that moment, so these are called y throughout.

    Args:
        chapter: gives numbers and names.
        region: of the unit and the bars.

    Attributes:
        bars: with their outlines, arrows and numbers.
        unit: the green unit, as long as the region is wide: its outline, and a line after each class but the
            last.
        numbers: the smoothed targets on their pieces of the unit, where they fit; else that of i below.
        softness: the tracker of the part that is shared.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self._solution = sol = chapter.solution
        names = [chapter.class_name(k) for k in range(sol.K)]
        below = Region(region.left, region.bottom, region.right - 0.1, region.top - HEAD)
        self.bars = ShareBars(sol, names, below, legend_row=False, slopes=("g", "gs"), priority=told(sol))
        top = region.top - CLEAR
        self._strip = Region(region.left + 0.1, top - UNIT, region.right - 0.1, top)
        strip = self._strip
        outline: VMobject = Outline(strip.left, strip.bottom, strip.right, strip.top)
        if strip.width / sol.K * sol.lesson.smoothing < FINE:  # dashes would seem to belong to the lines
            outline = Rectangle(width=strip.width, height=strip.height).move_to(strip.centre)
            outline.set_stroke(style().colour("y"), style().stroke("line"))
        line: dict[str, Any] = {"color": style().colour("y"), "stroke_width": style().stroke("thin")}
        self._lines = [Line(DOWN, UP, **line) for _ in range(sol.K - 1)]
        self.unit = VGroup(outline, *self._lines)
        self.softness = ValueTracker(0.0)
        self._draw_unit()
        self.numbers = self._numbers()

    @property
    def parts(self) -> list[VGroup]:
        """All that is on the stage."""
        return [self.bars, self.unit, self.numbers]

    def enter(self, old: ShareBars) -> list[Animation]:
        """The animations that turn other bars into these and show the unit."""
        moves = _transform_bars(old, self.bars, rate_func=_first)
        return [*moves, FadeIn(self.bars.values, rate_func=late), FadeIn(self.unit)]

    def soften(self) -> list[Animation]:
        """The animations that share the targets out."""
        self._follow()
        moves: list[Any] = [self.softness.animate.set_value(self._solution.lesson.smoothing)]
        return moves

    def rest(self) -> None:
        """Stop following, and write the slopes of the smoothed targets exactly."""
        self.unit.clear_updaters(recursive=False)
        self.bars.settle(slopes="gs")
        allow(self.bars.values, "MIXED", reason=SAME)

    def leave(self, bars: ShareBars) -> list[Animation]:
        """The animations that turn these bars into others, with the lesson's targets and slopes."""
        gone = [FadeOut(self.unit, rate_func=early), FadeOut(self.bars.values, rate_func=at_once)]
        if len(self.numbers):
            gone.append(FadeOut(self.numbers, rate_func=at_once))
        return [*_transform_bars(self.bars, bars), *gone, FadeIn(bars.values, rate_func=late)]

    def _follow(self) -> None:
        gradient = self._solution.gradient
        self.bars.follow(targets=self._targets, slopes=lambda: gradient - self._change())
        self.unit.add_updater(lambda _: self._draw_unit())

    def _draw_unit(self) -> None:
        """Divide the unit among the classes by the targets as they are now.

        What is too thin to be seen is added to the longest piece, so that the unit keeps its length.
        """
        strip, parts = self._strip, self._targets()
        thin = parts * strip.width <= THINNEST
        seen = np.where(thin, 0.0, parts)
        seen[np.argmax(parts)] += parts[thin].sum()
        ends = [right for _, right in self._pieces(seen)]
        begun = strip.left
        for line, end in zip(self._lines, ends, strict=False):
            line.put_start_and_end_on(point(end, strip.bottom), point(end, strip.top))
            line.set_stroke(opacity=float(begun + THINNEST < end < strip.right - THINNEST))
            begun = max(begun, end)

    def _pieces(self, parts: NDArray[np.float64]) -> list[tuple[float, float]]:
        """Where the piece of every class begins and ends."""
        edges = self._strip.left + self._strip.width * np.cumsum([0.0, *parts])
        return [(float(left), float(right)) for left, right in pairwise(edges)]

    def _numbers(self) -> VGroup:
        self.softness.set_value(self._solution.lesson.smoothing)
        pieces = self._pieces(self._targets())
        for size in SIZES:
            found = [Readout(self._solution[f"ys[{k}]"], size=size, colour="y") for k in range(len(pieces))]
            fits = [n.width <= FILL * (right - left) for n, (left, right) in zip(found, pieces, strict=True)]
            if all(fits):
                break
        numbers = VGroup()
        for number, (left, right), is_seen in zip(found, pieces, fits, strict=True):
            if is_seen:
                numbers.add(number.move_to(point((left + right) / 2, self._strip.y)))
        focus = self._solution.i
        if not fits[focus]:
            numbers.add(*self._below(found[focus], sum(pieces[focus]) / 2))
        allow(numbers, "MIXED", reason=SAME)
        self.softness.set_value(0.0)
        return numbers

    def _below(self, number: Readout, x: float) -> list[Readout]:
        """The number right below a piece of the unit; not where the picture of the bars is."""
        strip = self._strip
        number.next_to(point(x, strip.bottom), DOWN, buff=UNDER)
        number.shift(max(0.0, strip.left - float(number.get_left()[0])) * RIGHT)
        number.shift(max(0.0, float(number.get_right()[0]) - strip.right) * LEFT)
        standing = [part for each in (self.bars.targets, self.bars.chart.bars) for part in each]
        return [] if any(overlap(number, part) for part in standing) else [number]

    def _targets(self) -> NDArray[np.float64]:
        """(K,) the targets as they are now."""
        return np.asarray(self._solution.lesson.targets + self._change())

    def _change(self) -> NDArray[np.float64]:
        """(K,) what sharing adds to the lesson's targets."""
        targets = self._solution.lesson.targets
        return np.asarray(self.softness.get_value() * (1 / len(targets) - targets))


def _transform_bars(bars: ShareBars, others: ShareBars, **how: Any) -> list[Animation]:
    """The animations that turn bars with their outlines and arrows into others."""
    return [
        ReplacementTransform(bars.chart, others.chart, **how),
        ReshapeOutlines(bars.targets, others.targets, **how),
        FadeOut(bars.arrows, rate_func=at_once),  # before the bars move; some may have no counterpart
        FadeIn(others.arrows, rate_func=late),
    ]


def _first(alpha: float) -> float:
    """The bars move in the first part of the move, so that lines can come where they were."""
    return float(smooth(min(1.0, alpha / MOVED)))
