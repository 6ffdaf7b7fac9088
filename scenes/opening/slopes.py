"""The answer: K bars with targets and arrows, a signed number for each score, and the formula over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Indicate,
    Transform,
    VGroup,
    there_and_back,
)

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import C, a, derivative, i, y, z
from softmax_explained.scenes.pictures.racing_strips import RacingStrip
from softmax_explained.scenes.pictures.share_bars import LEGEND, ShareBars, put_between, stand_up
from softmax_explained.stage import Formula, Readout, Region, Words, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import spread

FORMULA = 1.8  # Manim units above the bars for the formula
SLOPE = derivative(C, z[i])
ASIDE, UNDER = 0.2, 0.1  # Manim units from the slope to its words, and from a letter to the word below it
OVER = 0.16  # Manim units between the equals sign and the question over it
OFF = 0.2  # Manim units by which the tag may be beside the middle of its number
APART = 0.5  # Manim units between tag and legend


Names = tuple[Words, Words, Words, Words]  # of loss, score, prediction and target


class Slopes:
    """Bars, formula, tag and legend, laid out for all of them from the start.

    Args:
        chapter: whose lesson and stage are used.
        result: the formula.
        tag: the word for the numbers, below that of the focus class.
        legend: what an arrow means.
        names: what the letters of the formula stand for.

    Attributes:
        chart: bars, targets, arrows and signed numbers.
        formula: over the bars.
        question: over its equals sign.
        named: the words for loss and score beside the slope, for prediction and target below their letters.
        legend: below an arrow.
    """

    def __init__(self, chapter: Any, result: Any, tag: Words, legend: Words, names: Names) -> None:
        self._solution = solution = chapter.solution
        stage: Region = chapter.stage
        top, below = stage.rows(FORMULA, stage.height - FORMULA, gap=0.2)
        foot = replace(below, top=below.bottom + LEGEND)
        self.chart = ShareBars(solution, [chapter.class_name(k) for k in range(solution.K)], below)
        self.formula = top.place(Formula(result, size="result"))
        self.question = Formula(Word("?")).next_to(self.formula.find("="), UP, buff=OVER)
        self.named = VGroup(*_beside(self.formula, names[:2]), *_below(self.formula, names[2:]))
        self.tag, self.legend = tag, legend
        pushed = [k for k, arrow in enumerate(self.chart.arrows) if len(arrow)]
        self._pushes = bool(pushed)
        values, focus = self.chart.value_of, solution.i
        words, places = {focus: self.tag}, {focus: float(values[focus].get_x())}
        if pushed:  # below another arrow, of the true class if it has one, else right of the tag
            first = min(pushed, key=lambda k: (k == focus, k != solution.t, k not in values, k))
            key = focus + 1 if first == focus else first
            words[key], places[key] = self.legend, self.chart.chart.x(first)
        spread({k: words[k] for k in sorted(words)}, places, foot.left, foot.right, gap=APART)
        for word in words.values():
            word.stand_on(foot.bottom + 0.22)
        if pushed and abs(self.tag.get_x() - places[focus]) > OFF:
            self._keep_tag_at_its_number(places[focus], foot)
        if pushed:
            put_between(legend, values.values(), foot, beside=[tag])

    def _keep_tag_at_its_number(self, x: float, foot: Region) -> None:
        """Put the tag at `x`, and the legend beside it, if there is room: the tag is said of one number.

        Else the tag goes before or behind the numbers, which it is the name of, if there is room.
        """
        tag, legend, level = self.tag, self.legend, self.tag.baseline
        before = tag.get_center(), legend.get_center()
        tag.set_x(x)
        for side in (RIGHT, LEFT):
            legend.next_to(tag, side, buff=APART).stand_on(level)
            if foot.left <= legend.get_left()[0] and legend.get_right()[0] <= foot.right:
                return
        legend.move_to(before[1])
        for side in (LEFT, RIGHT):
            last = max(
                members(self.chart.values, Readout), key=lambda number: float(number.get_x() * side[0])
            )
            tag.next_to(last, side, buff=ASIDE).stand_on(last.baseline)
            if foot.left <= tag.get_left()[0] and tag.get_right()[0] <= foot.right:
                return
        tag.move_to(before[0])

    @property
    def standing(self) -> list[Any]:
        """Bars, names and targets."""
        return [self.chart.bars, self.chart.names, self.chart.targets]

    def stand_up(self, strip: RacingStrip) -> list[Animation]:
        """The segments of a strip stand up into the bars; their names go under them."""
        bars, moves = self.chart.chart, list[Animation]()
        for k, bar in enumerate(bars.bars):
            moves.append(stand_up(strip.segment(k), bar))
        for k, name in bars.names_of.items():
            start = strip.names[strip.order.index(k)]
            seen = start.get_fill_opacity() > 0
            moves.append(Transform(start, name) if seen else FadeIn(name, rate_func=late))
        others = [name for place, name in enumerate(strip.names) if strip.order[place] not in bars.names_of]
        moves += [FadeOut(name, rate_func=early) for name in others]
        return [*moves, FadeIn(self.chart.targets, rate_func=late)]

    def light(self, part: str) -> list[Animation]:
        """The bars, or the outlines, light up for a moment."""
        parts: VGroup = self.chart.bars if part == "bar" else self.chart.targets
        return [
            Indicate(each, scale_factor=1.04, color=style().colour("a" if part == "bar" else "y"))
            for each in parts
        ]

    def name_slopes(self) -> list[Animation]:
        """The word for the numbers appears below one of them, and all light up: it is the name of the row."""
        ink = style().colour("ink")
        lit = [Indicate(number, scale_factor=1.04, color=ink) for number in self.chart.values]
        return [FadeIn(self.tag, shift=0.1 * UP), *lit]

    def push(self) -> list[Animation]:
        """The arrows grow, with their legend; where none is long enough, the numbers light up."""
        if not self._pushes:
            numbers: list[Any] = [*self.chart.values]
            return [number.animate(rate_func=there_and_back).scale(1.1) for number in numbers]
        return [self.chart.arrows.grow(), FadeIn(self.legend, rate_func=late)]


def _beside(formula: Formula, names: Sequence[Words]) -> Sequence[Words]:
    """Put the words for C and z_i left of their letters, one over the other."""
    slope = formula.find(SLOPE)
    for name, letter in zip(names, (C, z[i]), strict=True):
        name.next_to(slope, LEFT, buff=ASIDE).centre_on(float(formula.find(letter, 0).get_y()))
    return names


def _below(formula: Formula, names: Sequence[Words]) -> Sequence[Words]:
    """Put the words for a_i and y_i below their letters, as far apart as needed."""
    parts = [formula.find(letter, 0) for letter in (a[i], y[i])]
    level = min(float(part.get_bottom()[1]) for part in parts)
    for name, part in zip(names, parts, strict=True):
        name.set_x(part.get_x()).stand_on(level - UNDER - 0.8 * name.em)
    first, second = names
    short = max(0.0, float(formula.find(SLOPE).get_right()[0]) + ASIDE - float(first.get_left()[0]))
    first.shift(short * RIGHT)
    second.shift(max(0.0, float(first.get_right()[0]) + ASIDE - float(second.get_left()[0])) * RIGHT)
    return names
