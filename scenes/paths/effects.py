"""What arrives along K paths, put end to end over the loss; how much it is together, is not known yet."""

from __future__ import annotations

from manim import LEFT, UP, Animation, Create, FadeIn, LaggedStart, Line, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage import Formula, Node, Outline, Region, line, point
from softmax_explained.stage.design.rate_functions import early, late

WIDEST, HIGH, SEAM = 1.1, 0.8, 0.06  # Manim units: a piece at most; a piece; and between two of them
APART = 0.35  # Manim units from the pieces to the question mark


class AddedEffects(VGroup):
    """A dashed outline per path, end to end in a row that begins over the node of the loss, and a question.

    Args:
        count: K.
        node: of the loss, to which a line leads from the row.
        region: of the row; the node is under its right end.

    Attributes:
        pieces: one per path, from the right to the left.
        question: left of them.
        thread: from the row down to the node.
    """

    def __init__(self, count: int, node: Node, region: Region) -> None:
        self.question = Formula(Word("?"), size="result", role="C")
        pitch = min(WIDEST, (region.width - APART - self.question.width) / count)
        height = min(HIGH, region.height)
        foot = region.bottom + (min(region.height, HIGH + 0.4) - height) / 2
        ends = [region.right - n * pitch for n in range(count)]
        self.pieces = [Outline(end - pitch + SEAM, foot, end, foot + height, colour="C") for end in ends]
        self.question.next_to(self.pieces[-1], LEFT, buff=APART)
        x = float(node.get_x())
        self.thread: Line = line(point(x, foot), node.get_top(), colour="C")
        super().__init__(self.thread, *self.pieces, self.question)

    def add_up(self) -> list[Animation]:
        """The animations that put the pieces end to end, and the question mark before them."""
        pieces = [FadeIn(piece, shift=0.4 * UP) for piece in self.pieces]
        thread = Create(self.thread, rate_func=early)
        return [thread, LaggedStart(*pieces, lag_ratio=0.3), FadeIn(self.question, rate_func=late)]
