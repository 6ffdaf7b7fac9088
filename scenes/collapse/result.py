"""The end of the collapse: the targets are counted, and the result stands alone with two words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, Animation, FadeOut, VGroup, smooth, squish_rate_func

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Literal, Word
from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.collapse.lines import FACTORED, RESULT, TIMES_ONE
from softmax_explained.scenes.pictures.target_unit import TargetUnit
from softmax_explained.stage import AlgebraSheet, Formula, Region, Words
from softmax_explained.stage.design.rate_functions import instead
from softmax_explained.stage.shapes.annotations import frame_around, halo

LOWER = 1.65  # Manim units from the middle of the stage to the bottom of the second line
UNIT = 0.56  # Manim units: thickness of the green unit
AROUND = 0.4  # Manim units kept free at the sides for the frame
OVER = 0.22  # Manim units from the frame to what stands over it
AT_ONCE = 0.12  # the part of a move in which something leaves that would be in the way
LARGEST, WIDEST = 1.6, 0.72  # the result alone: scale, and width as a part of the stage, at most
UNDER, APART = 0.2, 0.3  # Manim units from the result to its words, and between the words


def result_sheet(stage: Region) -> AlgebraSheet:
    """Two lines in the size of the result: the first in the middle of the stage, the second lower."""
    lines = [
        Formula(line, size="result").fit_width(stage.width - 2 * AROUND) for line in (FACTORED, TIMES_ONE)
    ]
    start = stage.y + lines[0].height / 2
    region = Region(stage.left, stage.y - LOWER, stage.right, stage.top)
    return AlgebraSheet(lines, region, start=start)


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
        self.frame = frame_around(together)
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

    def put_in(self) -> list[Animation]:
        """The animations that take the unit away, whose 1 stands in the next line.

        They are short, since the line under them moves up to where the 1 is.
        """
        at_once = squish_rate_func(smooth, 0.0, AT_ONCE)
        dropped = FadeOut(self.strip, target_position=self.frame, scale=0.6, rate_func=at_once)
        return [dropped, FadeOut(self.one, rate_func=at_once), FadeOut(self.frame, rate_func=at_once)]


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
