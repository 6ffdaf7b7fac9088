"""The formula of a share grows out of the white strip and the sum under it."""

from __future__ import annotations

from typing import Any

from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Transform,
    VGroup,
)
from sympy import Eq, Pow, evaluate, exp

from softmax_explained.core.formulas.symbols import DEFINITIONS, S, a, i, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_strip import LengthStrip, ShareStrip, light
from softmax_explained.scenes.softmax.layout import strip_sum_formula
from softmax_explained.scenes.softmax.sum_line import SumLine
from softmax_explained.stage import Formula, TransformFormula, glow, style
from softmax_explained.stage.charts.segment_labels import SegmentLabels
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.text import BELOW_MIDDLE

UNFOLD = 0.6  # seconds in which S becomes the sum
NARROWEST = 0.08  # Manim units: a narrower piece cannot be seen to be lit


class FormulaFromStrip:
    """A white strip, the sum under it, and a_i = e^z_i/Σ e^z_j below.

    Args:
        chapter: whose lesson and stage are used.

    Attributes:
        white: the strip.
        names: of the classes whose pieces have room for theirs.
        line: the sum.
        short: the formula with S, of which the numerator is shown first.
        formula: the formula with the sum.
    """

    def __init__(self, chapter: Chapter) -> None:
        self._solution = sol = chapter.solution
        self.line = SumLine(sol.K, sol.i, chapter.stage)
        place, below, region = strip_sum_formula(chapter.stage, self.line.height)
        below.place(self.line)
        unit = place.width / sol.S
        self.white = LengthStrip(sol, left=place.left, y=place.y, unit=unit, height=place.height)
        words = [chapter.class_name(k).set_fill(style().colour("ground")) for k in range(sol.K)]
        strip = self.white.strip
        self.names = SegmentLabels(words, strip, y=strip.y - BELOW_MIDDLE * words[0].em)
        with evaluate(False):
            self.short = region.place(Formula(Eq(a[i], exp(z[i]) / S), size="result"))
        self.formula = region.place(Formula(DEFINITIONS["a"], size="result"))
        self.short.align_at(self.formula).hidden()

    def symbols(self, shares: ShareStrip, total: SumLine) -> list[Animation]:
        """The strip of shares is white again; beside it stands what the formula begins with."""
        return [
            ReplacementTransform(shares.strip, self.white.strip),
            FadeOut(shares.ruler, shares.tags, rate_func=early),
            FadeIn(self.white.bracket, self.white.letter, rate_func=late),
            ReplacementTransform(total, self.line),
            FadeIn(self.names, rate_func=late),
            *self.short.reveal(a[i], "="),
        ]

    def top(self) -> list[Animation]:
        """The length of piece i appears in the numerator, on its bar."""
        bar: Any = _bar(self.short).animate.set_fill(opacity=1)
        return [*self.light(self._solution.i), *self.short.reveal(exp(z[i])), bar]

    def bottom(self) -> list[Animation]:
        """The length of the whole strip appears under the bar."""
        whole = Indicate(self.white.letter, color=style().colour("ink"))
        return [*self.light(), whole, *self.short.reveal(S)]

    def unfold(self) -> list[Animation]:
        """S is written as the sum that it is; all else stays."""
        bar = Transform(_bar(self.short).copy(), _bar(self.formula).copy(), remover=True)
        return [TransformFormula(self.short, self.formula, run_time=UNFOLD), bar]

    def light(self, *classes: int) -> list[Animation]:
        """Show some pieces in full colour and the others less opaque; all if none is given.

        Pieces that cannot be seen do not dim the others: the whole strip would be dim.
        """
        widths = [end - start for start, end in self.white.strip.spans]
        return light(self.white.strip, *(classes if sum(widths[k] for k in classes) > NARROWEST else ()))

    def glow_at_own(self) -> VGroup:
        """Glows behind the two places where z_i is."""
        own: Any = self.line.light(self._solution.i)
        return VGroup(*own, glow(self.formula.find(exp(z[i])), margin=0.1))

    def glow_at_others(self) -> VGroup:
        """Glows behind the terms of the other classes; a group for each class, empty without a term."""
        return VGroup(*[self.line.light(k) for k in self._others])

    def sweep(self, glows: VGroup) -> Animation:
        """The pieces of the other classes join that of i, one by one, with the glows of their terms."""
        pieces = self.light()
        joining = zip(self._others, glows, strict=True)
        return LaggedStart(*[AnimationGroup(pieces[k], FadeIn(each)) for k, each in joining], lag_ratio=0.4)

    @property
    def _others(self) -> list[int]:
        """The classes but for i."""
        return [k for k in range(self._solution.K) if k != self._solution.i]


def _bar(formula: Formula) -> VGroup:
    """The bar of the fraction at the right of a formula."""
    fraction = formula.expr.rhs
    inside = {id(glyph) for part in fraction.args for glyph in _part(formula, part)}
    return VGroup(*[glyph for glyph in formula.find(fraction) if id(glyph) not in inside])


def _part(formula: Formula, factor: Any) -> VGroup:
    """The glyphs of a factor, or of what stands below the bar."""
    return formula.find(factor.base if isinstance(factor, Pow) else factor)
