"""The table that compares the formula's gradient with the measured one."""

from collections.abc import Sequence

import numpy as np
from manim import LEFT, ValueTracker, VGroup

from softmax_explained.core import Solution
from softmax_explained.scenes.collapse.comparison_rows import ComparisonRows
from softmax_explained.stage import Formula, Readout, Region, TypesetText, Words, point, style
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.table import GAP, Grid
from softmax_explained.stage.text.label_layout import height_of, spread

MARGIN = 0.07  # fraction of a wide region's width left free at either side
PIN = 0.4  # Manim units in a column for the pin before its number


class Comparison(Grid):
    """One row per class with its name, a − y, the measured slope and the difference; below them Σ(a − y).

    Long names are above their numbers; where not all names fit, only the focus and the true class are named.

    Args:
        solution: gives the numbers.
        names: K class names, and the word for the last row.
        heads: headings of the three columns of numbers.
        region: of the table.

    Attributes:
        names_of: the names that are written, by class.
        pins: the measured slopes.
        total: the sum of a − y over the first `tally` rows, until it is settled.
        tally: tracker of the number of rows added, from 0 to K.
        last: the word beside the sum.
        line: above the last row.
    """

    def __init__(
        self, solution: Solution, names: Sequence[Words], heads: tuple[Formula, Words, Words], region: Region
    ) -> None:
        count = range(solution.K)
        *classes, self.last = names
        region = region.inset(x=MARGIN * region.width if region.is_landscape else 0.0)
        values = [Readout(solution[f"g[{k}]"], colour="C", signed=True) for k in count]
        pins = [Readout(solution[f"fd[{k}]"], colour="C", signed=True) for k in count]
        gaps = [Readout(solution[f"fd_error[{k}]"]) for k in count]
        self.values, self.pins, self.gaps = VGroup(*values), VGroup(*pins), VGroup(*gaps)
        self._slopes = pins
        self.total = Readout(solution["gsum"], colour="C")
        numbers = [*values, *pins, *gaps]
        least = max(number.width / number.em for number in numbers) * style().size("least") + PIN
        most = region.width - 3 * (least + GAP)
        named = ComparisonRows.of(classes, {solution.i, solution.t}, region, most)
        self.names_of, width = named.names, max(named.width, float(self.last.width))
        space = (region.width - width) / 3 - GAP
        numbers.append(self.total)
        scale = min(1.0, *((space - PIN) / number.width for number in numbers))
        for number in numbers:
            number.scale(scale)
        rows: list[list[TypesetText | None]] = [[None] * 4]
        heights, own_rows = [named.heights[0]], dict[int, int]()
        for k in count:
            if named.over and k in named.names:
                own_rows[k] = len(rows)
                rows.append([None] * 4)
                heights.append(height_of(named.names[k].lines))
            rows.append([None if named.over else named.names.get(k), values[k], pins[k], gaps[k]])
            heights.append(named.heights[k + 1])
        rows.append([self.last, self.total, None, None])
        parts, heights = (width, *[space] * 3), [*heights, named.heights[-1]]
        super().__init__(rows, region, parts=parts, heights=heights)
        for k, row in own_rows.items():
            name = named.names[k].align_to(point(region.left), LEFT)
            self.add(name.centre_on(self.middle(row)))
        self._put_heads(heads, region)
        self.line = self.line_over(len(rows) - 1)
        self.tally = ValueTracker(0.0)
        so_far = np.concatenate([[0.0], np.cumsum(solution.gradient)])
        self.total.follow(lambda: float(np.interp(self.tally.get_value(), range(solution.K + 1), so_far)))

    def _put_heads(self, heads: Sequence[TypesetText], region: Region) -> None:
        """Put the headings above their columns, side by side even where they are wider than these."""
        columns = dict(enumerate(self.columns[1:]))
        for head, column in zip(heads, columns.values(), strict=True):
            least = style().size("least" if isinstance(head, Words) else "least_formula") / head.em
            head.scale(max(min(1.0, least), min(1.0, column.width / head.width, self.largest / head.em)))
            self.add(head.stand_on(self.baseline(0)))
        places = {k: column.x for k, column in columns.items()}
        spread(dict(enumerate(heads)), places, region.left, region.right, gap=GAP)

    def pin(self, k: int) -> Pin:
        """A pin in the place of the measured slope of class `k`."""
        number = self._slopes[k]
        pin = Pin(number.quantity)
        pin.scale(number.em / pin.value.em)
        return pin.shift(number.get_center() - pin.value.get_center())
