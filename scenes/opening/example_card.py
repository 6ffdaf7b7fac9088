"""The example that the network sees: the lesson's picture, or a card with its inputs as numbers."""

from __future__ import annotations

from itertools import product
from tempfile import NamedTemporaryFile
from typing import Any

from manim import Group, ImageMobject, RoundedRectangle, SVGMobject, VGroup

from softmax_explained.core import Solution
from softmax_explained.core.lesson.picture import Picture
from softmax_explained.stage import Formula, Region, point, style

PADDING = 0.3  # Manim units between the edge of the card and its numbers
COLUMN, ROW = 0.5, 0.28  # Manim units between two columns and two rows of numbers
MARGIN = 0.16  # Manim units between the edge of the card and a picture
LARGEST = "result"  # size of the numbers where there is room


class NumberCard(VGroup):
    """A card with the numbers of the inputs, in as many rows as make them largest.

    Their letter is not there: it is introduced by the word for inputs, in a later beat.

    Args:
        solution: its inputs are written.
        region: of the card.

    Attributes:
        panel: the card without numbers.
        inputs: M numbers.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        quantities = [solution[f"x[{m}]"] for m in range(solution.M)]
        self.inputs = VGroup(*[Formula(quantity.shown, size=LARGEST) for quantity in quantities])
        columns, scale = self._arrangement(region.inset(PADDING, PADDING))
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
        self.panel = _panel(region)
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


class PictureCard(Group):
    """A card with the picture of a lesson, as large as fits.

    Args:
        picture: a drawing or an image.
        region: of the card.

    Attributes:
        panel: the card without the picture.
        picture: what is on it.
    """

    def __init__(self, picture: Picture, region: Region) -> None:
        self.panel, inner = _panel(region), region.inset(MARGIN, MARGIN)
        self.picture: Any = _drawing(picture) if picture.format == "svg" else ImageMobject(picture.pixels)
        self.picture.scale(min(inner.width / self.picture.width, inner.height / self.picture.height))
        self.picture.move_to(region.centre)
        super().__init__(self.panel, self.picture)


def example_card(solution: Solution, region: Region) -> NumberCard | PictureCard:
    """The example of a lesson in a region: its picture, if it has one, else its inputs."""
    picture = solution.lesson.picture
    return NumberCard(solution, region) if picture is None else PictureCard(picture, region)


def _drawing(picture: Picture) -> SVGMobject:
    with NamedTemporaryFile(suffix=".svg") as file:  # Manim reads files only
        file.write(picture.content)
        file.flush()
        return SVGMobject(file.name, use_svg_cache=False)


def _panel(region: Region) -> RoundedRectangle:
    panel = RoundedRectangle(corner_radius=0.2, width=region.width, height=region.height)
    panel.set_fill(style().colour("panel"), 1).set_stroke(style().colour("x"), style().stroke("line"))
    return panel.move_to(region.centre)
