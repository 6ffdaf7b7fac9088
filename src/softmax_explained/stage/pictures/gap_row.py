"""The terms of a sum as a row of tiles, one a class, with a gap where one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from manim import Animation, DashedVMobject, FadeIn, VGroup
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.symbols import a, y
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region
from softmax_explained.stage.pictures.box import Box
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Words

WIDEST_TILE = 2.2
"""In Manim's units."""


class GapRow(VGroup):
    """K tiles side by side over the names of the classes; the tile of one class is an empty, dashed place.

    Args:
        terms: K formulas, one a class.
        names: K names.
        gap: the class whose term is missing.
        region: where the row stands; it takes the middle of it.

    Attributes:
        tiles: the K boxes, the one at the gap only a dashed outline.
        missing: the term that belongs into the gap, in its place; it is not part of the row.
        names: the K names, on one baseline.
    """

    def __init__(self, terms: Sequence[Formula], names: Sequence[Words], *, gap: int, region: Region) -> None:
        count = len(terms)
        width = min(WIDEST_TILE, region.width / count)
        left = region.x - width * count / 2
        height = region.height - 0.6
        self.tiles, self.names = VGroup(), VGroup(*names)
        for k, (term, name) in enumerate(zip(terms, names, strict=True)):
            start = left + k * width
            box = Box(start + 0.05, region.top - height, start + width - 0.05, region.top, colour="panel")
            box.set_z_index(-2).set_stroke(style().colour("quiet"), style().stroke("thin"))
            if k == gap:
                self.lid = box
                place = box.copy().set_fill(opacity=0)
                self.tiles.add(DashedVMobject(place, num_dashes=round(2 * (width + height) / 0.24)))
            else:
                self.tiles.add(box)
            term.fit_width(0.82 * width).move_to(box)
            name.fit_width(0.92 * width).move_to(box).stand_on(region.bottom + 0.12)
        self.missing = terms[gap]
        shown = VGroup(*[term for k, term in enumerate(terms) if k != gap])
        super().__init__(self.tiles, shown, self.names)

    @classmethod
    def of(cls, solution: Solution, names: Sequence[Words], region: Region) -> Self:
        """Lay out the terms y_k a_i of all classes; that of the focus class itself is missing."""
        with evaluate(False):
            terms = [Formula(y[k + 1] * a[solution.i + 1]) for k in range(solution.K)]
        return cls(terms, names, gap=solution.i, region=region)

    def close(self) -> Animation:
        """The tile of the missing term becomes like the others."""
        return FadeIn(self.lid)
