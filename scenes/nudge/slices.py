"""The slices of the strip as bars on one baseline: growth, what every segment gives up, what is left."""

from __future__ import annotations

from manim import DOWN, UP, Mobject, VGroup
from sympy import Expr, evaluate

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.derivations.gradient import sum_not_i
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.stage import Box, Formula, Readout, Region, line, point
from softmax_explained.stage.text.label_layout import spread

LABEL = 1.4  # Manim units over the bars, or under them, for a formula and a number
OVER = 0.75  # over the bars that hang from the baseline, for words
NARROW = 5.6  # Manim units: in a region narrower than this, labels are smaller
GAP = 0.3  # Manim units between the columns of the bars
WIDEST = 1.3  # Manim units: width of a bar
NEAR = 0.14  # Manim units from a bar to its label
FLATTEST = 0.02  # Manim units: height of a bar of which nothing would be seen

with evaluate(False):
    GROWTH, OWN_TAX, NET, TAX = a[i], -(a[i] ** 2), a[i] * (1 - a[i]), -a[i] * a[j]
    ALL_TAXES = -sum_not_i(a[i] * a[j])


class OwnBars:
    """Per unit of dz: a_i, beside it −a_i² hung from its top, then what is left, a_i(1 − a_i).

    At a share near 0 the tax is flat and near 1 what is left; the labels say how much it is.

    Args:
        solution: the numbers.
        region: of the bars and their labels.

    Attributes:
        baseline: from end to end.
        growth, tax, net: the bars.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        unit = region.height - LABEL - 0.1  # height of a_i
        zero, lack = region.bottom + 0.1, 1 - float(solution.a[solution.i])
        self.region = region
        self.baseline = _baseline(region, zero)
        # the label of the third bar stands beside the tax, so its column is as wide as the label
        bars, name = region.width - 2 * GAP, Formula(NET, size=_sizes(region)[0])
        widest = max(2.1 / 5.1 * bars, float(name.width) + 0.05)
        first, second, third = region.columns(*[(bars - widest) / 2] * 2, widest, gap=GAP)
        self.growth = _bar(first, zero, zero + unit, "growth")
        self.tax = _bar(second, zero + lack * unit, zero + unit, "minus")
        self.net = _bar(third, zero, zero + lack * unit, "a")

    def labels(self, growth: Quantity, tax: Quantity, net: Quantity) -> tuple[VGroup, ...]:
        """A formula and its number over each of the three bars, side by side."""
        of = (
            (GROWTH, growth, self.growth, "growth"),
            (OWN_TAX, tax, self.tax, "minus"),
            (NET, net, self.net, "a"),
        )
        labels = [_label(*each, self.region, over=True) for each in of]
        place = {n: float(bar.get_x()) for n, (_, _, bar, _) in enumerate(of)}
        spread(dict(enumerate(labels)), place, self.region.left, self.region.right, gap=0.15)
        return tuple(labels)


class OtherBars:
    """What is left of the growth, and what every other segment pays; the scale lets them fill the region.

    Args:
        solution: the numbers.
        region: of the bars and their labels.

    Attributes:
        baseline: from end to end.
        net: a_i(1 − a_i).
        taxes: the bars of the other classes by class, which hang from the baseline.
        pile: the same bars stacked on the ground; together they are as high as the net bar.
        beside: the net bar beside the pile.
        ground: the line under both.
        names: what they are, under them.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        column, i = solution.J[:, solution.i], solution.i
        others = [k for k in range(solution.K) if k != i]
        gain = float(column[i])
        parts = {k: float(-column[k]) / gain if gain > 0 else 0.0 for k in others}
        down = max(parts.values())
        height = (region.height - LABEL - OVER) / (1 + down)
        zero = region.bottom + LABEL + down * height
        self.region, self.zero = region, zero
        self.baseline = _baseline(region, zero)
        first, rest = region.columns(0.26, 0.74, gap=0.3)
        self.net = _bar(first, zero, zero + height, "a")
        places = zip(others, rest.columns(*[1] * len(others)), strict=True)
        self.taxes = {k: _bar(place, zero - parts[k] * height, zero, "minus") for k, place in places}
        size = _sizes(region)[0]
        pays = TAX if len(others) == 1 else ALL_TAXES  # the pile is the sum of its bars
        self.names = VGroup(Formula(NET, role="a", size=size), Formula(pays, role="minus", size=size))
        for name in self.names:
            name.stand_on(0)
        under = max(
            0.6, float(self.names.get_top()[1]) + NEAR
        )  # from the ground to the baseline of the names
        foot = region.bottom + max(0.8, under - float(self.names.get_bottom()[1]))
        tall = region.top - 0.6 - foot
        width = min(2 * WIDEST, 0.3 * region.width)
        left, right = region.x - width - 0.1, region.x + 0.1
        self.ground = _baseline(region, foot)
        self.beside = Box(left, foot, left + width, foot + tall, colour="a")
        middles = dict(enumerate((left + width / 2, right + width / 2)))
        spread(dict(enumerate(self.names)), middles, region.left, region.right, gap=0.3)
        for name in self.names:
            name.stand_on(foot - under)
        if self.names.width > region.width:  # no room side by side: the first stands over its bar
            net = self.names[0].next_to(self.beside, UP, buff=NEAR)
            for name, middle in zip(self.names, middles.values(), strict=True):
                spread({0: name}, {0: middle}, region.left, region.right, gap=0.0)
            net.shift(min(0.0, region.top - net.get_top()[1]) * UP)
        self.pile = dict[int, Box]()
        for k in others:
            top = foot + parts[k] * tall
            self.pile[k] = Box(right, foot, right + width, max(top - 0.02, foot + 0.005), colour="minus")
            foot = top

    def label(self, expr: Expr, quantity: Quantity, bar: Box, role: str) -> VGroup:
        """A formula and its number under a bar, and under all bars that it would cross."""
        label = _label(expr, quantity, bar, role, self.region, over=False)
        left, right = float(label.get_left()[0]), float(label.get_right()[0])
        lowest = min(
            float(each.get_bottom()[1])
            for each in (bar, *self.taxes.values())
            if each is bar or (each.get_right()[0] > left and each.get_left()[0] < right)
        )
        return label.next_to(point(float(label.get_x()), lowest), DOWN, buff=NEAR)

    def over(self, k: int, mobject: Mobject) -> Mobject:
        """Put something where class `k` would have gained something, clear of the own slice."""
        mobject.next_to(point(float(self.taxes[k].get_x()), self.zero), UP, buff=0.16)
        left = float(self.net.get_right()[0]) + 0.12
        spread({0: mobject}, {0: float(mobject.get_x())}, left, self.region.right, gap=0.0)
        return mobject


def _label(expr: Expr, quantity: Quantity, bar: Box, role: str, region: Region, *, over: bool) -> VGroup:
    sizes = _sizes(region)
    formula = Formula(expr, role=role, size=sizes[0])
    number = Readout(quantity, size=sizes[1], colour=role, signed=True)
    parts = VGroup(formula, number).arrange(DOWN, buff=0.12)
    parts.next_to(bar, UP if over else DOWN, buff=NEAR)
    spread({0: parts}, {0: float(bar.get_x())}, region.left, region.right, gap=0.0)
    return parts


def _sizes(region: Region) -> tuple[str, str]:
    """The size of a formula and of its number."""
    return ("formula", "number") if region.width >= NARROW else ("least_formula", "label")


def _baseline(region: Region, y: float) -> Mobject:
    return line(point(region.left, y), point(region.right, y))


def _bar(column: Region, bottom: float, top: float, colour: str) -> Box:
    half = min(WIDEST, 0.8 * column.width) / 2
    return Box(column.x - half, min(bottom, top - FLATTEST), column.x + half, top, colour=colour)
