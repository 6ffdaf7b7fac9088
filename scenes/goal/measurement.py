"""A table of smaller and smaller nudges of one score, and what the loss makes of each; a pin beside it."""

from __future__ import annotations

from itertools import takewhile

from manim import UP, VGroup
from sympy import Symbol, evaluate

from softmax_explained.core.formulas.nodes import Change
from softmax_explained.core.formulas.symbols import C
from softmax_explained.stage import Chapter, Formula, Readout, Region, point, style
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.slot import Slot
from softmax_explained.stage.shapes.table import Grid

NUDGE, CHANGE = Symbol("h"), Change(C)

with evaluate(False):
    RATIO = CHANGE / NUDGE

HEAD = 1.0  # Manim units: height of the row of headings
PARTS = 1.14, 1.28, 1.65  # relative widths of the columns: h, ΔC/h, and the pin with the name of the class
MASK = 0.5, 1.0  # height and width of a mask in Manim units, at most


class Measurement(VGroup):
    """The headings h and ΔC/h, a row for each nudge, the name of the class, and a pin for the result.

    Args:
        chapter: gives the numbers and the name.
        key: the letter of the class.
        ratios: the family of quantities ΔC/h.
        region: of the table.

    Attributes:
        heads: h, ΔC/h and the name.
        steps, ratios: a readout per nudge, in quiet ink; `masks` cover the ratios.
        pin: the measured slope, beside the last row; not one of the submobjects.
    """

    def __init__(self, chapter: Chapter, key: str, ratios: str, region: Region) -> None:
        solution = chapter.solution
        top, body = region.rows(HEAD, max(region.height - HEAD, HEAD))
        count = range(len(solution.steps))
        self.steps = [Readout(solution[f"h[{n}]"], colour="z", size="label") for n in count]
        self.ratios = [
            Readout(solution[f"{ratios}[{n}]"], colour="quiet", size="label", signed=True) for n in count
        ]
        grid = Grid(list(zip(self.steps, self.ratios, strict=True)), body, parts=PARTS)
        *columns, last = grid.columns
        heads = [Formula(NUDGE, role="z"), Formula(RATIO, role="C")]
        for head, column in zip(heads, columns, strict=True):
            head.scale(min(1.0, HEAD / head.height)).move_to(point(column.x, top.y))
        for number in self.steps:
            number.set_x(columns[0].x)
        name = chapter.class_name(solution.letters[key]).fit_width(last.width, lines=1)
        heads.append(name.move_to(point(last.x)).centre_on(top.y))
        self.heads = VGroup(*heads)
        height = min(MASK[0], 0.8 * grid.pitch)
        self.masks = [
            Slot(Region(x - w / 2, y - height / 2, x + w / 2, y + height / 2), role="C")
            for x, y, w in (
                (columns[1].x, ratio.get_y(), min(MASK[1], columns[1].width)) for ratio in self.ratios
            )
        ]
        self._settled_on = solution[f"fd[{key}]"].signed
        self.pin = Pin(solution[f"fd[{key}]"], size="number")
        self.pin.scale(min(1.0, last.width / self.pin.width)).move_to(point(last.x))
        self.pin.shift((self.ratios[-1].baseline - self.pin.value.baseline) * UP)
        super().__init__(self.heads, *self.steps, *self.ratios)

    def settled(self, n: int) -> VGroup:
        """The leading glyphs of a ratio that do not change any more."""
        ratio = self.ratios[n]
        pairs = zip(ratio.submobjects, ratio.text, self._settled_on, strict=False)
        return VGroup(*[glyph for glyph, *_ in takewhile(lambda each: each[1] == each[2], pairs)])

    def brighten(self, n: int) -> list[VGroup]:
        """The animation that lights the settled glyphs of a ratio; none if no digit has settled."""
        glyphs = self.settled(n)
        return [glyphs.animate.set_fill(style().colour("C"))] if len(glyphs) else []
