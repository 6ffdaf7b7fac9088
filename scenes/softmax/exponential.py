"""The number line of the scores as the axis of e^u, and the heights over it, which turn into lengths."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    CurvedArrow,
    TransformFromCopy,
    VGroup,
    VMobject,
)
from numpy.typing import NDArray
from sympy import E, Symbol, evaluate, exp

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.score_line import broken
from softmax_explained.scenes.softmax.layout import curve_and_lengths
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.scenes.softmax.turn_right import TurnRight
from softmax_explained.stage import Box, Formula, Plot, Readout, Region, dashed, line, point, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.shapes.annotations import tipped

TIMES = Symbol("×")
STEM = 0.035  # half the width of a thread in Manim units
ROOM = 1.2  # height of the curve relative to the longest length, for the arrow over it
FEET = 0.75  # Manim units below the axis for the numbers on it
DEPTH = 8.0  # scores farther below the largest than this are left of a break of the axis: e^−8 is 1/3000
END = 0.25  # from the left end of the axis to the dots left of the break, in scores
LEAST = 2.6  # least range of the axis
CLEAR = 0.1  # Manim units around the length of a step
LOW = 0.75  # Manim units over the axis below which there is the length of a step


def window(z: NDArray[np.float64]) -> tuple[float, float]:
    """The range of the axis: the scores of which something can be seen, and a little more.

    >>> [round(float(end), 2) for end in window(np.array([2.0, 1.0, 0.1]))]
    [-0.5, 2.3]
    """
    high = float(z.max())
    low = min(max(float(z.min()), high - DEPTH), high - LEAST + 0.7)
    across = high - low
    return low - max(0.22 * across, 0.6), high + max(0.06 * across, 0.3)


class Exponential(VGroup):
    """The axis with a dot and a number per score, the curve e^u, and a thread from each dot to the curve.

    The heights are e^(u − shift), so that none overflows, with `unit` Manim units per height of 1. The axis
    is broken before scores too far below the largest, which are at its left end. Numbers that would overlap
    another are left out.

    Args:
        z: (K,) scores.
        region: of the curve and its axis, with what is below the axis.
        unit: Manim units per height of 1.
        shift: subtracted from the scores before e^ is taken.
        readouts: K numbers of the scores.
        priority: classes whose numbers come first.

    Attributes:
        axis: the number line.
        breaks: the mark where it is broken, if it is.
        curve: e^u.
        label: e^u, beside the curve.
        feet: dots on the axis.
        heads: dots on the curve.
        threads: between them.
        scores: the numbers that are written.
    """

    def __init__(
        self,
        z: NDArray[np.float64],
        region: Region,
        *,
        unit: float,
        shift: float,
        readouts: Sequence[Readout],
        priority: Collection[int],
    ) -> None:
        self.z, self._shift = z, shift
        low, high = window(z)
        top = region.height - FEET
        above = Region(region.left, region.bottom + FEET, region.right, region.top)
        self.plot = Plot(x=(low, high), y=(0.0, top / unit), region=above)
        start, end = self.plot.at(low, 0), self.plot.at(high, 0)
        self.axis = tipped(start, end, colour="quiet", width="line", tip=0.2, stroke_ratio=20)
        self.curve = self.plot.curve(lambda u: float(np.exp(u - shift)), low, high, colour="ink", steps=900)
        with evaluate(False):
            self.label = Formula(exp(Symbol("z")), size="result")
        self.label.move_to(self.plot.at(low + 0.34 * (high - low), 0.55 * top / unit))
        floor, least = float(z.max()) - DEPTH, low + END
        at = np.where(z < floor, least, z)
        places = [(float(u), float(np.exp(score - shift))) for u, score in zip(at, z, strict=True)]
        self.breaks = VGroup()
        if np.any(z < floor):
            x, y, _ = self.plot.at((least + floor) / 2, 0)
            self.breaks.add(broken(x, y).set_z_index(1))  # its hole is in the curve as well
        self.feet = VGroup(*[self.plot.dot(score, 0, colour="z") for score, _ in places])
        self.heads = VGroup(*[self.plot.dot(*place, colour="z") for place in places])
        self._threads = [self._thread(*place) for place in places]
        self.threads = VGroup(*self._threads)
        for readout, foot in zip(readouts, self.feet, strict=True):
            readout.next_to(foot, DOWN, buff=0.16)
            readout.shift(max(0.0, region.left - float(readout.get_left()[0])) * RIGHT)
            readout.shift(max(0.0, float(readout.get_right()[0]) - region.right) * LEFT)
        order = sorted(range(len(z)), key=lambda k: (k not in priority, -float(z[k])))
        self.scores = VGroup(*_apart([readouts[k] for k in order]))
        super().__init__(
            self.axis, self.breaks, self.curve, self.label, self.threads, self.feet, self.heads, self.scores
        )

    def climb(self, k: int) -> Animation:
        """Raise a thread from a dot to the curve."""
        return AnimationGroup(GrowBar(self._threads[k], DOWN), TransformFromCopy(self.feet[k], self.heads[k]))

    def turn(self, k: int, bar: VMobject) -> Animation:
        """Let a copy of a thread turn into a horizontal bar as long as the thread is high."""
        return TurnRight(self._threads[k], bar)

    def step(self) -> VGroup:
        """A step of 1 on the axis, up to the largest score, and its length, if clear of threads and curve."""
        high = float(self.z.max())
        left, right = (float(self.plot.at(u, 0)[0]) for u in (high - 1, high))
        y = float(self.axis.get_y()) + 0.2
        mark = line(point(left, y), point(right, y), colour="z", width="thick")
        one = Formula(Literal(1), size="label").set_fill(style().colour("z"))
        one.next_to(mark, UP, buff=CLEAR)
        x = self._free_place(one, left, right)
        return VGroup(mark, VGroup() if x is None else one.set_x(x))

    def factor(self) -> VGroup:
        """The heights at both ends of the step, and an arrow × e from one to the other."""
        high = float(self.z.max())
        ends = [self.plot.at(u, float(np.exp(u - self._shift))) for u in (high - 1, high)]
        level = dashed(ends[0], point(ends[1][0], ends[0][1]), colour="ink")
        if ends[0][1] < float(self.axis.get_y()) + LOW:  # it would go through the length of the step
            level = VGroup()
        arrow = CurvedArrow(ends[0], ends[1], angle=-0.9, tip_length=0.2)
        arrow.set_color(style().colour("ink")).set_stroke(width=style().stroke("line"))
        times = Formula(TIMES)
        name = VGroup(times, Formula(E).next_to(times, RIGHT, buff=0.12))
        name.next_to(arrow.point_from_proportion(0.5), LEFT, buff=0.25).shift(point(0, 0.15))
        return VGroup(level, arrow, name)

    def _free_place(self, label: Formula, left: float, right: float) -> float | None:
        """The x in the widest gap between two threads where a label is clear of them and under the curve."""
        inside = [float(foot.get_x()) for foot in self.feet if left < foot.get_x() < right]
        gaps = sorted(pairwise(sorted([left, *inside, right])), key=lambda gap: gap[0] - gap[1])
        half = float(label.width) / 2 + CLEAR
        xs, ys, _ = np.asarray(self.curve.points).T
        for start, end in gaps:
            x = (start + end) / 2
            over = ys[(xs >= x - half) & (xs <= x + half)]
            if end - start >= 2 * half and over.min() >= float(label.get_top()[1]) + CLEAR:
                return x
        return None

    def _thread(self, score: float, height: float) -> Box:
        x, bottom, _ = self.plot.at(score, 0.0)
        top = float(self.plot.at(score, height)[1])
        return Box(x - STEM, bottom, x + STEM, max(top, bottom + 0.01), colour="ink", opacity=style().dim())


def _apart(labels: Sequence[VMobject]) -> list[VMobject]:
    """The labels that do not overlap a previous one."""
    kept = list[VMobject]()
    for label in labels:
        if all(abs(label.get_x() - other.get_x()) > (label.width + other.width) / 2 + 0.15 for other in kept):
            kept.append(label)
    return kept


def exponential_of(chapter: Chapter) -> tuple[Exponential, Lengths]:
    """The curve over the scores of a chapter's lesson, and its lengths, to one scale."""
    sol = chapter.solution
    names = [chapter.class_name(k) for k in range(sol.K)]
    left, right = curve_and_lengths(chapter.stage, names)
    e, z = (
        [Readout(sol[f"{family}[{k}]"], size=size, colour=colour) for k in range(sol.K)]
        for family, size, colour in (("e", "number", "ink"), ("z", "body", "z"))
    )
    spoken = {sol.i, sol.t}
    longest = min((left.height - FEET) / ROOM, chapter.stage.width * float(sol.e.max()) / sol.S)
    lengths = Lengths(sol.e, right, names=names, readouts=e, longest=longest, priority=spoken)
    plot = Exponential(sol.z, left, unit=lengths.unit, shift=sol.shift, readouts=z, priority=spoken)
    return plot, lengths
