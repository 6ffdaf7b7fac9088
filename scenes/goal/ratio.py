"""Two steps over one another, enlarged until the lower one fills its length; and the gradient as a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject
from sympy import Integer

from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import C, derivative, z
from softmax_explained.scenes.goal.measurement import CHANGE, NUDGE
from softmax_explained.stage import Box, Formula, Region, Words, line, point, style

THICK = 0.3  # Manim units: thickness of a step
LONGEST, SHORTEST = 1.0, 0.03  # length of the enlarged ΔC, in lengths of h; no slope of the loss is beyond ±1
BELOW, CLEAR = 0.3, 0.05  # Manim units from h to the words; and between a ray and what it starts and ends at
RAY, BESIDE, LOWER = 0.5, 0.45, 0.6  # opacity of a ray; Manim units between slopes, and below them for gaps
SHOWN = 4  # slopes of the gradient that are written before the others become dots


class EnlargedSteps(VGroup):
    """ΔC over h as two bars with a line between them, both enlarged so that h keeps its length.

    Args:
        region: of both.
        ratio: ΔC/h of a nudge; its sign is left to the lines above.
        step: how long h is on its line, in Manim units; the bar is the longest whole multiple for which there
            is room.
        zoom: the words for an enlargement by a factor.

    Attributes:
        change, nudge: the bars.
        letters: ΔC and h at their left.
        factor: how many times as large they are as the steps; below both, where it is no part of the
            fraction. Not one of the submobjects.
    """

    def __init__(self, region: Region, ratio: float, step: float, zoom: Callable[[int], Words]) -> None:
        letters = Formula(CHANGE, role="C"), Formula(NUDGE, role="z")
        start = region.left + max(letter.width for letter in letters) + 0.25
        self._zoom = zoom
        self._times = max(1, int((region.right - start - 0.1) / step))
        self._start, self._length = start, self._times * step
        self._y = [region.y + side * 0.5 for side in (1, -1)]
        self.change = Box(0, 0, 1, 1, colour="C")
        self.nudge = Box(*self._edges(1.0, self._y[1]), colour="z")
        for letter, y in zip(letters, self._y, strict=True):
            letter.move_to(point(start - 0.25, y), RIGHT)
        self.letters = VGroup(*letters)
        end = start + self._length + 0.1
        self.bar = line(point(start - 0.1, region.y), point(end, region.y), colour="ink")
        self._below = point(start, self._y[1] - THICK / 2 - BELOW)
        self.factor = self.times(1)
        super().__init__(self.change, self.nudge, self.bar, self.letters)
        self.draw(ratio)

    def times(self, finer: int) -> Words:
        """The words for the factor after the nudge has become so many times smaller."""
        words = self._zoom(self._times * finer)
        return words.move_to(self._below, LEFT).centre_on(float(self._below[1]))

    def draw(self, ratio: float) -> None:
        """Set the length of ΔC, in lengths of h."""
        length = min(max(abs(ratio), SHORTEST), LONGEST)
        self.change.reshape(*self._edges(length, self._y[0]))

    def follow(self, ratio: Callable[[], float]) -> None:
        """Draw `ratio()` in every frame until the updaters are cleared."""
        self.change.add_updater(lambda _: self.draw(ratio()))

    def _edges(self, length: float, y: float) -> tuple[float, float, float, float]:
        return self._start, y - THICK / 2, self._start + self._length * length, y + THICK / 2


class Rays(VGroup):
    """From both ends of a step on a line to both ends of the bar that shows it enlarged; they follow it.

    Args:
        step: on the line.
        dot: at its end.
        bar: below them.
    """

    def __init__(self, step: VMobject, dot: VMobject, bar: VMobject) -> None:
        self._step, self._dot, self._bar = step, dot, bar
        super().__init__(*[line(point(0), point(1)).set_stroke(opacity=RAY) for _ in range(2)])
        self._follow()
        self.add_updater(lambda _: self._follow())

    def _follow(self) -> None:
        ends = sorted((self._step.get_start()[0], self._dot.get_x()))
        y = float(self._dot.get_bottom()[1]) - CLEAR
        corners = self._bar.get_corner(UP + LEFT), self._bar.get_corner(UP + RIGHT)
        for ray, x, corner in zip(self, ends, corners, strict=True):
            ray.put_start_and_end_on(point(x, y), corner + CLEAR * UP)


class GradientRow(VGroup):
    """∂C/∂z_1 … ∂C/∂z_K in a row over the classes and a bracket with its name; of many, some are dots.

    Args:
        classes: their names.
        name: what all of them together are called.
        region: of all of it.

    Attributes:
        slopes: the formulas, and the dots, each with the name of its class.
        bracket, title: under them.
    """

    def __init__(self, classes: Sequence[Words], name: Words, region: Region) -> None:
        count = len(classes)
        numbers = list(range(1, count + 1))
        shown: list[int | None] = [*numbers] if count <= SHOWN else [1, 2, None, count]
        slopes = [
            Formula(Dots() if n is None else derivative(C, z[Integer(n)]), size="result", role="C")
            for n in shown
        ]
        words = max(name.height for name in classes) + name.height + LOWER
        high = max(slope.height for slope in slopes)
        wide = (max(slope.width for slope in slopes) + BESIDE) * len(slopes)  # with the names below
        fits = min(1.0, (region.height - words) / high, region.width / wide)
        self.slopes = [VGroup(slope.scale(fits)) for slope in slopes]
        pitch = max(slope.width for slope in slopes) + fits * BESIDE
        for place, (n, each) in enumerate(zip(shown, self.slopes, strict=True)):
            each.set_x(place * pitch)
            if n is not None:
                named = classes[n - 1].fit_width(0.95 * pitch, lines=1)
                low = float(slopes[0].get_bottom()[1]) - 0.12 - named.em
                each.add(named.move_to(each).stand_on(low + 0.2 * named.em))
        row = VGroup(*self.slopes)
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
