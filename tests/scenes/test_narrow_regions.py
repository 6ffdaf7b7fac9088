"""Pictures of the second link and the collapse where a region stands, and where names are long or many."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import evaluate

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.collapse.comparison import Comparison, ComparisonRows
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.two_paths import TwoPaths
from softmax_explained.scenes.softmax_slope.jacobian_table import JacobianTable
from softmax_explained.scenes.softmax_slope.waterfall import Waterfall, WaterfallBar
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.derivation_sheet import Sheet
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

TALL = FRAMES["tall"].stage
SOLUTION = solve(default_lesson())
TEN = solve(Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10))
LONG = "one of those things that we never named"
LEAST = style().size("least")


def waterfall(region: Region) -> Waterfall:
    with evaluate(False):
        names = Formula(a[i]), Formula(-(a[i] ** 2))
    growth, tax = SOLUTION["a[0]"], SOLUTION["tax[0]"]
    changes = WaterfallBar(names[0], growth, "z"), WaterfallBar(names[1], tax, "minus", start=growth.value)
    return Waterfall(changes, region, heading=Words("cat"))


def test_bars_stand_in_a_region_that_stands_and_lie_in_one_that_lies() -> None:
    standing, lying = waterfall(Region(-2.8, -3, 2.8, 3)), waterfall(Region(-3.2, -1.2, 3.2, 1.2))
    for picture, side in ((standing, "height"), (lying, "width")):
        growth, tax = (getattr(bar, side) for bar in picture.bars)
        assert tax / growth == pytest.approx(SOLUTION.a[0], rel=1e-6)  # a² over a


def test_a_tax_begins_where_the_growth_ends() -> None:
    growth, tax = waterfall(Region(-3.2, -1.2, 3.2, 1.2)).bars
    assert tax.get_right()[0] == pytest.approx(growth.get_right()[0])


def test_the_first_two_lines_share_a_place_where_there_is_no_room_for_all() -> None:
    derivation = DERIVATIONS["case_i_equals_j"]
    roomy = Sheet(derivation, (1, 2, 3, 4), Region(0, -2.8, 6, 2.8), sharing=2)
    short = Sheet(derivation, (1, 2, 3, 4), Region(0, -1.6, 6, 1.6), sharing=2)
    heights = [
        [round(float(line.find("=", 0).get_y()), 3) for line in sheet.lines] for sheet in (roomy, short)
    ]
    assert [len(set(each)) for each in heights] == [3, 2]
    assert short.is_short and not roomy.is_short
    assert short.clear_first() and not short.dim_first()


def test_all_lines_of_a_sheet_are_of_one_size_and_inside() -> None:
    sheet = Sheet(DERIVATIONS["direct_path"], range(3), TALL)
    assert len({round(line.em, 6) for line in sheet.lines}) == 1
    for line in sheet.lines:
        assert TALL.left - 1e-6 <= line.get_left()[0] and line.get_right()[0] <= TALL.right + 1e-6


def test_a_table_of_ten_classes_names_what_it_has_room_for() -> None:
    names = [[Words(name) for name in TEN.lesson.classes] for _ in range(2)]
    table = JacobianTable(TEN, TALL, columns=names[0], rows=names[1])
    for name in table.names:
        assert name.em >= LEAST - 1e-6
    assert len(table.sums) == 2  # a line, and the sum of the one column that is pointed out


def test_a_table_with_names_of_forty_characters_stays_inside() -> None:
    names = [[Words(LONG), Words("dog"), Words("fox")] for _ in range(2)]
    table = JacobianTable(SOLUTION, TALL, columns=names[0], rows=names[1])
    for part in (*table.names, table.cells, table.sums):
        assert TALL.left - 1e-6 <= part.get_left()[0] and part.get_right()[0] <= TALL.right + 1e-6


@pytest.mark.parametrize("region", [TALL, FRAMES["wide"].stage], ids=["tall", "wide"])
def test_tiles_of_ten_terms_keep_their_indices_readable(region: Region) -> None:
    row = ErrorRow.of(
        TEN, [Words(name) for name in TEN.lesson.classes], Region(region.left, 0, region.right, 1.8)
    )
    natural = Formula(y[1] * a[10])
    assert row.missing.em >= 0.67 * natural.em
    boxes = sorted((round(float(tile.get_center()[1]), 3), float(tile.get_x())) for tile in row.tiles)
    assert len(boxes) == 10


def test_long_names_stand_over_their_numbers() -> None:
    rows = ComparisonRows.of([Words(LONG), Words(LONG), Words("c")], {0, 1}, TALL, 1.6)
    assert rows.over and set(rows.names) == {0, 1, 2}


def test_of_many_long_names_those_of_the_story_are_written() -> None:
    rows = ComparisonRows.of([Words(LONG) for _ in range(10)], {3, 5}, TALL, 1.6)
    assert set(rows.names) == {3, 5}


def test_the_heads_of_a_narrow_table_stand_beside_each_other() -> None:
    heads = Formula(a[i] - y[i]), Words("measured", size="label"), Words("difference", size="label")
    names = [*map(Words, SOLUTION.lesson.classes), Words("sum")]
    Comparison(SOLUTION, names, heads, TALL)
    assert heads[0].get_right()[0] < heads[1].get_left()[0]
    assert heads[1].get_right()[0] < heads[2].get_left()[0] <= heads[2].get_right()[0] <= TALL.right + 1e-6


def test_what_a_path_carries_stands_clear_of_its_arrows_in_a_region_that_lies() -> None:
    paths = TwoPaths(Region(-3.2, -1.2, 3.2, 1.2))
    load = paths.carry(Formula(y[i] * a[i]), paths.direct)
    arrow = paths.direct[1]
    (x0, y0, _), (x1, y1, _) = arrow.get_start(), arrow.get_end()
    for x in (load.get_left()[0], load.get_right()[0]):
        assert load.get_bottom()[1] > y0 + (y1 - y0) * (x - x0) / (x1 - x0)
