"""The example that the network sees: the lesson's picture, or a card with its inputs as numbers."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Any

import numpy as np
from manim import ImageMobject, RoundedRectangle, VGroup
from PIL import Image

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import x
from softmax_explained.stage import Formula, Region, equals, point, style

PADDING = 0.3  # Manim units between the edge of the card and its numbers
COLUMN, ROW = 0.5, 0.28  # Manim units between two columns and two rows of numbers
LARGEST = "result"  # size of the numbers where there is room


class NumberCard(VGroup):
    """A card with x_1 to x_M and their numbers, in as many rows as make them largest.

    Args:
        solution: its inputs are written.
        region: of the card.

    Attributes:
        panel: the card without numbers.
        inputs: M equations.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        self.inputs = VGroup(
            *[Formula(equals(x[m + 1], solution[f"x[{m}]"]), size=LARGEST) for m in range(solution.M)]
        )
        inner = region.inset(PADDING, PADDING)
        columns, scale = self._arrangement(inner)
        for formula in self.inputs:
            formula.scale(scale)
        rows = -(-solution.M // columns)
        wide, high = (float(max(getattr(each, side) for each in self.inputs)) for side in ("width", "height"))
        pitch = wide + COLUMN * scale, high + ROW * scale
        for formula, (row, column) in zip(self.inputs, product(range(rows), range(columns)), strict=False):
            here = point(
                region.x + (column - (columns - 1) / 2) * pitch[0],
                region.y - (row - (rows - 1) / 2) * pitch[1],
            )
            formula.move_to(here)
        size = {"width": region.width, "height": region.height}
        self.panel = RoundedRectangle(corner_radius=0.2, **size).move_to(region.centre)
        self.panel.set_fill(style().colour("panel"), 1)
        self.panel.set_stroke(style().colour("x"), style().stroke("line"))
        super().__init__(self.panel, self.inputs)

    def _arrangement(self, inner: Region) -> tuple[int, float]:
        """The number of columns, and the scale, at which the numbers are largest."""
        wide, high = (float(max(getattr(each, side) for each in self.inputs)) for side in ("width", "height"))
        best = (0.0, 1)
        for columns in range(1, len(self.inputs) + 1):
            rows = -(-len(self.inputs) // columns)
            across = inner.width / (columns * (wide + COLUMN) - COLUMN)
            along = inner.height / (rows * (high + ROW) - ROW)
            best = max(best, (min(1.0, across, along), columns))
        return best[1], best[0]


class PictureCard(ImageMobject):  # type: ignore[misc]  # Manim's class has no type hints
    """The lesson's picture, as large as fits into a region.

    Args:
        content: the bytes of a PNG or JPEG picture.
        region: where it stands.
    """

    def __init__(self, content: bytes, region: Region) -> None:
        with Image.open(BytesIO(content)) as picture:
            pixels = np.asarray(picture.convert("RGBA"))
        super().__init__(pixels)
        self.scale(min(region.width / self.width, region.height / self.height))
        self.move_to(region.centre)


def example_card(solution: Solution, region: Region) -> Any:
    """The example of a lesson in a region."""
    return NumberCard(solution, region)
