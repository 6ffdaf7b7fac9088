"""The last lines of the collapse, of which it is asked which one needs a one-hot target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from manim import DOWN, LEFT, Animation, Create, FadeOut, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.scenes.collapse.lines import COMPLETED, PRODUCTS, TARGETS_ARE_ONE
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.shapes.annotations import check_mark

APART = 0.25  # Manim units between the lines, and from a line to its mark
MARKED, NARROW = 0.4, 0.8  # Manim units for the marks at the left: in a wide frame, and in others
AFTER = 0.1  # Manim units kept free at the right


class SearchedLines(VGroup):
    """The last lines, as many as there is room for, the one about the targets last.

    They begin at one x, so that the question goes straight down from line to line.

    Args:
        stage: of the film.
        region: of the lines and their marks.

    Attributes:
        question: before the first line; not one of the submobjects.
        ticks: before every line; not among the submobjects.
    """

    def __init__(self, stage: Region, region: Region) -> None:
        marked = MARKED if stage.is_landscape else NARROW
        inner, stack = replace(region, left=region.left + marked, right=region.right - AFTER), VGroup()
        for line in (TARGETS_ARE_ONE, COMPLETED, PRODUCTS[-1]):
            formula = Formula(line, size="least_formula")
            formula.break_to_fit(inner.width)
            if len(stack) and stack.height + formula.height + APART > inner.height:
                break
            stack = VGroup(formula, *stack).arrange(DOWN, buff=APART, aligned_edge=LEFT)
        super().__init__(*inner.place(stack))
        self.question = Formula(Word("?")).next_to(self[0], LEFT, buff=APART)
        self.ticks = [check_mark(self.question.copy().next_to(line, LEFT, buff=APART)) for line in self]

    def search(self, n: int) -> Any:
        """The animation that moves the question to a line."""
        return self.question.animate.next_to(self[n], LEFT, buff=APART)

    def tick(self) -> list[Animation]:
        """The animations that replace the question by a tick at every line."""
        return [FadeOut(self.question), *[Create(tick) for tick in self.ticks]]
