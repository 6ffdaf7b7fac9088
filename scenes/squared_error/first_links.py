"""One row of the comparison of losses: the derivative of a loss, that of softmax, and their product."""

from manim import LEFT
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Paren
from softmax_explained.stage import Formula, Region, Words
from softmax_explained.stage.charts.tangent_plots import FLAT, STEEP, Factor, TangentPlot, softmax_factor

SHARES, SCORES = 1.2, 1.8  # lengths of the axes of shares and scores, in shares, scores and Manim units
FLAT_HEIGHT = 1.0  # height of the softmax plot: shares from 0 to 1
BEFORE, BETWEEN = 0.8, 1.35  # Manim units for letters before the first axes, and between the plots
TANGENT = 1.1  # length of a tangent in Manim units
PATH_LEFT_OVER = DERIVATIONS["other_path"].equations[-1].rhs


class FirstLinks:
    """The name of a loss, the plots of its derivative and of that of softmax, and the product of both.

    Args:
        solution: gives the plots.
        first: the derivative of the loss.
        name: of the loss.
        regions: of the name, the two plots and the product.
    """

    def __init__(
        self, solution: Solution, first: Factor, name: Words, regions: tuple[Region, Region, Region]
    ) -> None:
        head, plots, line = regions
        self.name = head.place(name.fit_width(head.width), LEFT)
        with evaluate(False):
            slope = Paren(STEEP) if first.formula == STEEP else first.formula
            self.product = line.place(Formula(slope * FLAT), LEFT)
        left = plots.x - min(BEFORE + SHARES + BETWEEN + SCORES + 0.6, plots.width) / 2 + BEFORE
        low, height = plots.bottom + 0.15, plots.height - 0.3
        region = Region(left, low, left + SHARES, low + height)
        self.first = _plot(first, 0.0, SHARES, max(height, 1.6 * first.f(first.at)), region)
        second, left, low = softmax_factor(solution), left + SHARES + BETWEEN, plots.y - FLAT_HEIGHT / 2
        region = Region(left, low, left + SCORES, low + FLAT_HEIGHT)
        self.flat = _plot(second, second.at - SCORES / 2, second.at + SCORES / 2, 1.0, region)


def _plot(factor: Factor, start: float, end: float, top: float, region: Region) -> TangentPlot:
    plot = TangentPlot(
        factor, x=(start, end), y=(0.0, top), region=region, length=TANGENT, gaps=(0.12, 0.2), clip=True
    )
    plot.remove(plot.formula)
    return plot
