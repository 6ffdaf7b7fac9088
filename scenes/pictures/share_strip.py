"""The shares as a strip on a ruler from 0 to 1, and the white strip of e^z that it is a strip of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import LEFT, RIGHT, Animation, ReplacementTransform, Transform, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import S
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.stage import Box, Formula, Readout, Region, Ruler, Strip, Words, line, point, style
from softmax_explained.stage.charts.segment_tags import LEADER, SegmentTags

RULER, FIGURES = (
    0.14,
    0.62,
)  # Manim units from the strip down to its ruler, and from there to below its figures
NAME_AND_NUMBER = 0.88  # height of a tag over the strip in Manim units
BRACKET, LETTER = 0.2, 0.18  # Manim units from the white strip up to its bracket, and from there to its S
BESIDE_LETTER = 0.3  # Manim units from S to its number
FLATTEST = 0.5  # least height of a strip in Manim units

Shares = NDArray[np.float64]


class ShareStrip(VGroup):
    """K segments a_k end to end on a ruler from 0 to 1, each with its name and its number.

    Where a segment is too narrow for its tag, the tag is over the strip on a leader line. At a share of 0
    nothing is seen of a segment, and its tag leads to the place where it would be; at 1 there is one segment.

    Args:
        solution: whose shares they are.
        names: K names.
        region: of tags, strip and ruler; the strip is as wide as it.
        height: of the strip in Manim units; as much as fits if not given.
        narrowest: (K,) the least shares while the strip is live, so that no tag changes its place then.
        size: of the numbers.
        shares: (K,) others than the solution's, to begin with.
        gap: Manim units from the strip down to its ruler.

    Attributes:
        strip: the segments.
        ruler: from 0 to 1.
        tags: names and numbers.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        region: Region,
        *,
        height: float | None = None,
        narrowest: Shares | None = None,
        size: str = "number",
        shares: Shares | None = None,
        gap: float = RULER,
    ) -> None:
        self.solution = solution
        values = [Readout(solution[f"a[{k}]"], size=size, colour="a") for k in range(solution.K)]
        over = LEADER + NAME_AND_NUMBER
        room = region.height - gap - FIGURES - over
        thick = max(FLATTEST, min(room, height or room))
        base = region.y - (thick + over + gap + FIGURES) / 2 + gap + FIGURES
        a = solution.a if shares is None else shares
        self.strip = Strip(a, left=region.left, y=base + thick / 2, unit=region.width, height=thick)
        self.tags = SegmentTags(
            names,
            values,
            self.strip,
            left=region.left,
            right=region.right,
            narrowest=narrowest,
            priority={solution.i, solution.t},
        )
        self.ruler = Ruler(left=region.left, right=region.right, y=base - gap)
        if not self.tags.outside:
            for part in (self.strip, self.ruler):  # nothing is over the strip: it goes to the middle
                part.shift(point(0, over / 2))
            self.strip.y += over / 2
            self.tags.align()
        super().__init__(self.strip, self.ruler, self.tags)

    @property
    def region(self) -> Region:
        """The rectangle of the segments alone."""
        strip = self.strip
        return Region(strip.left, strip.bottom, strip.left + strip.unit, strip.top)

    def light(self, *lit: int) -> list[Animation]:
        """Show some segments in full colour and the others less opaque; all if none is given."""
        return light(self.strip, *lit)

    def follow_scores(self, z: Callable[[], Shares]) -> Self:
        """Show the shares of the scores `z()`, with their numbers, in every frame until `settle`."""
        self.strip.follow(lambda: softmax(z()))
        self.tags.follow(lambda: self.strip.lengths)
        return self

    def settle(self) -> Self:
        """Stop following and show the solution's shares exactly."""
        self.strip.clear_updaters(recursive=False)
        self.strip.draw(self.solution.a)
        self.tags.settle()
        return self

    def turn_into(self, other: ShareStrip) -> list[Animation]:
        """The animations that carry the strip to the place of another one, which replaces it."""
        pairs = (self.strip, other.strip), (self.ruler, other.ruler)
        return [*[ReplacementTransform(*pair) for pair in pairs], *self.tags.turn_into(other.tags)]

    def ghost(self, *, below: float = 0.06, height: float = 0.14) -> VGroup:
        """The segments as they are now, low and dim, right under the strip, to compare with later."""
        top, dim = self.strip.bottom - below, style().dim("a")
        spans = self.strip.spans
        return VGroup(*[Box(start, top - height, end, top, colour="a", opacity=dim) for start, end in spans])


