"""A column vector: entries below each other in brackets."""

from collections.abc import Sequence

from manim import DL, UR, VGroup, VMobject

from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import TypesetText


class ColumnVector(VGroup):
    """Entries below each other, right-aligned, in brackets.

    Args:
        entries: readouts, formulas or words, top to bottom.
        pitch: distance between baselines in Manim units.
        colour: role of the brackets.
    """

    def __init__(self, entries: Sequence[TypesetText], *, pitch: float = 0.75, colour: str = "quiet") -> None:
        self.entries = VGroup(*entries)
        right = max(entry.width for entry in entries) / 2
        for row, entry in enumerate(entries):
            entry.move_to(point(right - entry.width / 2)).stand_on(-row * pitch)
        (left, bottom, _), (end, top, _) = self.entries.get_corner(DL), self.entries.get_corner(UR)
        self.brackets = VGroup(
            _bracket(left - 0.18, bottom - 0.14, top + 0.14, 1, colour),
            _bracket(end + 0.18, bottom - 0.14, top + 0.14, -1, colour),
        )
        super().__init__(self.entries, self.brackets)
        self.center()


def _bracket(x: float, bottom: float, top: float, side: int, colour: str) -> VMobject:
    arm = 0.13 * side
    bracket = VMobject(stroke_color=style().colour(colour), stroke_width=style().stroke("thin"))
    return bracket.set_points_as_corners(
        [point(*corner) for corner in ((x + arm, top), (x, top), (x, bottom), (x + arm, bottom))]
    )
