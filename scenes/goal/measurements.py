"""A table of finite differences: three nudges, each smaller than the one before, and their ratios ΔC/h."""

from itertools import takewhile

from manim import UP, VGroup

from softmax_explained.core import Solution
from softmax_explained.scenes.goal.sensitivity import NUDGE, RATIO
from softmax_explained.stage import Formula, Readout, Region, point
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.table import Grid

HEAD = 1.35  # height in Manim units of the headings, one of which is a fraction


class Measurements(VGroup):
    """The headings h and ΔC/h, and a row for each nudge; the third of the width at the right is free.

    Attributes:
        steps: the nudges.
        ratios: the ratios, in quiet ink.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        top, body = region.rows(HEAD, max(region.height - HEAD, HEAD))
        count = range(len(solution.steps))
        self.steps = [Readout(solution[f"h[{n}]"], colour="z") for n in count]
        self.ratios = [Readout(solution[f"ratio[{n}]"], colour="quiet", signed=True) for n in count]
        self._settled_on = solution["fd[i]"].signed
        self._table = Grid(list(zip(self.steps, self.ratios, strict=True)), body, parts=(1, 1.3, 1.6))
        self.heads = VGroup(Formula(NUDGE, role="z"), Formula(RATIO, role="C"))
        for head, column in zip(self.heads, (self.steps, self.ratios), strict=True):
            head.move_to(column[0]).set_y(top.y)
        super().__init__(self.heads, self._table)

    def stick(self, pin: Pin) -> Pin:
        """Put a pin into the free column beside the last ratio."""
        column = self._table.columns[-1]
        pin.scale(min(1.0, column.width / pin.width)).move_to(point(column.x))
        return pin.shift((self.ratios[-1].baseline - pin.value.baseline) * UP)

    def settled(self, n: int) -> VGroup:
        """The leading digits of a ratio that do not change any more."""
        ratio = self.ratios[n]
        pairs = zip(ratio.submobjects, ratio.text, self._settled_on, strict=False)
        return VGroup(*[glyph for glyph, *_ in takewhile(lambda each: each[1] == each[2], pairs)])
