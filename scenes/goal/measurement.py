"""A table of smaller and smaller nudges of one score, and what the loss makes of each; a pin beside it."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from manim import LEFT, UP, FadeIn, VGroup
from sympy import Symbol, evaluate

from softmax_explained.core.formulas.nodes import Change
from softmax_explained.core.formulas.symbols import C
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.stage import Formula, Readout, Region, TypesetText, appear, point, style
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.slot import Slot
from softmax_explained.stage.shapes.table import Grid

NUDGE, CHANGE = Symbol("h"), Change(C)

with evaluate(False):
    RATIO = CHANGE / NUDGE

HEAD, UNDER = 1.0, 0.1  # Manim units: height of the row of headings, and from there down to the numbers
FILL = 0.92  # part of the row of headings that they fill at most
BESIDE = 0.2  # Manim units from ΔC/h to the name of the class
PARTS, CLOSE = (1.0, 0.95, 1.23), 0.22  # columns: h, ΔC/h, pin and class; Manim units between two
ASKED = 1.2, 0.5, 1.0  # height of the slot of the question: in rows, and at most; its width at most


class Measurement(VGroup):
    """The headings h and ΔC/h, a row for each nudge, the name of the class, and a pin for the result.

    Args:
        chapter: gives the numbers and the name.
        key: the letter of the class.
        ratios: the family of quantities ΔC/h.
        region: of the table.

    Attributes:
        heads: h, ΔC/h and the name.
        steps, ratios: a readout per nudge, in quiet ink.
        question: a slot in the place of the pin; not one of the submobjects.
        pin: the measured slope, beside the last row; not one of the submobjects.
    """

    def __init__(self, chapter: Chapter, key: str, ratios: str, region: Region) -> None:
        solution = chapter.solution
        top, body = region.rows(HEAD, max(region.height - HEAD - UNDER, HEAD), gap=UNDER)
        count = range(len(solution.steps))
        self.steps = [Readout(solution[f"h[{n}]"], colour="z", size="number") for n in count]
        self.ratios = [
            Readout(solution[f"{ratios}[{n}]"], colour="quiet", size="number", signed=True) for n in count
        ]
        grid = Grid(
            list(zip(self.steps, self.ratios, strict=True)), body, parts=PARTS, gap=CLOSE, same_size=True
        )
        *columns, last = grid.columns
        heads: list[TypesetText] = [Formula(NUDGE, role="z"), Formula(RATIO, role="C")]
        for head, column in zip(heads, columns, strict=True):
            head.scale(min(1.0, FILL * HEAD / head.height)).move_to(point(column.x, top.y))
        for number in self.steps:  # all begin with 0., so their points are below one another
            number.align_to(point(columns[0].x - max(each.width for each in self.steps) / 2), LEFT)
        heads[0].align_to(self.steps[0], LEFT)
        left = float(heads[-1].get_right()[0]) + BESIDE  # close to the heads, also when the pin has left
        name = chapter.class_name(solution.letters[key], quoted=True).fit_width(last.right - left, lines=1)
        heads.append(name.move_to(point(left), LEFT).centre_on(top.y))
        self.heads = VGroup(*heads)
        self._settled_on = solution[f"fd[{key}]"].signed
        self.pin = Pin(solution[f"fd[{key}]"], size="number")
        self.pin.scale(min(1.0, last.width / self.pin.width)).move_to(point(last.x))
        self.pin.shift((self.ratios[-1].baseline - self.pin.value.baseline) * UP)
        high, wide = min(ASKED[0] * grid.pitch, ASKED[1]), min(ASKED[2], last.width)
        x, y = last.x, self.pin.value.get_y()
        self.question = Slot(Region(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), role="C")
        super().__init__(self.heads, *self.steps, *self.ratios)

    def row(self, n: int) -> list[FadeIn]:
        """The animations that show a nudge and its ratio."""
        return appear(self.steps[n], self.ratios[n])

    def settled(self, n: int) -> VGroup:
        """The leading glyphs of a ratio that do not change any more."""
        ratio = self.ratios[n]
        pairs = zip(ratio.submobjects, ratio.text, self._settled_on, strict=False)
        return VGroup(*[glyph for glyph, *_ in takewhile(lambda each: each[1] == each[2], pairs)])

    def brighten(self, n: int) -> list[Any]:
        """The animation that lights the settled glyphs of a ratio; none if no digit has settled."""
        glyphs = self.settled(n)
        return [glyphs.animate.set_fill(style().colour("C"))] if len(glyphs) else []
