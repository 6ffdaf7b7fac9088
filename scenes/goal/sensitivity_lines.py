"""Three lines over one another: a score with its dot, the strip of the shares, and the loss with its dot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, Animation, Dot, Line, ReplacementTransform, ValueTracker, VGroup
from sympy import Expr

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import C
from softmax_explained.core.numerics.softmax import cross_entropy, softmax
from softmax_explained.stage import Formula, Point, Region, Strip, Words, line, point, style
from softmax_explained.stage.animations.relabel import relabel
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over
from softmax_explained.stage.design.rate_functions import instead

SPAN = (
    2.6  # scores from one end of the upper line to the other; losses along the lower one: one scale for both
)
LETTERS, EDGE = 1.0, 0.08  # Manim units at the left of the lines, for their letters; and left of these
BANDS = 1.0, 0.3, 1.0, 0.3, 1.0  # relative heights: score, threads, strip, threads, loss
BELOW_LETTER = 0.08  # Manim units from the letter of the score to the name of its class
OVER_LINE = 0.14  # Manim units from the ticks of the line to that name, where it is over the line
DOT, TICK, THICKEST = 0.15, 0.09, 1.2  # Manim units: radius of a dot, half a tick, thickness of the strip
TICKS = np.arange(-5, 6) / 4  # where the lines have ticks, in scores from the middle
THREAD = 0.5  # opacity of a thread
LEAST = 0.004  # Manim units: a shorter step is not drawn


class SensitivityLines(VGroup):
    """What one score does to the loss, by way of the shares.

    Both lines have one scale, so the steps of the two dots compare by eye. They start in the middle of their
    lines; where the loss hardly answers, its dot stays where it is.

    Args:
        solution: the numbers.
        region: of all three.
        letter: the score, such as z_i.
        focus: its class.
        name: the name of that class, under the letter.
        names: K names in the segments, where they fit.

    Attributes:
        nudge, felt: trackers of the change of the score, and of that part of it which the shares and the loss
            have answered; animate them after `follow`.
        middle, unit: x of the middle of the lines, and Manim units per score.
        score_axis, loss_axis: the lines.
        score_dot, loss_dot: the dots.
        score_step, loss_step: the ways that the dots have gone, of no length before.
        score_letter, loss_letter: z and C.
        strip, names: the shares and what is written in them.
        threads_in, threads_out: K lines from the score to the segments, and from there to the loss.
    """

    def __init__(
        self,
        solution: Solution,
        region: Region,
        *,
        letter: Expr,
        focus: int,
        name: Words,
        names: Sequence[Words],
    ) -> None:
        self.solution, self.region, self.focus, self.letter = solution, region, focus, letter
        self._one = np.eye(solution.K)[focus]
        self.nudge, self.felt = ValueTracker(0.0), ValueTracker(0.0)
        score, _, strip, _, loss = region.rows(*BANDS)
        left = region.left + LETTERS
        self.unit = (region.right - left) / SPAN
        self.middle = (left + region.right) / 2
        self._y = score.y, loss.y
        self.score_axis, self.loss_axis = (self._axis(left, region.right, y) for y in self._y)
        self.score_letter = Formula(letter, role="z").move_to(point(region.left + EDGE), LEFT).set_y(score.y)
        self.loss_letter = Formula(C, role="C").move_to(point(region.left + EDGE), LEFT).set_y(loss.y)
        self.score_name = name
        height = min(THICKEST, 0.8 * strip.height)
        self.strip = Strip(solution.a, left=left, y=strip.y, unit=region.right - left, height=height)
        for each in names:
            each.set_fill(style().colour("ground"))
        fit_over(names, [end - start for start, end in self.strip.spans], lines=1)
        self.names = SegmentLabels(names, self.strip, y=strip.y - 0.3 * style().size("least"))
        self.score_dot, self.loss_dot = (Dot(radius=DOT, color=style().colour(role)) for role in "zC")
        self.score_step, self.loss_step = (
            line(point(0), point(1), colour=role, width="thick").set_stroke(opacity=0) for role in "zC"
        )
        count = range(solution.K)
        self.threads_in, self.threads_out = (VGroup(*[self._thread() for _ in count]) for _ in range(2))
        super().__init__()
        self.draw()
        self._place_name()
        self.add(
            *(self.threads_in, self.threads_out, self.score_axis, self.loss_axis, self.strip, self.names),
            *(self.score_letter, self.loss_letter, self.score_name, self.score_step, self.loss_step),
            *(self.score_dot, self.loss_dot),
        )

    def change_of(self, nudge: float) -> float:
        """The change of the loss after a nudge of the score."""
        z, targets = self.solution.z, self.solution.lesson.targets
        return float(cross_entropy(z + nudge * self._one, targets) - cross_entropy(z, targets))

    def ends_at(self, nudge: float) -> list[Point]:
        """Where both dots are after a nudge."""
        return self._ends(nudge, nudge)

    def to(self, change: float) -> list[Any]:
        """The animations that nudge the score by this much, with all that answers."""
        return [tracker.animate.set_value(change) for tracker in (self.nudge, self.felt)]

    def set_to(self, change: float) -> None:
        """Nudge the score by this much at once."""
        self.nudge.set_value(change)
        self.felt.set_value(change)
        self.draw()

    @property
    def steps(self) -> list[tuple[Line, Dot]]:
        """The step and the dot of the score, and those of the loss."""
        return [(self.score_step, self.score_dot), (self.loss_step, self.loss_dot)]

    def draw(self) -> None:
        """Draw the state of the trackers."""
        self.strip.draw(softmax(self.solution.z + self.felt.get_value() * self._one))
        self.names.align()
        ends = self._ends(self.nudge.get_value(), self.felt.get_value())
        self.score_dot.move_to(ends[0])
        self.loss_dot.move_to(ends[1])
        for step, end, y in zip((self.score_step, self.loss_step), ends, self._y, strict=True):
            self._stretch(step, point(self.middle, y), end)
        for k, (into, out) in enumerate(zip(self.threads_in, self.threads_out, strict=True)):
            x = self.strip.middle(k)
            into.put_start_and_end_on(ends[0] + DOT * DOWN, point(x, self.strip.top))
            out.put_start_and_end_on(point(x, self.strip.bottom), ends[1] + DOT * UP)

    def follow(self) -> None:
        """Draw in every frame until `settle`."""
        self.names.submobjects = list(self.names.labels)
        self.add_updater(lambda _: self.draw())

    def settle(self) -> None:
        """Stop following, with the dots in the middle again."""
        self.clear_updaters(recursive=False)
        self.set_to(0.0)
        self.names.settle()

    def turn_into(self, other: SensitivityLines) -> list[Animation]:
        """The animations that move these lines to the place of others, part by part."""
        renamed: list[VGroup] = [self.score_letter] if self.letter != other.letter else []
        renamed += [self.score_name] if self.focus != other.focus else []
        moves = list[Animation]()
        for old, new in zip(self.submobjects, other.submobjects, strict=True):
            if old in renamed:
                moves += instead(old, new)
            elif old is self.names:
                moves += relabel(self.names.shown, other.names.shown)
            elif old.family_members_with_points() and new.family_members_with_points():
                moves.append(ReplacementTransform(old, new))
        return moves

    def _ends(self, nudge: float, felt: float) -> list[Point]:
        steps = nudge, self.change_of(felt)
        return [point(self.middle + self.unit * step, y) for step, y in zip(steps, self._y, strict=True)]

    def _place_name(self) -> None:
        """Right below the letter or, if there is no room for it, over the left end of the line."""
        name, left = self.score_name, float(self.score_axis[0].get_left()[0])
        if name.width <= left - self.region.left - EDGE:
            name.next_to(self.score_letter, DOWN, buff=BELOW_LETTER, aligned_edge=LEFT)
            return
        name.fit_width(self.middle - left - 2 * DOT, lines=1, edge=LEFT)
        name.align_to(point(left), LEFT).stand_on(self._y[0] + TICK + OVER_LINE)

    def _stretch(self, step: Line, start: Point, end: Point) -> None:
        seen = abs(end[0] - start[0]) >= LEAST
        step.put_start_and_end_on(start, end if seen else start + LEAST * point(1))
        step.set_stroke(opacity=float(seen))

    def _axis(self, left: float, right: float, y: float) -> VGroup:
        ticks = [self.middle + self.unit * tick for tick in TICKS]
        return VGroup(
            line(point(left, y), point(right, y), width="line"),
            *[line(point(x, y - TICK), point(x, y + TICK)) for x in ticks if left <= x <= right],
        )

    @staticmethod
    def _thread() -> Line:
        return line(point(0), point(1)).set_stroke(opacity=THREAD)