class LengthStrip(VGroup):
    """K white pieces e^z_k end to end, under a bracket named S as long as all of them.

    The lengths are those of e^(z − shift), so that none overflows. A piece of which nothing can be seen is a
    hairline.

    Args:
        solution: whose scores they are.
        left: x of the left end.
        y: y of the middle.
        unit: Manim units per length of 1.
        height: of the strip in Manim units.
        lengths: (K,) others than the solution's, to begin with.

    Attributes:
        strip: the pieces.
        bracket: over all of them.
        letter: S over the bracket.
        equals: "=" after it, which is shown with the number of S.
    """

    def __init__(
        self,
        solution: Solution,
        *,
        left: float,
        y: float,
        unit: float,
        height: float,
        lengths: Shares | None = None,
    ) -> None:
        e = solution.e if lengths is None else lengths
        self.solution = solution
        self.strip = Strip(e, left=left, y=y, unit=unit, height=height, colour="ink")
        self.bracket, self.letter, self.equals = VGroup(), Formula(S), Formula(Word("="))
        self.align()
        super().__init__(self.strip, self.bracket, self.letter)

    def align(self, total: float | None = None) -> Self:
        """Put the bracket and its letter over the strip as it is now, or over another total of lengths."""
        strip = self.strip
        right = strip.right if total is None else strip.left + strip.unit * total
        y, ends = strip.top + BRACKET, (strip.left, right)
        corners = point(ends[0], y - 0.1), point(ends[0], y), point(ends[1], y), point(ends[1], y - 0.1)
        self.bracket.submobjects = [line(start, end, colour="ink") for start, end in pairwise(corners)]
        self.letter.move_to(point((ends[0] + ends[1]) / 2, y + LETTER + self.letter.height / 2))
        return self

    def write_total(self, total: Readout, *, within: Region) -> None:
        """Put "=" and the number of S beside its letter; where it would leave a region, all move to the left.

        The sign comes and goes with the number: it is no part of the strip.
        """
        self.equals.next_to(self.letter, RIGHT, buff=BESIDE_LETTER).stand_on(self.letter.baseline)
        total.next_to(self.equals, RIGHT, buff=BESIDE_LETTER)
        over = max(0.0, float(total.get_right()[0]) - within.right)
        VGroup(self.letter, self.equals, total).shift(over * LEFT)

    def follow(self, lengths: Callable[[], Shares]) -> Self:
        """Show `lengths()`, with the bracket, in every frame until `settle`."""
        self.strip.follow(lengths)
        return self.add_updater(lambda _: self.align())

    def settle(self, lengths: Shares | None = None) -> Self:
        """Stop following and show the solution's lengths, or others."""
        self.clear_updaters(recursive=False)
        self.strip.clear_updaters(recursive=False)
        self.strip.draw(self.solution.e if lengths is None else lengths)
        return self.align()

    def turn_into(self, other: LengthStrip) -> list[Animation]:
        """The animations that carry the strip to the place of another one, which replaces it."""
        pairs = zip(self.submobjects, other.submobjects, strict=True)
        return [ReplacementTransform(*pair) for pair in pairs]


def light(strip: Strip, *lit: int, dim: float = 0.62) -> list[Animation]:
    """Show some segments in full colour and the others less opaque; all in full colour if none is given."""
    opacities = [1.0 if not lit or k in lit else dim for k in range(len(strip.boxes))]
    return [
        Transform(box, box.copy().set_fill(opacity=opacity))
        for box, opacity in zip(strip.boxes, opacities, strict=True)
    ]
