"""Column i and the table of the Jacobian: right values, right signs, inside their regions for any K."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Animation, FadeIn, FadeOut
from scipy.special import softmax

from softmax_explained.core import Lesson, solve
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.stage import Readout, Region, Words, style
from softmax_explained.studio.check.thresholds import ADRIFT, PIXEL

NARROW, WIDE = Region(0, -2.4, 2.4, 2.4), Region(-3, -3, 6.5, 3)


def of_size(K: int) -> Lesson:
    return Lesson.from_logits(np.linspace(1, -1, K), [f"class {n}" for n in range(K)], [0] * (K - 1) + [1])


def names(K: int) -> list[Words]:
    return [Words(f"class {n}", size="label") for n in range(K)]


@pytest.mark.parametrize("region", [NARROW, WIDE])
@pytest.mark.parametrize("K", range(2, 11))
def test_a_full_column_says_what_scipy_gives_inside_its_slots(K: int, region: Region) -> None:
    lesson = of_size(K)
    column = SlopeColumn(solve(lesson), region, names=names(K)).put(summed=True)
    a, i = softmax(lesson.z), column.focus
    assert [sum(isinstance(text, Readout) for text in content) for content in column.contents] == [1] * K
    for k, content in enumerate(column.contents):
        for text in content:
            assert text.get_left()[0] > column.rows[k].left and text.get_right()[0] < column.rows[k].right
            assert text.em >= 0.999 * style().size("least")
            if isinstance(text, Readout):
                assert text.quantity.value == pytest.approx(a[i] * ((k == i) - a[k]))
    assert column.get_left()[0] >= region.left - 0.05 and column.get_right()[0] <= region.right + 0.05
    assert column.get_bottom()[1] >= region.bottom - 0.05 and column.get_top()[1] <= region.top + 0.05


@pytest.mark.parametrize("K", [2, 3, 10])
def test_slots_without_room_for_text_have_the_colour_of_their_sign(K: int) -> None:
    low = SlopeColumn(solve(of_size(K)), Region(0, 0, 2, 0.2 * K), brief=True).put()
    assert not any(map(len, low.contents))
    for k, slot in enumerate(low.slots):
        red, _, blue = slot.get_fill_color().to_rgb()
        assert (red > blue) == (k == low.focus)


@pytest.mark.parametrize("K", range(2, 11))
def test_cells_are_yellow_on_the_diagonal_and_purple_elsewhere(K: int) -> None:
    solution = solve(of_size(K))
    table = JacobianTable(solution, WIDE, columns=names(K), rows=names(K))
    for j, row in enumerate(table.cells):
        for i, cell in enumerate(row):
            red, _, blue = cell.get_fill_color().to_rgb()
            assert (red > blue) == (i == j)
    assert bool(len(table.numbers)) == (K <= 6)
    for j, row in enumerate(table.numbers):
        for i, number in enumerate(row):
            assert number.text[0] in ("+" if i == j else "−")
            assert number.width <= table.cells[j][i].width


@pytest.mark.parametrize("K", [2, 3, 6, 10])
def test_growth_is_on_the_diagonal_and_tax_everywhere(K: int) -> None:
    solution = solve(of_size(K))
    table = JacobianTable(solution, WIDE, columns=names(K), rows=names(K))

    def seen(moves: list[Animation]) -> list[list[str]]:
        """What each cell is after the moves: empty, growing, or giving; with + where a number stands."""
        for move in moves:
            move.begin()
            move.interpolate(1.0)
        panel, kinds = style().colour("panel").to_rgb(), list[list[str]]()
        for n, row in enumerate(table.cells):
            kinds.append([])
            for k, cell in enumerate(row):
                red, _, blue = colour = cell.get_fill_color().to_rgb()
                kind = "empty" if np.allclose(colour, panel) else "growth" if red > blue else "tax"
                number = len(table.numbers) and table.numbers[n][k].get_fill_opacity() > 0
                kinds[-1].append(kind + ("+" if number else ""))
        return kinds

    plus = "+" if K <= 6 else ""
    diagonal = np.eye(K, dtype=bool)
    assert seen(table.show_growth()) == np.where(diagonal, "growth", "empty").tolist()
    assert not any(each.get_fill_opacity() for each in table.sums[1:])  # a column of growth adds to a share
    assert seen(table.show_taxes()) == np.where(diagonal, "tax", "tax" + plus).tolist()
    assert seen(table.show_sum()) == np.where(diagonal, "growth" + plus, "tax" + plus).tolist()
    assert all(each.get_fill_opacity() == 1 for each in table.sums[1:])


@pytest.mark.parametrize("K", [2, 3, 6])
def test_the_diagonal_of_growth_has_the_shares_which_leave_with_it(K: int) -> None:
    solution = solve(of_size(K))
    table = JacobianTable(solution, WIDE, columns=names(K), rows=names(K))
    numbers = [
        part
        for move in table.show_growth()
        for part in move.mobject.get_family()
        if isinstance(part, Readout) and isinstance(move, FadeIn)
    ]
    assert [float(each.text) for each in numbers] == pytest.approx(list(softmax(solution.z)), abs=5e-4)
    for k, each in enumerate(numbers):
        np.testing.assert_allclose(each.get_center(), table.cells[k][k].get_center(), atol=1e-6)
    gone = [move.mobject for move in table.show_taxes() if isinstance(move, FadeOut)]
    assert {id(part) for group in gone for part in group} == {id(each) for each in numbers}


def test_long_numbers_of_growth_can_be_read_or_are_left_out() -> None:
    scores = [3.465, 233.359, 24.141, 144.053, 116.95]  # of pixels: shares such as 1.633 times a power of ten
    lesson = Lesson.from_logits(scores, list("abcde"), [0.001, 0.344, 0.641, 0.007, 0.007])
    written = set[int]()
    for width in np.linspace(4.0, 12.0, 17):
        region = Region(0, 0, float(width), 4)
        table = JacobianTable(solve(lesson), region, columns=names(5), rows=names(5))
        table.show_growth()
        written.add(len(table._growth))
        assert all(number.em >= 0.999 * style().size("least") for number in table._growth)
    assert written == {0, 5}


@pytest.mark.parametrize("K", range(2, 11))
def test_a_table_and_a_small_one_stay_inside_their_regions(K: int) -> None:
    solution = solve(of_size(K))
    for table, region in (
        (JacobianTable(solution, WIDE, columns=names(K), rows=names(K)), WIDE),
        (JacobianTable(solution, NARROW), NARROW),
    ):
        assert table.get_left()[0] >= region.left - 0.05 and table.get_right()[0] <= region.right + 0.05
        assert table.get_bottom()[1] >= region.bottom - 0.05 and table.get_top()[1] <= region.top + 0.05


def test_a_blank_table_is_filled_column_by_column() -> None:
    table = JacobianTable(solve(of_size(3)), WIDE, columns=names(3), rows=names(3)).blank()
    empty = [cell.get_fill_color() for row in table.cells for cell in row]
    assert len(set(map(str, empty))) == 1
    filled = table.filled(1)
    assert [str(cell.get_fill_color()) for cell in filled].count(str(empty[0])) == 0
    assert len(table.fill(1)) == 3 + 3 + 1  # cells, numbers, and their sum


@pytest.mark.parametrize("K", range(2, 11))
def test_the_corner_of_a_named_table_says_that_rows_are_shares_and_columns_scores(K: int) -> None:
    digits = [[Words(str(n)) for n in range(K)] for _ in range(2)]
    table = JacobianTable(solve(of_size(K)), WIDE, columns=digits[0], rows=digits[1])
    share, _, score = table.corner
    assert (share.plain, score.plain) == ("a_j", "z_i")
    assert share.get_right()[0] < score.get_left()[0] <= table.cells[0][0].get_left()[0]
    assert share.get_bottom()[1] > table.cells[0][0].get_top()[1]
    assert not len(JacobianTable(solve(of_size(K)), NARROW).corner)


@pytest.mark.parametrize("K", range(2, 11))
def test_the_corner_of_a_table_is_clear_of_long_names(K: int) -> None:
    table = JacobianTable(solve(of_size(K)), NARROW, columns=long(K), rows=long(K))
    for name in table.names:
        for letter in table.corner:
            beside = (
                name.get_left()[0] >= letter.get_right()[0] or name.get_right()[0] <= letter.get_left()[0]
            )
            assert beside or name.get_top()[1] <= letter.get_bottom()[1]


def long(K: int) -> list[Words]:
    return [Words(f"a very long name of class {n}") for n in range(K)]


@pytest.mark.parametrize("K", [2, 5, 8])
@pytest.mark.parametrize("region", [WIDE, Region(-3.7, -3, 2.8, 3.5)], ids=["wide", "narrow"])
def test_the_names_of_rows_are_near_their_cells(K: int, region: Region) -> None:
    table = JacobianTable(solve(of_size(K)), region, columns=names(K), rows=names(K))
    left = min(float(cell.get_left()[0]) for row in table.cells for cell in row)
    beside = [name for name in table.names if name.get_right()[0] < left]
    assert len(beside) >= 2
    assert all(left - name.get_right()[0] <= ADRIFT * PIXEL for name in beside)
