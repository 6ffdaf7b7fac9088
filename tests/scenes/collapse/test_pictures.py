"""The pictures the collapse is told with: slopes, tiles, tables, a matrix product."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.matrix_product import MatrixProduct
from softmax_explained.stage.charts.tangent_plots import flat_plot, steep_plot
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.shapes.table import Grid
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

SOLUTION = solve(default_lesson())
TEN = solve(Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10))
REGION = Region(-6.4, -2.2, 6.4, 0.6)


def test_the_two_links_are_drawn_to_one_scale_so_that_steep_looks_steep() -> None:
    for picture, slope in (
        (steep_plot(SOLUTION, REGION), -1 / SOLUTION.a[SOLUTION.t]),
        (flat_plot(SOLUTION, REGION), SOLUTION.J[SOLUTION.t, SOLUTION.i]),
    ):
        across, up, _ = picture.tangent[0].get_end() - picture.tangent[0].get_start()
        assert up / across == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("gap", [0, 2])
def test_a_row_with_a_gap_shows_every_term_but_the_missing_one(gap: int) -> None:
    terms = [Formula(y[k] * a[i]) for k in (1, 2, 3)]
    row = ErrorRow(terms, [Words(name) for name in "pqr"], gap=gap, region=REGION)
    shown = [term for term in terms if term in row.get_family()]
    assert shown == [term for k, term in enumerate(terms) if k != gap]
    assert row.missing.get_center() == pytest.approx(row.lid.get_center())


def test_cells_of_a_row_stand_on_one_baseline() -> None:
    rows = [[Words("gap"), Formula(y[i])], [Words("axe"), Formula(a[i])]]
    table = Grid(rows, REGION, parts=(1, 1))
    for number, row in enumerate(rows):
        assert [cell.baseline for cell in row] == pytest.approx([table.baseline(number)] * 2)


@pytest.mark.parametrize("solution", [SOLUTION, TEN], ids=["three", "ten"])
def test_the_rows_of_the_matrix_product_are_those_of_the_transposed_jacobian(solution: object) -> None:
    picture = MatrixProduct(solution, Region(-6.4, -3.25, 6.4, 1.0))  # type: ignore[arg-type]
    for row in range(len(picture.heat.cells)):
        assert picture.slopes.entries[row].get_y() == pytest.approx(picture.heat.cells[row].get_y(), abs=0.1)
        assert picture.turned[row].get_x() == pytest.approx(picture.heat.cells[0][row].get_x(), abs=0.02)
    if len(picture.heat.numbers):
        keys = [[number.quantity.key for number in row] for row in picture.heat.numbers]
        assert keys == [[f"J[{j},{i}]" for j in range(3)] for i in range(3)]
