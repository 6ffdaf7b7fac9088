"""Gradient descent with two losses from the same start: the true share over the number of steps."""

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a
from softmax_explained.core.numerics.loss_comparison import FINISH, ROUNDING
from softmax_explained.scenes.squared_error.gradient_curves import cut_into_dashes
from softmax_explained.stage import Formula, Plot, Readout, Region, Words, dashed, point, thick_curve

LOWEST_TOP = 0.66  # minimum range of the vertical axis
SETTLED = 0.02  # A trace has settled when less than this fraction of its whole change is left
CLEAR = 0.12  # Manim units between the finishing line and a name
BELOW = 1.25  # Manim units below the axis: a row for the counts, and one for the name of the axis


class LossRace(VGroup):
    """The traces of a solution's race with a dot on each, and the finishing line at one half.

    `names` are those of cross-entropy, of squared error, and of the horizontal axis. `counts` are the numbers
    of steps below the axis, an empty group for a trace that was stopped.
    """

    def __init__(self, solution: Solution, names: tuple[Words, Words, Words], region: Region) -> None:
        run = solution.race
        self._traces = run.trace_ce, run.trace_q
        self.first_stop = min(run.n_ce, settled(run.trace_ce))
        self.last_stop = max(settled(run.trace_ce), settled(run.trace_q))
        self.solid_name, self.dashed_name, steps = names
        top = max(LOWEST_TOP, 1.1 * max(float(trace.max()) for trace in self._traces))
        inner = Region(region.left + 1.0, region.bottom + BELOW, region.right - 0.1, region.top - 0.1)
        self._plot = Plot(x=(0.0, 1.07 * self.last_stop), y=(0.0, top), region=inner)
        self.ground = self._ground(solution, steps)
        self.solid = thick_curve("a")
        self._dashes = cut_into_dashes(self._line(run.trace_q, self.last_stop), colour="a")
        self.dashed = VGroup()
        self.dots = VGroup(*[self._plot.dot(0.0, float(trace[0]), colour="ink") for trace in self._traces])
        finished = (("n_ce", run.ce_capped), ("n_q", run.q_capped))
        self.counts = [
            VGroup() if capped else self._count(Readout(solution[key])) for key, capped in finished
        ]
        self._keep_counts_apart()
        self._name_traces(inner)
        self.draw(0.0)
        super().__init__(self.ground, self.solid, self.dashed, self.dots)

    def draw(self, step: float) -> Self:
        """Draw both traces up to a step."""
        ce = self._traces[0]
        self.solid.set_points_as_corners(self._line(ce, min(step, len(ce) - 1)))
        x = float(self._plot.at(step, 0.0)[0])
        self.dashed.submobjects = [dash for dash in self._dashes if dash.get_end()[0] <= x + 1e-6]
        for dot, trace in zip(self.dots, self._traces, strict=True):
            dot.move_to(self._line(trace, min(step, len(trace) - 1))[-1])
        return self

    def follow(self, value: Callable[[], float]) -> None:
        """Draw up to the step `value()` in every frame until `settle`."""
        self.solid.add_updater(lambda _: self.draw(value()))

    def settle(self, step: float) -> None:
        self.solid.clear_updaters()
        self.draw(step)

    def _line(self, trace: NDArray[np.float64], step: float) -> NDArray[np.float64]:
        """(N, 3) points of a trace up to a step, including the step itself."""
        steps = [*range(int(np.floor(step)) + 1), step]
        shares = np.interp(steps, np.arange(len(trace)), trace)
        return np.array([self._plot.at(n, share) for n, share in zip(steps, shares, strict=True)])

    def _ground(self, solution: Solution, steps: Words) -> VGroup:
        plot, end = self._plot, self._plot.x_range[1]
        letter = Formula(a[solution.t + 1])
        letter.next_to(plot.at(0.0, plot.y_range[1]), LEFT, buff=0.15).align_to(plot, UP)
        finish = dashed(plot.at(0.0, FINISH), plot.at(end, FINISH), colour="ink")
        half = Readout(solution["finish"], size="label").next_to(plot.at(0.0, FINISH), LEFT, buff=0.2)
        steps.next_to(plot.at(end / 2, 0.0), DOWN, buff=BELOW - 0.45)
        return VGroup(plot, letter, finish, half, steps)

    def _count(self, number: Readout) -> Readout:
        below = self._plot.at(number.quantity.value, 0.0)
        return number.next_to(below, DOWN, buff=0.2)

    def _keep_counts_apart(self) -> None:
        ce, q = self.counts
        if len(ce) and len(q):
            q.shift(max(0.0, float(ce.get_right()[0]) + 0.35 - float(q.get_left()[0])) * RIGHT)

    def _name_traces(self, inner: Region) -> None:
        """Put the name of cross-entropy where it ends, that of squared error above its initial plateau."""
        ce, q = self._traces
        end = self._plot.at(self.first_stop, float(ce[self.first_stop]))
        space = inner.right - float(end[0]) - 0.3
        finished = ce[-1] > FINISH + ROUNDING  # else its trace goes on level, where the name would stand
        self.solid_name.next_to(end, RIGHT if finished else UP, buff=0.3 if finished else 0.2)
        if space <= self.solid_name.width:
            self.solid_name.next_to(end, UP, buff=0.3).align_to(point(inner.right), RIGHT)
        elif not finished:
            self.solid_name.align_to(end, LEFT)
        self._clear_of_finish(self.solid_name)
        self.dashed_name.align_to(point(float(end[0]) + 0.4), LEFT)
        if float(self.dashed_name.get_right()[0]) > inner.right:
            self.dashed_name.align_to(point(inner.left + 0.4), LEFT)
        last = int(min(len(q) - 1, self._step(float(self.dashed_name.get_right()[0])) + 1))
        highest = self._plot.at(0.0, float(q[: last + 1].max()))
        self.dashed_name.next_to(highest, UP, buff=0.2, coor_mask=UP)
        self._clear_of_finish(self.dashed_name)

    def _clear_of_finish(self, name: Words) -> None:
        """Lift a name that the finishing line would cross."""
        line = float(self._plot.at(0.0, FINISH)[1])
        if name.get_bottom()[1] - CLEAR < line < name.get_top()[1] + CLEAR:
            name.shift((line + CLEAR - name.get_bottom()[1]) * UP)

    def _step(self, x: float) -> float:
        region = self._plot.region
        return self._plot.x_range[1] * (x - region.left) / region.width


def settled(trace: NDArray[np.float64]) -> int:
    """The step from which a trace stays at its end; the last one if it is still moving.

    >>> settled(np.array([0.0, 0.3, 0.4, 0.4, 0.4]))
    2
    """
    away = np.abs(trace - trace[-1]) > SETTLED * abs(trace[-1] - trace[0])
    return int(min(len(trace) - 1, np.flatnonzero(away).max(initial=-1) + 1))
