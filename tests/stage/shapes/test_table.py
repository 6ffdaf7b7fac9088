"""A table: its rows share baselines, its columns do not touch, and all of it is inside its region."""

from __future__ import annotations

from itertools import pairwise

import pytest

from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.shapes.table import Grid
from softmax_explained.stage.text.text import Words

REGION = Region(-3, -2, 3, 1)
TEXTS = [["hedgehog", "1", "0.1"], ["fox", "0.01", "gyp"], ["a", "22", "3"]]
NORMAL = 50 * 8 / 1080  # em in Manim units of words that are not shrunk

ASCENDERS = 0.02  # Manim units by which those of the highest row may stand out where rows are low


def cells(texts: list[list[str]]) -> list[list[Words]]:
    return [[Words(text, size="body") for text in row] for row in texts]


def test_cells_of_a_row_stand_on_one_baseline_and_rows_are_equally_far_apart() -> None:
    rows = cells(TEXTS)
    Grid(rows, REGION, parts=(2, 1, 1))
    for row in rows:
        assert [cell.baseline for cell in row] == pytest.approx([row[0].baseline] * 3, abs=1e-6)
    first, second, third = (row[0].baseline for row in rows)
    assert first - second == pytest.approx(0.95) == second - third
    assert {round(cell.em, 3) for row in rows for cell in row} == {round(NORMAL, 3)}


def test_the_first_column_starts_at_the_left_and_the_others_are_centred() -> None:
    rows = cells(TEXTS)
    Grid(rows, REGION, parts=(2, 1, 1))  # with two gaps of 0.3, columns of 2.7, 1.35 and 1.35 units
    assert [row[0].get_left()[0] for row in rows] == pytest.approx([-3.0] * 3, abs=1e-6)
    assert [row[1].get_x() for row in rows] == pytest.approx([0.675] * 3, abs=1e-6)
    assert [row[2].get_x() for row in rows] == pytest.approx([2.325] * 3, abs=1e-6)


@pytest.mark.parametrize("count", [1, 4, 9])
def test_many_rows_and_long_cells_are_shrunk_until_they_fit(count: int) -> None:
    rows = cells([["hedgehogs", "1234567890", "gyp"] for _ in range(count)])
    table = Grid(rows, REGION, parts=(1, 1, 1))
    assert len(table) == 3 * count
    assert REGION.left - 1e-6 <= table.get_left()[0] < table.get_right()[0] <= REGION.right + 1e-6
    assert REGION.bottom <= table.get_bottom()[1] < table.get_top()[1] <= REGION.top + ASCENDERS
    for above, below in pairwise(rows):
        assert min(cell.get_bottom()[1] for cell in above) > max(cell.get_top()[1] for cell in below)
    for row in rows:
        assert row[0].get_right()[0] < row[1].get_left()[0] < row[1].get_right()[0] < row[2].get_left()[0]


def test_an_empty_cell_keeps_its_place() -> None:
    full, sparse = cells([["a", "b"], ["c", "d"]]), cells([["a", "b"], ["c", "d"]])
    Grid(full, REGION, parts=(1, 1))
    table = Grid([[sparse[0][0], None], [None, sparse[1][1]]], REGION, parts=(1, 1))
    assert len(table) == 2
    for one, other in ((full[0][0], sparse[0][0]), (full[1][1], sparse[1][1])):
        assert one.get_center() == pytest.approx(other.get_center(), abs=1e-6)


def test_numbers_of_one_size_are_shrunk_together() -> None:
    short, long = cells([["0.1"], ["0.00001 and more"]])
    Grid([short, long], Region(0, 0, 2, 4), parts=(1,), same_size=True)
    assert short[0].em == pytest.approx(long[0].em)
    assert long[0].width == pytest.approx(2, rel=0.01)
