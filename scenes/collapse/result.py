"""The end of the collapse: the targets are counted, and the result stands alone with two words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import (
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VGroup,
    smooth,
    squish_rate_func,
)
from sympy import Eq

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Literal, Word
from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.collapse.lines import FACTORED, RESULT, TIMES_ONE
from softmax_explained.scenes.pictures.target_unit import TargetUnit
from softmax_explained.stage import Formula, Region, Words
from softmax_explained.stage.design.rate_functions import early, instead, late
from softmax_explained.stage.shapes.annotations import frame_around, halo

UNIT = 0.56  # Manim units: thickness of the green unit
AROUND = 0.4  # Manim units kept free at the sides for the frame
OVER = 0.22  # Manim units from the frame to what stands over it
CLOSE = 0.06  # Manim units from the sum to its frame, which must not touch the factor beside it
FREE = 0.45  # the part of a move after which the sum has left its place to what it adds up to
LARGEST, WIDEST = 1.6, 0.72  # the result alone: scale, and width as a part of the stage, at most
UNDER, APART = 0.2, 0.3  # Manim units from the result to its words, and between the words


def counted_lines(stage: Region) -> tuple[Formula, Formula]:
    """The line with the sum of the targets, in the middle of the stage, and over it that with 1 in its place.

    What both have is in the same place, so that only the sum changes.
    """
    line = stage.place(Formula(FACTORED, size="result").fit_width(stage.width - 2 * AROUND))
    return line, _over(line, TIMES_ONE)


def plain_result(counted: Formula) -> Formula:
    """The result in the size and the place of the line before it."""
    return _over(counted, RESULT)


def _over(line: Formula, equation: Eq) -> Formula:
    """An equation in the size of a line, its equals sign over that of the line."""
    formula = Formula(equation, size="result")
    formula.scale(line.em / formula.em)
    return formula.shift(line.find("=").get_center() - formula.find("=").get_center())


class CountedUnit:
    """The sum of the targets in a frame, and over it the unit, with a question in it.

    Args:
        solution: the targets.
        together: the glyphs of the sum.

    Attributes:
        frame: round the sum.
        strip: the green unit, over the frame.
        question: in the unit.
        one: what they add up to, in the place of the question.
    """

    def __init__(self, solution: Solution, together: VGroup) -> None:
        self._together = together
        self.frame = frame_around(together, margin=CLOSE)
        left, right = (float(edge[0]) for edge in (self.frame.get_left(), self.frame.get_right()))
        bottom = float(self.frame.get_top()[1]) + OVER
        self.strip = TargetUnit(solution.lesson.targets, Region(left, bottom, right, bottom + UNIT))
        self.question = Formula(Word("?"), size="number").move_to(self.strip)
        # the borders of the parts must not go through it
        halo(self.question)
        self.one = Formula(Literal(1), size="number").move_to(self.strip)

    def answer(self) -> list[Animation]:
        """The animations that write what the targets add up to."""
        return [*instead(self.question, self.one)]

    def put_in(self, counted: Formula) -> tuple[VGroup, list[Animation]]:
        """The animations that let the 1 fall into the place of the sum, as in the line `counted`.

        Before them come the glyphs of that line which stand already: without the sum, the line that is left
        would be another equation.
        """
        one = counted.find(Literal(1))
        factor = float(counted.find(a[i]).get_right()[0])
        rest = [glyph for glyph in counted if glyph not in one.submobjects]
        falls = squish_rate_func(smooth, FREE, 1.0)
        moves: list[Animation] = [
            *[FadeOut(each, rate_func=early) for each in (self._together, self.frame, self.strip)],
            ReplacementTransform(self.one, one, rate_func=falls),
            *[FadeIn(glyph, rate_func=late) for glyph in rest if glyph.get_x() > factor],
        ]
        return VGroup(*[glyph for glyph in rest if glyph.get_x() <= factor]), moves


def large_result(stage: Region) -> Formula:
    """The result alone in the middle of the stage."""
    result = stage.place(Formula(RESULT, size="result"))
    return result.scale(min(LARGEST, WIDEST * stage.width / result.width))


def parts_named(result: Formula, words: Sequence[Words]) -> list[Words]:
    """Put the words for a_i and y_i below them, clear of the fraction."""
    left_side, *_ = result.nodes[0].children
    fraction = result.glyphs(result.nodes[left_side])
    level = min(float(result.find(part, 0).get_bottom()[1]) for part in (a[i], y[i]))
    for word, part in zip(words, (a[i], y[i]), strict=True):
        word.set_x(result.find(part, 0).get_x())
    apart = float(words[1].get_left()[0] - words[0].get_right()[0])
    if apart < APART:
        words[0].shift((APART - apart) / 2 * LEFT)
        words[1].shift((APART - apart) / 2 * RIGHT)
    if words[0].get_left()[0] < fraction.get_right()[0] + APART:
        level = float(fraction.get_bottom()[1])
    for word in words:
        word.stand_on(level - UNDER - 0.8 * word.em)
    return list(words)
