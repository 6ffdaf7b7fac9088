"""Two unit strips that are trained under two losses from the same start: the race of the first minute."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, Line, VGroup, there_and_back
from numpy.typing import NDArray

from softmax_explained.core import Quantity, Solution
from softmax_explained.scenes.pictures.push_gauge import PushGauge
from softmax_explained.stage import Box, Readout, Region, Strip, Words, dashed, point, style
from softmax_explained.stage.shapes.members import members

HEAD, FOOT = 0.86, 0.52  # Manim units above a strip for its name and counter, and below it for "one half"
LOW_FOOT = 0.92  # below it, where the name of its push has two lines
HIGHEST = 2.3  # maximum height of a strip in Manim units
BETWEEN = 0.1  # Manim units between the two rows
RIVALS = 0.46  # opacity of the segments of the other classes: white names on them keep 5:1
BEYOND = 0.14  # Manim units by which the hairline reaches beyond the strip
GAUGE = 0.42  # width of a push gauge in Manim units
TO_GAUGE = 0.88  # Manim units from a gauge to its strip, at least: room for a short name
WIDEST_ASIDE = 0.2  # widest name between them as a fraction of the width of everything
ASIDE = 0.12  # Manim units on both sides of that name
INSIDE = 0.14  # Manim units between a name and the ends of its segment, at least
TO_HALF = 0.32  # Manim units from the name of a push to the words at one half, at least
UNDER = 0.12  # Manim units from a strip down to the name of its first segment, where that is too narrow
SETTLED = 0.02  # a trace has settled when less than this fraction of its whole change is left


class RacingStrip(VGroup):
    """One unit strip: the segment of the true class first, and bright; a hairline at one half; a counter.

    Args:
        shares: (n + 1, K) the shares before the first step and after each step.
        t: the true class.
        count: the number of steps to one half.
        names: K class names; each is seen while its segment is wide enough, that of the true class otherwise
            below it, or left of it where a gauge is.
        region: of the strip with its head and foot.
        head: the name of the strip, over its left end.
        step: the word before the counter, over its right end.
        half: the words below the hairline.
        push: the push at the start and its name, for a gauge at the left end.
        finishes: whether its race ends at one half; its counter lights then.

    Attributes:
        strip: the segments, in the order `order`.
        order: the classes from left to right.
        counter: the word and the number of steps.
        number: the number of steps.
        hairline: at one half, with its words.
        gauge: of the push, if there is one.
        aside: the name of the true class between gauge and strip, seen while its segment has no room for it.
    """

    def __init__(
        self,
        shares: NDArray[np.float64],
        t: int,
        count: Quantity,
        names: Sequence[Words],
        region: Region,
        *,
        head: Words,
        step: Words,
        half: Words,
        push: tuple[Quantity, Words] | None = None,
        finishes: bool = True,
    ) -> None:
        self.shares, self.count, self._finishes = shares, count, finishes
        self.order = [t, *[k for k in range(shares.shape[1]) if k != t]]
        self.aside = _aside(names[t], WIDEST_ASIDE * region.width) if push is not None else None
        left = region.left
        if self.aside is not None:
            left += GAUGE + max(TO_GAUGE, self.aside.width + 2 * ASIDE)
            self.aside.align_to(point(left - ASIDE), RIGHT)
        middle = (left + region.right) / 2
        beside = middle - half.width / 2 - TO_HALF
        lines = 1 if push is None else PushGauge.lines_of(*push, region.left, beside)
        foot = FOOT if lines == 1 else LOW_FOOT
        inner = Region(region.left, region.bottom + foot, region.right, region.top - HEAD)
        height = min(HIGHEST, inner.height)
        low, high = inner.y - height / 2, inner.y + height / 2
        gauge = Region(inner.left, low, inner.left + GAUGE, high)
        self.strip = Strip(
            self._at(0.0), left=left, y=inner.y, unit=inner.right - left, height=height, focus=0
        )
        for box in self.strip.boxes[1:]:
            box.set_fill(opacity=RIVALS)
        self.names = VGroup(*[names[k] for k in self.order])
        for place, name in enumerate(self.names):
            name.set_fill(style().colour("ink" if place else "ground"))
        ends = point(middle, low - BEYOND), point(middle, high + BEYOND)
        self.hairline = VGroup(dashed(*ends, colour="ink"), half.next_to(ends[0], DOWN, buff=0.1))
        self.gauge = PushGauge(*push, gauge, end=beside, lines=lines) if push is not None else None
        self.head = head.align_to(point(region.left), LEFT).stand_on(high + 0.26)
        self.number = Readout(count, size="formula").align_to(point(region.right), RIGHT)
        self.number.stand_on(high + 0.26)
        self.word = step.stand_on(high + 0.26)
        self.counter = VGroup(self.word, self.number)
        parts = [self.strip, self.names, self.hairline, self.head, self.counter]
        super().__init__(*parts, *(each for each in (self.gauge, self.aside) if each))
        self.draw(0.0)

    @property
    def steps(self) -> int:
        """The number of steps of this strip's race."""
        return len(self.shares) - 1

    def segment(self, k: int) -> Box:
        """The segment of a class."""
        return self.strip.boxes[self.order.index(k)]

    def draw(self, step: float) -> Self:
        """Draw the strip after a number of steps, at most all of its race; the counter shows the step."""
        step = min(max(step, 0.0), float(self.steps))
        self.strip.draw(self._at(step))
        return self._place_names()._interrupt_hairline()._write(step)

    def draw_shares(self, shares: NDArray[np.float64]) -> Self:
        """Draw any (K,) shares, in the order of the classes; counter and hairline stay as they are."""
        self.strip.draw(np.asarray(shares)[self.order])
        return self._place_names()

    def _at(self, step: float) -> NDArray[np.float64]:
        """The shares from left to right; between two steps they move evenly."""
        n = min(int(step), max(0, len(self.shares) - 2))
        after = min(n + 1, len(self.shares) - 1)
        shares = self.shares[n] + (step - n) * (self.shares[after] - self.shares[n])
        return np.asarray(shares[self.order])

    def _place_names(self) -> Self:
        for place, name in enumerate(self.names):
            start, end = self.strip.spans[place]
            fits = end - start >= name.width + 2 * INSIDE
            name.set_x((start + end) / 2).centre_on(self.strip.y).set_fill(opacity=float(fits))
        true, half = self.names[0], self.hairline[1]
        fits = bool(true.get_fill_opacity())
        if not fits and self.gauge is None:  # what is watched must have a name: it is below its segment
            true.next_to(point(self.strip.left, self.strip.bottom), DOWN, buff=UNDER, aligned_edge=LEFT)
            true.set_fill(opacity=float(true.get_right()[0] + INSIDE <= half.get_left()[0]))
        true.set_fill(style().colour("ground" if fits else "ink"))
        if self.aside is not None:
            self.aside.centre_on(self.strip.y).set_fill(opacity=float(not fits))
        return self

    def _interrupt_hairline(self) -> Self:
        """A name that stands at one half interrupts the hairline."""
        names = members(self.names, Words)
        for dash in members(self.hairline[0], Line):
            dash.set_stroke(opacity=float(not any(_covers(name, dash) for name in names)))
        return self

    def _write(self, step: float) -> Self:
        # a step counts when it begins to move the strip, which passes one half during the last one
        if (whole := math.ceil(step - 1e-9)) == self.count.value:
            self.number.settle(edge=RIGHT)
        else:
            self.number.follow(lambda: float(whole), edge=RIGHT).update()
            self.number.clear_updaters()
        over = self._finishes and step >= self.steps - 1e-9
        self.number.set_fill(style().colour("a" if over else "ink"))
        self.word.next_to(self.number, LEFT, buff=0.25, coor_mask=RIGHT)
        return self


