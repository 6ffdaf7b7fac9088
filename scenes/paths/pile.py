"""What arrives along K paths, stacked over the loss; how high the stack is, is not known yet."""

from __future__ import annotations

from manim import UP, Animation, FadeIn, LaggedStart, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage import Formula, Node, Outline
from softmax_explained.stage.design.rate_functions import late

WIDTH, HIGHEST, PIECE = 0.62, 1.5, 0.3  # Manim units: width; height of all pieces, and of one, at most
OVER, BESIDE = 0.14, 0.12  # Manim units from the node to the stack, and from there to the question mark


class Pile(VGroup):
    """A dashed outline per path, on top of one another over the node of the loss, with a question mark.

    Attributes:
        pieces: one per path, from the lowest up.
        question: beside them.
    """

    def __init__(self, count: int, node: Node) -> None:
        height = min(PIECE, HIGHEST / count)
        x, foot = float(node.get_x()), float(node.get_top()[1]) + OVER
        left, right = x - WIDTH / 2, x + WIDTH / 2
        gap = 0.15 * height
        self.pieces = [
            Outline(left, foot + n * height + gap, right, foot + (n + 1) * height, colour="C")
            for n in range(count)
        ]
        self.question = Formula(Word("?"), size="formula", role="C")
        self.question.move_to((x, foot + count * height + BESIDE + self.question.height / 2, 0.0))
        super().__init__(*self.pieces, self.question)

    def pile_up(self) -> list[Animation]:
        """The animations that stack the pieces and put the question mark on top."""
        pieces = [FadeIn(piece, shift=0.4 * UP) for piece in self.pieces]
        return [LaggedStart(*pieces, lag_ratio=0.3), FadeIn(self.question, rate_func=late)]
