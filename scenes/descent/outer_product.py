"""The gradient of all weights: the outer product of errors and inputs, as coloured cells."""

from manim import DOWN, LEFT, UP, Animation, FadeIn, LaggedStart, VGroup
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Transposed, Vector
from softmax_explained.core.formulas.symbols import vector_a, vector_y
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.charts.heatmap import HeatMap

GAP = 0.25  # Manim units between symbols, headings and cells
WIDEST, HIGHEST = 2.0, 0.85  # maximum size of a cell in Manim units
LOWEST = 0.4  # lower cells than this, in Manim units, have no numbers
LEAST = 0.05  # the smallest absolute value with full colour

with evaluate(False):
    ERRORS, INPUTS = vector_a - vector_y, Transposed(Vector("x"))


class OuterProduct(VGroup):
    """K rows of M cells, the slopes, below the M inputs and beside the K errors, each with its symbol."""

    def __init__(self, solution: Solution, region: Region) -> None:
        K, M = solution.K, solution.M
        errors, inputs = Formula(ERRORS), Formula(INPUTS)
        wide = min(WIDEST, (region.width - errors.width - 2 * GAP) / (M + 1))
        high = min(HIGHEST, (region.height - GAP) / (K + 1))
        errors_full, full = (max(LEAST, float(abs(each).max())) for each in (solution.gradient, solution.dW))
        column = HeatMap([[solution[f"g[{k}]"]] for k in range(K)], cell=wide, height=high, full=errors_full)
        row = HeatMap([[solution[f"x[{m}]"] for m in range(M)]], cell=wide, height=high)
        slopes = [[solution[f"dW[{k},{m}]"] for m in range(M)] for k in range(K)]
        self.products = HeatMap(slopes, cell=wide, height=high, full=full)
        if high < LOWEST:
            for table in (column, row, self.products):
                table.numbers.remove(*table.numbers)
        column.next_to(self.products, LEFT, buff=GAP)
        row.next_to(self.products, UP, buff=GAP)
        errors.next_to(column, LEFT, buff=GAP)
        inputs.next_to(row, LEFT, buff=GAP)
        self.heads = VGroup(column, row, errors, inputs)
        super().__init__(self.heads, self.products)
        region.place(self)

    def appear(self) -> Animation:
        """Fade in the errors, then the inputs."""
        column, row, errors, inputs = self.heads
        return LaggedStart(FadeIn(column, errors), FadeIn(row, inputs, shift=0.3 * DOWN), lag_ratio=0.5)

    def fill(self) -> Animation:
        """Fade in row after row, from above."""
        rows = [self.products.row(k) for k in range(len(self.products.cells))]
        return LaggedStart(*[FadeIn(row, shift=0.25 * DOWN) for row in rows], lag_ratio=0.4)
