"""Two steps over one another, enlarged until the lower one fills its length; and the gradient as a row."""

from __future__ import annotations

from collections.abc import Callable

from manim import DOWN, LEFT, RIGHT, Circle, VGroup, VMobject
from sympy import Integer

from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import C, derivative, z
from softmax_explained.scenes.goal.measurement import CHANGE, NUDGE
from softmax_explained.stage import Box, Formula, Region, Words, line, point, style

THICK = 0.3  # Manim units: thickness of a step
LONGEST, SHORTEST = 1.0, 0.03  # length of the enlarged ΔC, in lengths of h; no slope of the loss is beyond ±1
AROUND, WIDEST = 0.4, 0.66  # Manim units by which a lens is wider than its step; width at most
SHOWN = 4  # slopes of the gradient that are written before the others become dots


class EnlargedSteps(VGroup):
    """ΔC over h as two bars with a line between them, both enlarged so that h keeps its length.

    Args:
        region: of both.
        ratio: ΔC/h of a nudge; its sign is left to the lines above.

    Attributes:
        change, nudge: the bars.
        letters: ΔC and h at their left.
    """

    def __init__(self, region: Region, ratio: float) -> None:
        letters = Formula(CHANGE, role="C"), Formula(NUDGE, role="z")
        start = region.left + max(letter.width for letter in letters) + 0.25
        self._start, self._length = start, region.right - start - 0.1
        self._y = [region.y + side * 0.5 for side in (1, -1)]
        self.change = Box(0, 0, 1, 1, colour="C")
        self.nudge = Box(*self._edges(1.0, self._y[1]), colour="z")
        for letter, y in zip(letters, self._y, strict=True):
            letter.move_to(point(start - 0.25, y), RIGHT)
        self.letters = VGroup(*letters)
        self.bar = line(point(start - 0.1, region.y), point(region.right, region.y), colour="ink")
        super().__init__(self.change, self.nudge, self.bar, self.letters)
        self.draw(ratio)

    def draw(self, ratio: float) -> None:
        """Set the length of ΔC, in lengths of h."""
        length = min(max(abs(ratio), SHORTEST), LONGEST)
        self.change.reshape(*self._edges(length, self._y[0]))

    def follow(self, ratio: Callable[[], float]) -> None:
        """Draw `ratio()` in every frame until the updaters are cleared."""
        self.change.add_updater(lambda _: self.draw(ratio()))

    def _edges(self, length: float, y: float) -> tuple[float, float, float, float]:
        return self._start, y - THICK / 2, self._start + self._length * length, y + THICK / 2


class Lens(Circle):
    """A circle around a step on a line, which follows it: what is drawn enlarged elsewhere."""

    def __init__(self, step: VMobject, dot: VMobject) -> None:
        super().__init__(1.0, color=style().colour("ink"), stroke_width=style().stroke("thin"))
        self._step, self._dot = step, dot
        self._follow()
        self.add_updater(lambda _: self._follow())

    def _follow(self) -> None:
        start, end = self._step.get_start(), self._dot.get_center()
        self.set(width=min(abs(end[0] - start[0]) + AROUND, WIDEST)).move_to((start + end) / 2)


class GradientRow(VGroup):
    """∂C/∂z_1 … ∂C/∂z_K in a row over a bracket with its name; of many, some are dots.

    Attributes:
        slopes: the formulas, and the dots.
        bracket, title: under them.
    """

    def __init__(self, count: int, name: Words, region: Region) -> None:
        numbers = list(range(1, count + 1))
        shown: list[int | None] = [*numbers] if count <= SHOWN else [1, 2, None, count]
        self.slopes = [
            Formula(Dots() if n is None else derivative(C, z[Integer(n)]), size="result", role="C")
            for n in shown
        ]
        row = VGroup(*self.slopes).arrange(RIGHT, buff=0.45)
        corners = [row.get_corner(DOWN + LEFT), row.get_corner(DOWN + RIGHT)]
        low = corners[0][1] - 0.14
        self.bracket = VMobject().set_points_as_corners(
            [
                point(corners[0][0], low),
                point(corners[0][0], low - 0.12),
                point(corners[1][0], low - 0.12),
                point(corners[1][0], low),
            ]
        )
        self.bracket.set_stroke(style().colour("C"), style().stroke("line"))
        self.title = name.next_to(self.bracket, DOWN, buff=0.14)
        super().__init__(row, self.bracket, self.title)
        region.place(self)
