"""The lines of a derivation on the screen, their equals signs under each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import LEFT, RIGHT, UP, FadeOut

from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.rate_functions import early
from softmax_explained.stage.text.formula import Formula

ROW = 1.6  # Manim units a line with fractions takes at least, with the space to the next
LEAST = 1.28  # Manim units of a line with fractions at the least size
# Manim units between lines at least, and for the name of a rule over them where places are few
APART, NAME = 0.08, 0.45


def fitted(equations: Sequence[Any], region: Region) -> list[Formula]:
    """Set lines that take each other's place or stand under each other, all of one size.

    Args:
        equations: SymPy expressions.
        region: each fits into it, broken into lines if need be.
    """
    lines = [Formula(equation).fit_width(region.width) for equation in equations]
    em = min(line.em * min(1.0, region.height / line.height) for line in lines)
    for line in lines:
        line.scale(em / line.em)
    return lines


def derivation_lines(derivation: Derivation, rows: Sequence[Region]) -> list[Formula]:
    """Set every equation of a derivation, each in a region.

    Args:
        derivation: start = line, for each line after the first.
        rows: one region a line; a region may hold several lines that take each other's place.
    """
    lines = fitted(derivation.equations, rows[0])
    for line, row in zip(lines, rows, strict=True):
        row.place(line, LEFT).align_at(lines[0])
        if line.lines == 1:
            line.shift((row.y - line.find("=", 0).get_y()) * UP)
    return lines


class Sheet:
    """Some lines of a derivation from the top of a region to its bottom.

    Where the region has no room for all of them, there is one place less: the first line leaves before the
    second comes, in its place.

    Args:
        derivation: start = line, for each line after the first.
        steps: which equations, counted from 0.
        region: where they stand.
        sharing: how many lines at the end take each other's place.

    Attributes:
        lines: the lines, each where it appears.
        is_short: whether the first two lines take each other's place.
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
        first = (
            region.top
            - head
            - max(_above(line) for line, row in zip(self.lines, rows, strict=True) if not row)
        )
        last = region.bottom + max(_below(line) for line in self.lines[-sharing:])
        for line, row in zip(self.lines, rows, strict=True):
            line.shift((region.left - line.get_left()[0]) * RIGHT).align_at(self.lines[0])
            y = first - row * (first - last) / (places - 1)
            line.shift((y - line.find("=", 0).get_y()) * UP)

    def clear_first(self) -> list[Any]:
        """The first line leaves, if the second is to take its place."""
        return [FadeOut(self.lines[0], rate_func=early)] if self.is_short else []

    def dim_first(self) -> list[Any]:
        """The first line is taken back when the third comes, unless it has left."""
        return [] if self.is_short else [self.lines[0].animate.deemphasise()]

    def _shrink(self, height: float) -> None:
        """Make every line fit into so many units."""
        over = max(line.height / height for line in self.lines)
        for line in self.lines:
            line.scale(1 / max(over, 1.0))


def _above(line: Formula) -> float:
    return float(line.get_top()[1] - line.find("=", 0).get_y())


def _below(line: Formula) -> float:
    return float(line.find("=", 0).get_y() - line.get_bottom()[1])
