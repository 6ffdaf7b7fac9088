"""Labels of a nudged strip: shares on its segments, and below it what two of them give up."""

from collections.abc import Iterator

from manim import DOWN
from sympy import Eq, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a, dz, i, j
from softmax_explained.core.quantities.substitution import with_numbers
from softmax_explained.stage import Box, Formula, NudgedStrip, Readout, TypesetText, point, style
from softmax_explained.stage.text.label_layout import spread

SMALLEST = 0.65  # minimum scale of a formula
APART = 0.4  # Manim units between two labels, twice as much as between a label and the end of the unit strip


def shares_on(strip: NudgedStrip, solution: Solution) -> dict[int, TypesetText]:
    """Label every segment that is wide enough with its share; the labels move with the segments.

    Returns:
        The labels by class; that of the focus class is an equation for a_i if it fits.
    """
    labels = dict[int, TypesetText]()
    for k in range(solution.K):
        place = strip.segment(k)
        start, end = strip.spans[place]
        space = 0.8 * (end - start)
        ways = (each for each in _ways_to_say(solution, k) if _least(each) * each.width <= space)
        if label := next(ways, None):
            labels[k] = label.fit_width(space).move_to(point(0, strip.y))
            strip.carry(place, label)
    return labels


def taxes_under(strip: NudgedStrip, other: Box, own: Box) -> tuple[Formula, Formula]:
    """Label the slivers that segments j and i give up with −a_j a_i dz and −a_i² dz, below them."""
    with evaluate(False):
        names = Formula(-a[j] * a[i] * dz, role="minus"), Formula(-(a[i] ** 2) * dz, role="minus")
    slivers = dict(enumerate(sorted((other, own), key=lambda sliver: float(sliver.get_x()))))
    named = {n: names[0] if sliver is other else names[1] for n, sliver in slivers.items()}
    for n, name in named.items():
        name.next_to(slivers[n], DOWN, buff=0.2)
    places = {n: float(sliver.get_x()) for n, sliver in slivers.items()}
    spread(named, places, strip.left, strip.one - APART / 2, gap=APART)
    names[1].stand_on(names[0].baseline)
    return names


def _least(label: TypesetText) -> float:
    """The minimum scale of a label."""
    return SMALLEST if isinstance(label, Formula) else style().size("least") / label.em


def _ways_to_say(solution: Solution, k: int) -> Iterator[TypesetText]:
    """The labels of a share, longest first."""
    if k == solution.i:
        with evaluate(False):
            named = Eq(a[i], with_numbers(a[i], solution, {i: k}))
        yield Formula(named, role="ground")
    yield Readout(solution[f"a[{k}]"], size="body", colour="ground")
