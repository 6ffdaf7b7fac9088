"""The product of two shares as a rectangle, and their prices on each other: why a price is a logarithm."""

from __future__ import annotations

import math
from itertools import pairwise

from manim import DL, DOWN, LEFT, RIGHT, Animation, FadeIn, GrowFromPoint, VGroup
from sympy import evaluate, log

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import p, q
from softmax_explained.stage import Box, Formula, Region, line, point, style, tick_label
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.shapes.members import members

P, Q = 0.62, 0.5  # the two shares as drawn; any would do
PANEL, GAP, SIDE = (
    0.28,
    0.3,
    0.2,
)  # Manim units: within the card, between its rows, from a picture to its letter
APART = 0.12  # Manim units between two prices in a row
TO_ONE = 0.12  # Manim units from a side of the square to its figure
THICK, THIN = 0.9, 0.45  # thickness of upright and of lying bars of prices in Manim units
NARROW = 4.2  # greatest width in Manim units of a card in which the bars lie
TALLEST = 3.2  # greatest height of the rectangle and of the bars in Manim units


class ProductCard(VGroup):
    """A card with the rectangle p × q, the prices −ln p and −ln q on each other, and their equation.

    Args:
        region: of the card; it fills it.

    Attributes:
        panel: the ground of the card.
        square: of side 1, with that figure at two of its sides.
        sides: p and q, along two of its sides.
        area: p q.
        bars: the two prices, the second on the first.
        prices: −ln p and −ln q, beside the bars.
        line: −ln(p q) = −ln p − ln q.
    """

    def __init__(self, region: Region) -> None:
        self.panel = Box(*region.edges, colour="panel")
        inner = region.inset(PANEL, PANEL)
        self.line = Formula(DERIVATIONS["price_adds"].equations[0])
        self.line.fit_width(inner.width)
        foot = self.line.height
        body, bottom = inner.rows(inner.height - foot - GAP, foot, gap=GAP)
        bottom.place(self.line)
        with evaluate(False):
            self.prices = VGroup(Formula(-log(p)), Formula(-log(q)))
        self._upright = inner.width > NARROW
        if self._upright:
            stack = THICK + SIDE + max(price.width for price in self.prices)
            first, second = body.columns(body.width - stack - GAP, stack, gap=GAP)
        else:
            stack = THIN + SIDE + self.prices[0].height
            first, second = body.rows(body.height - stack - GAP, stack, gap=GAP)
        self._rectangle(first)
        self._stack(second)
        super().__init__(self.panel, self.square, self.area, self.sides, self.bars, self.prices, self.line)

    def open(self) -> list[Animation]:
        """Show the card with the two shares along the sides of the square."""
        return [FadeIn(part) for part in (self.panel, self.square, self.sides)]

    def multiply(self) -> list[Animation]:
        """Span the rectangle by the two shares."""
        return [GrowFromPoint(self.area, self.area.get_corner(DL))]

    def add_prices(self) -> list[Animation]:
        """Put the two prices on each other."""
        return [
            *[GrowBar(bar, DOWN if self._upright else LEFT) for bar in self.bars],
            *[FadeIn(price) for price in self.prices],
        ]

    def write(self) -> list[Animation]:
        """Write the line that makes a product of shares a sum of prices."""
        return [FadeIn(self.line)]

    def _rectangle(self, region: Region) -> None:
        """A unit square, and in it p × q."""
        with evaluate(False):
            letters = Formula(p), Formula(q), Formula(p * q)
        ones = tick_label(1), tick_label(1)  # over the square and right of it
        below, beside = letters[0].height + SIDE, letters[1].width + SIDE
        over, behind = ones[0].height + TO_ONE, ones[1].width + TO_ONE
        side = min(region.width - beside - behind, region.height - below - over, TALLEST)
        x = region.x - (side + beside + behind) / 2 + beside
        y = region.y - (side + below + over) / 2 + below
        corners = [point(x + side * across, y + side * up) for across, up in _CORNERS]
        ones[0].move_to(point(x + side / 2, y + side + TO_ONE + ones[0].height / 2))
        ones[1].move_to(point(x + side + TO_ONE + ones[1].width / 2, y + side / 2))
        self.square = VGroup(*[line(*pair) for pair in pairwise(corners)], *ones)
        width, height = side * P, side * Q
        self.area = VGroup(Box(x, y, x + width, y + height, colour="a"))
        within = letters[2].scale(min(1.0, 0.9 * width / letters[2].width)).move_to(self.area)
        self.area.add(within.set_fill(style().colour("ground")))
        edges = [line(point(x, y), point(x + width, y)), line(point(x, y), point(x, y + height))]
        self.sides = VGroup()
        for edge, letter, way in zip(edges, letters[:2], (DOWN, LEFT), strict=True):
            edge.set_stroke(style().colour("a"), style().stroke("thick"))
            letter.set_fill(style().colour("a")).next_to(edge, way, buff=SIDE)
            self.sides.add(VGroup(edge, letter))

    def _stack(self, region: Region) -> None:
        """The two prices as bars on each other, or behind each other in a narrow card."""
        heights = -math.log(P), -math.log(Q)
        most = min(region.height, TALLEST) if self._upright else region.width
        unit, start = most / sum(heights), 0.0
        self.bars = VGroup()
        for height, price in zip(heights, members(self.prices, Formula), strict=True):
            end = start + unit * height
            if self._upright:
                foot = region.y - most / 2
                edges = region.left, foot + start + 0.02, region.left + THICK, foot + end - 0.02
            else:
                top = region.top
                edges = region.left + start + 0.02, top - THIN, region.left + end - 0.02, top
            bar = Box(*edges, colour="C")
            self.bars.add(bar)
            if not self._upright:  # two prices in a row, each no wider than its bar
                least = style().size("least_formula") / price.em
                price.scale(min(1.0, max(least, (bar.width - APART) / price.width)))
            price.next_to(bar, RIGHT if self._upright else DOWN, buff=SIDE)
            start = end


_CORNERS = (0, 0), (1, 0), (1, 1), (0, 1), (0, 0)
