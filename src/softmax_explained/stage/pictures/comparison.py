"""Two ways to the same numbers, side by side: the formula's, the measured ones, their differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import ValueTracker, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region
from softmax_explained.stage.pictures.grid import Grid
from softmax_explained.stage.type import Readout, Type, Words


class Comparison(Grid):
    """A row a class: name, a − y, the measured slope, the difference; under them the sum of a − y.

    Args:
        solution: where the numbers come from.
        names: K names of classes, and the word for the last row.
        heads: what stands over the three columns of numbers.
        region: where the table stands.

    Attributes:
        names: the K names.
        values: a − y.
        pins: the measured slopes.
        gaps: how far the two are apart.
        total: the sum of a − y over as many rows as `tally` says, until it is settled.
        tally: how many rows have been added, from 0 to K.
        last: the word beside it.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        heads: tuple[Formula, Words, Words],
        region: Region,
    ) -> None:
        count = range(solution.K)
        *classes, self.last = names
        values = [Readout(solution[f"g[{k}]"], colour="C", signed=True) for k in count]
        pins = [Readout(solution[f"fd[{k}]"], colour="C", signed=True) for k in count]
        gaps = [Readout(solution[f"fd_error[{k}]"]) for k in count]
        self.names, self.values = VGroup(*classes), VGroup(*values)
        self.pins, self.gaps = VGroup(*pins), VGroup(*gaps)
        self.total = Readout(solution["gsum"], colour="C")
        rows: list[list[Type | None]] = [[None, *heads]]
        rows += [[classes[k], values[k], pins[k], gaps[k]] for k in count]
        rows += [[self.last, self.total, None, None]]
        super().__init__(rows, region.inset(x=0.07 * region.width), parts=(1.9, 3, 3, 3))
        self.line = self.line_over(solution.K + 1)
        self.tally = ValueTracker(0.0)
        so_far = np.concatenate([[0.0], np.cumsum(solution.gradient)])
        self.total.follow(lambda: float(np.interp(self.tally.get_value(), range(solution.K + 1), so_far)))
