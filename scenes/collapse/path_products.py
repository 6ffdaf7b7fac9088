"""What is left of the product of both links, written on each of the other paths of the map."""

from __future__ import annotations

from itertools import pairwise

from manim import Animation, FadeIn, VGroup
from sympy import Integer, evaluate

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.shapes.slot import Slot

WIDTH, TALLEST = 1.2, 0.7  # Manim units: width and height of a product at most


class PathProducts(VGroup):
    """y_k a_i on the bar of every path but that of class i.

    A path that is too thin for text has none.

    Args:
        path_map: the map.

    Attributes:
        of: the product of each path that has one, by class.
    """

    def __init__(self, path_map: PathMap) -> None:
        self.of: dict[int, Slot] = {}
        rows = path_map.rows
        centres = [float(row.card.get_y()) for row in rows]
        pitch = min(high - low for high, low in pairwise(centres)) if len(rows) > 1 else TALLEST
        half = min(pitch, TALLEST) / 2 - 0.01
        for k, (row, y0) in enumerate(zip(rows, centres, strict=True)):
            with evaluate(False):
                product = Formula(y[Integer(k + 1)] * a[i])
            across, x = min(WIDTH, float(row.card.width)) / 2, float(row.card.get_x())
            slot = Slot(Region(x - across, y0 - half, x + across, y0 + half), role="C")
            if k != path_map.solution.i and slot.holds(product):
                slot.put(product)
                self.of[k] = slot
        super().__init__(*self.of.values())

    def appear(self) -> list[Animation]:
        """The animations that show them all at once."""
        return [FadeIn(each, scale=0.7) for each in self]
