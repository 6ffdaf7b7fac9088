"""Scores that are lifted to a thousand, where e^z overflows, and back down until the largest is zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from manim import DOWN, RIGHT, Dot, ValueTracker, VGroup
from numpy.typing import NDArray
from sympy import evaluate, exp

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.stage import Formula, Readout, Region, component, line, point, style
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import Words
from softmax_explained.stage.text.worked_equation import equals

RADIUS = 0.13  # of a dot in Manim units
MARGIN = 0.07  # the part of the line's width that stays free at each end
NUMBER, UNDER = 0.44, 0.1  # Manim units from the line up to the numbers; from a name down to its number
HIGH = 1.1  # Manim units from the line up to the top of the names
NUMBERED = 5  # up to this many scores all have their number
BETWEEN = 0.3  # Manim units between two numbers
BESIDE, APART = 0.3, 0.29  # Manim units between a label and its number, and between two lines of the panel
NAN = "inf / inf = NaN"  # what a computer prints


class LiftedScores(VGroup):
    """A number line that shows a window around the scores: lifting them changes their numbers only.

    Names and numbers are over the line, so that the line is between them and the tags of a strip below.

    Args:
        chapter: gives numbers.
        region: of the line with the names and numbers over it.

    Attributes:
        lift: what is added to the scores, a tracker.
        dots: K dots.
        names: of the classes that have a number, over their dots.
        numbers: below the names; of the largest, t and i only where there are many classes.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        self._solution, self.lift = sol, ValueTracker(0.0)
        self.y = region.y - (HIGH - RADIUS) / 2
        span = max(float(np.ptp(sol.z)), 1e-9)
        left, unit = region.left + MARGIN * region.width, (1 - 2 * MARGIN) * region.width / span
        places = {k: left + unit * float(z - np.min(sol.z)) for k, z in enumerate(sol.z)}
        self.axis = line(point(region.left, self.y), point(region.right, self.y), width="line")
        self.dots = VGroup(*[Dot(point(x, self.y), radius=RADIUS) for x in places.values()])
        self.dots.set_color(style().colour("z"))
        order = sorted(range(sol.K), key=lambda k: places[k])
        blocks = _blocks(chapter, order, region.width / sol.K - BETWEEN)
        if sol.K > NUMBERED or sum(float(each.width) + BETWEEN for each in blocks.values()) > region.width:
            few = [k for k in order if k in (int(np.argmax(sol.z)), sol.t, sol.i)]
            blocks = _blocks(chapter, few, region.width / len(few) - BETWEEN)
        self._shown = [*blocks]
        spread(blocks, places, region.left, region.right, gap=BETWEEN)
        self.names, self.numbers, leaders = VGroup(), VGroup(), VGroup()
        for k, block in blocks.items():
            (name,), (wide,) = members(block, Words), members(block, Readout)
            number = Readout(chapter.quantity(f"z[{k}]"), size="body", colour="z")
            self.names.add(name.centre_on(self.y + HIGH - name.em / 2))
            self.numbers.add(number.move_to(wide).stand_on(self.y + NUMBER))
            foot = point(float(name.get_x()), self.y + NUMBER - 0.06)
            leaders.add(line(point(places[k], self.y + 0.2), foot))
        super().__init__(self.axis, leaders, self.dots, self.names, self.numbers)

    def scores(self) -> NDArray[np.float64]:
        """(K,) the scores as they are now."""
        return np.asarray(self._solution.z + self.lift.get_value())

    def follow(self) -> Self:
        """Let the numbers follow `lift` until `settle`."""
        for k, number in zip(self._shown, self.numbers, strict=True):
            number.follow(component(self.scores, k))
        return self

    def settle(self, key: str) -> Self:
        """Stop following and show the quantities of a key, such as ``lifted``."""
        for k, number in zip(self._shown, self.numbers, strict=True):
            number.settle(self._solution[f"{key}[{k}]"])
        return self


def _blocks(chapter: Chapter, classes: Iterable[int], room: float) -> dict[int, VGroup]:
    """Of each class its name over the widest of its numbers: as it is, lifted, and less the largest."""
    families, blocks = ("z", "lifted", "shifted"), dict[int, VGroup]()
    for k in classes:
        numbers = [Readout(chapter.quantity(f"{each}[{k}]"), size="body", colour="z") for each in families]
        name = chapter.class_name(k, size="body", quoted=True).fit_width(room, lines=1)
        widest = max(numbers, key=lambda number: float(number.width))
        blocks[k] = VGroup(name, widest.next_to(name, DOWN, buff=UNDER))
    return blocks


class OverflowPanel(VGroup):
    """What a computer makes of e to the largest score: the number, the limit, and what comes out.

    Args:
        chapter: gives numbers.
        region: of the panel.
        limit: the words beside the largest number of a computer.

    Attributes:
        power: e to the largest score, as a number.
        limit: the largest number that a computer can hold.
        undefined: what the division gives.
    """

    def __init__(self, chapter: Chapter, region: Region, limit: Words) -> None:
        largest = int(np.argmax(chapter.solution.z))
        with evaluate(False):
            power = exp(chapter.quantity(f"lifted[{largest}]").shown)
        self.power = Formula(equals(power, chapter.quantity("e_lifted")))
        number = Readout(chapter.quantity("float_max"), size="body")
        self.limit = VGroup(limit, number.next_to(limit, RIGHT, buff=BESIDE).stand_on(limit.baseline))
        if self.limit.width > region.width:
            number.next_to(limit, DOWN, buff=0.15)
            self.limit = VGroup(limit, number)
        self.undefined = chapter.words(NAN, size="body", weight=600)
        super().__init__(self.power, self.limit, self.undefined)
        self.arrange(DOWN, buff=APART)
        region.place(self)


class SafeForm(VGroup):
    """What makes it safe: the largest score is taken off first, so no exponent is above zero.

    Args:
        region: of the lines.
        lines: formulas, one below the other.
    """

    def __init__(self, region: Region, lines: Sequence[Formula]) -> None:
        for each in lines:
            each.break_to_fit(region.width)
        super().__init__(*lines)
        self.arrange(DOWN, buff=APART)
        region.place(self)
