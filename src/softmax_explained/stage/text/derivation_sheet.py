"""The lines of a derivation, aligned at their equals signs."""

from collections.abc import Sequence
from typing import Any

from manim import LEFT, RIGHT, UP, FadeOut

from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.rate_functions import early
from softmax_explained.stage.text.formula import Formula

ROW = 1.6  # preferred height in Manim units of a line with fractions, including the gap to the next
LEAST = 1.28  # minimum height of a line with fractions
APART, NAME = 0.08, 0.45  # minimum gap between lines, and height of a rule's name above them; in Manim units


def fitted(equations: Sequence[Any], region: Region) -> list[Formula]:
    """Typeset equations at one common size at which each fits into the region, broken if necessary."""
    lines = [Formula(equation).fit_width(region.width) for equation in equations]
    em = min(line.em * min(1.0, region.height / line.height) for line in lines)
    for line in lines:
        line.scale(em / line.em)
    return lines


def derivation_lines(derivation: Derivation, rows: Sequence[Region]) -> list[Formula]:
    """Typeset every equation of a derivation, aligned at the equals signs.

    Args:
        derivation: its lines read start = line.
        rows: one region per line; lines that replace each other share a region.
    """
    lines = fitted(derivation.equations, rows[0])
    for line, row in zip(lines, rows, strict=True):
        row.place(line, LEFT).align_at(lines[0])
        if line.lines == 1:
            line.shift((row.y - line.find("=", 0).get_y()) * UP)
    return lines


class Sheet:
    """Some lines of a derivation, spread from the top of a region to its bottom.

    If the region is too low for all lines, the first line disappears and the second takes its place.

    Args:
        derivation: its lines read start = line.
        steps: 0-based indices of the equations to show.
        region: where they go.
        sharing: number of lines at the end that replace each other in one place.

    Attributes:
        lines: the formulas in their places.
        is_short: whether the first two lines share a place.
    """

    def __init__(
        self, derivation: Derivation, steps: Sequence[int], region: Region, *, sharing: int = 1
    ) -> None:
        self.lines = fitted([derivation.equations[step] for step in steps], region)
        places = len(steps) - sharing + 1
        self.is_short = places > 2 and region.height < ROW * places
        places -= self.is_short
        head = NAME if self.is_short and region.height >= NAME + places * (LEAST + APART) - APART else 0.0
        self._shrink((region.height - head - (places - 1) * APART) / places)
        rows = [min(max(0, n - self.is_short), places - 1) for n in range(len(steps))]
        ascent = max(_above(line) for line, row in zip(self.lines, rows, strict=True) if not row)
        first = region.top - head - ascent
        last = region.bottom + max(_below(line) for line in self.lines[-sharing:])
        for line, row in zip(self.lines, rows, strict=True):
            line.shift((region.left - line.get_left()[0]) * RIGHT).align_at(self.lines[0])
            y = first - row * (first - last) / (places - 1)
            line.shift((y - line.find("=", 0).get_y()) * UP)

    def clear_first(self) -> list[Any]:
        """Fade out the first line if the second takes its place."""
        return [FadeOut(self.lines[0], rate_func=early)] if self.is_short else []

    def dim_first(self) -> list[Any]:
        """De-emphasise the first line when the third appears, unless it is gone."""
        return [] if self.is_short else [self.lines[0].animate.deemphasise()]

    def _shrink(self, height: float) -> None:
        over = max(line.height / height for line in self.lines)
        for line in self.lines:
            line.scale(1 / max(over, 1.0))


def _above(line: Formula) -> float:
    return float(line.get_top()[1] - line.find("=", 0).get_y())


def _below(line: Formula) -> float:
    return float(line.find("=", 0).get_y() - line.get_bottom()[1])
