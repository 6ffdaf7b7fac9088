"""The slices of the strip as bars on one baseline: growth, what every segment gives up, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import DOWN, LEFT, RIGHT, UP, Line, Mobject, VGroup
from sympy import Expr, evaluate

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.derivations.gradient import sum_not_i
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.stage import Box, Formula, Readout, Region, Words, line, point
from softmax_explained.stage.text.label_layout import spread, under_columns

LABEL = 1.4  # Manim units over the bars, or under them, for a formula and a number
OVER = 1.2  # over the bars that hang from the baseline, for a class name and words over it
LONGEST = 2.4  # Manim units: width of a class name that is wider than its column, at most
NAME_GAP = 0.3  # Manim units from the stacked bars to what they are
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
        names: K class names; those that fit stand over the bars that hang from the baseline.

    Attributes:
        baseline: from end to end.
        net: a_i(1 − a_i).
        taxes: the bars of the other classes by class, which hang from the baseline.
        classes: the names over them, by class.
        pile: the same bars one under another, below the ground; together they are as high as the net bar.
        stacked_net: the net bar over the pile, on the ground.
        ground: the line between both.
        names: what they are, beside them.
    """

    def __init__(self, solution: Solution, region: Region, names: Sequence[Words]) -> None:
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
        columns = rest.columns(*[1] * len(others))
        places = zip(others, columns, strict=True)
        self.taxes = {k: _bar(place, zero - parts[k] * height, zero, "minus") for k, place in places}
        written = under_columns(
            [names[k] for k in others], columns, priority={others.index(solution.t)}, lines=1
        )
        for n, name in written.items():
            if name.lines > 1:  # it would reach into the bars
                name.fit_width(min(rest.width, LONGEST), lines=1)
                spread({n: name}, {n: columns[n].x}, rest.left, rest.right, gap=0.0)
        self.classes = {others[n]: name.stand_on(zero + NEAR) for n, name in written.items()}
        self._stack(parts, region)

    def _stack(self, parts: Mapping[int, float], region: Region) -> None:
        """What is left over the ground, and all that is paid under it, with their names at the right."""
        sizes = _sizes(region)[0], "least_formula"
        pays = TAX if len(parts) == 1 else ALL_TAXES  # the pile is the sum of its bars
        width = min(2 * WIDEST, 0.3 * region.width)
        for size in sizes:
            self.names = VGroup(Formula(NET, role="a", size=size), Formula(pays, role="minus", size=size))
            if width + NAME_GAP + self.names.width <= region.width:
                break
        together = width + NAME_GAP + float(max(name.width for name in self.names))
        left = max(region.left, region.x - together / 2)
        tall = (region.height - 0.2) / 2
        foot = region.bottom + 0.1 + tall
        self.ground = _baseline(region, foot)
        self.stacked_net = Box(left, foot, left + width, foot + tall, colour="a")
        for name, y in zip(self.names, (foot + tall / 2, foot - tall / 2), strict=True):
            name.move_to(point(0, y)).align_to(point(left + width + NAME_GAP), LEFT)
            name.shift(min(0.0, region.right - float(name.get_right()[0])) * RIGHT)
        self.pile = dict[int, Box]()
        for k, part in parts.items():
            end = foot - part * tall
            self.pile[k] = Box(left, min(end + 0.02, foot - 0.005), left + width, foot, colour="minus")
            foot = end

    def name_net(self, name: Words, quantity: Quantity) -> VGroup:
        """The name of the class that gains, over its bar, and between them how much."""
        number = Readout(quantity, size=_sizes(self.region)[1], colour="a", signed=True)
        number.next_to(self.net, UP, buff=NEAR)
        name.fit_width(LONGEST, lines=1).next_to(number, UP, buff=NEAR)
        for each in (number, name):
            spread({0: each}, {0: float(self.net.get_x())}, self.region.left, self.region.right, gap=0.0)
        return VGroup(number, name)

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
        """Put something over the name of class `k`, where a gain would be, clear of the net bar."""
        foot = float(self.classes[k].get_top()[1]) if k in self.classes else self.zero
        mobject.next_to(point(float(self.taxes[k].get_x()), foot), UP, buff=NEAR)
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


def _baseline(region: Region, y: float) -> Line:
    return line(point(region.left, y), point(region.right, y))


def _bar(column: Region, bottom: float, top: float, colour: str) -> Box:
    half = min(WIDEST, 0.8 * column.width) / 2
    return Box(column.x - half, min(bottom, top - FLATTEST), column.x + half, top, colour=colour)