def _aside(name: Words, widest: float) -> Words:
    """A name outside its segment, shortened to a width."""
    return name.copy().set_fill(style().colour("ink")).fit_width(widest, lines=1)


def _covers(name: Words, dash: Line) -> bool:
    """Whether a name that is seen is written over a dash."""
    (x, y, _), margin = dash.get_center(), 0.08
    across = abs(x - name.get_x()) < name.width / 2 + margin
    along = abs(y - name.get_y()) < (name.height + dash.height) / 2 + margin / 2
    return bool(across and along and name[0].get_fill_opacity() > 0)


class RacingStrips(VGroup):
    """Both strips below each other: cross-entropy above, squared error below.

    Args:
        solution: its race is shown.
        names: K class names, twice, for the upper and the lower strip.
        heads: the names of the two strips.
        step: the word before a counter, twice.
        half: the words below the hairline, twice.
        region: of both strips.
        gauges: the names of push gauges at the left end of each; none without them.

    Attributes:
        upper: the strip of cross-entropy.
        lower: the strip of squared error.
        first_stop: the step at which the upper one has finished, or has settled without finishing.
        last_stop: the step at which the race is decided.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Sequence[Words]],
        heads: Sequence[Words],
        step: Sequence[Words],
        half: Sequence[Words],
        region: Region,
        *,
        gauges: Sequence[Words] | None = None,
    ) -> None:
        run, rows = solution.race, region.rows(1, 1, gap=BETWEEN)
        # a race that is not finished is left when it is decided
        shares = tuple(each[: run.n_watched + 1] for each in (run.shares_ce, run.shares_q))
        counts = "n_watched" if run.ce_capped else "n_ce", "n_watched" if run.q_capped else "n_q"
        keys = "push_ce", "push_q"
        pushes: list[tuple[Quantity, Words] | None] = [
            (solution[key], name) for key, name in zip(keys, gauges or (), strict=False)
        ] or [None, None]
        self.upper, self.lower = (
            RacingStrip(
                shares[n],
                solution.t,
                solution[counts[n]],
                names[n],
                rows[n],
                head=heads[n],
                step=step[n],
                half=half[n],
                push=pushes[n],
                finishes=not (run.ce_capped, run.q_capped)[n],
            )
            for n in range(2)
        )
        self.first_stop = min(self.upper.steps, settled(run.trace_ce))
        self.last_stop = run.n_watched
        super().__init__(self.upper, self.lower)

    def draw(self, step: float) -> Self:
        """Draw both after a number of steps; a strip that has finished stays."""
        self.upper.draw(step)
        self.lower.draw(step)
        return self

    def follow(self, step: Callable[[], float]) -> None:
        """Draw the state after `step()` steps in every frame until `settle`."""
        self.add_updater(lambda _: self.draw(step()))

    def settle(self, step: float) -> Self:
        """Stop following, and draw the state after a number of steps exactly."""
        self.clear_updaters(recursive=False)
        return self.draw(step)

    def pulse(self) -> list[Any]:
        """Both counters grow and shrink once."""
        counters: list[Any] = [strip.counter for strip in (self.upper, self.lower)]
        return [
            counter.animate(rate_func=there_and_back).scale(1.18, about_edge=RIGHT + DOWN)
            for counter in counters
        ]


def settled(trace: NDArray[np.float64]) -> int:
    """The step from which a trace stays at its end; the last one if it is still moving.

    >>> settled(np.array([0.0, 0.3, 0.4, 0.4, 0.4]))
    2
    """
    away = np.abs(trace - trace[-1]) > SETTLED * abs(trace[-1] - trace[0])
    return int(min(len(trace) - 1, np.flatnonzero(away).max(initial=-1) + 1))
