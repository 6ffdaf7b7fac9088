"""Names of classes: whole wherever they stand, never on each other, and fewer where there are too many."""

from __future__ import annotations

from itertools import pairwise

import pytest

from softmax_explained.core.lesson.validation import LONGEST_NAME
from softmax_explained.stage import Region, Words
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.label_layout import beside_rows, height_of, row_height, under_columns

LONG = ["the northern white-breasted hedgehog sp.", "a rather long name of a class, in words!"]
SHORT = ["cat", "dog", "fox"]


def names(texts: list[str]) -> list[Words]:
    return [Words(text, size="label") for text in texts]


def glyphs(text: str) -> int:
    return len(text.replace(" ", ""))


def test_the_long_names_are_as_long_as_a_lesson_may_have_them() -> None:
    assert {len(text) for text in LONG} == {LONGEST_NAME}


@pytest.mark.parametrize("text", [*LONG, "Grundverkehrsgenehmigungsanordnungsrecht"])
@pytest.mark.parametrize("width", [2.3, 3.0, 4.5])
def test_a_broken_name_keeps_every_letter_and_its_size(text: str, width: float) -> None:
    name = Words(text, size="label")
    expected = name.lines_in(width)
    name.fit_width(width)
    assert name.lines == expected > 1
    assert len(name) == glyphs(text)
    assert name.em == pytest.approx(style().size("least"))
    assert name.width <= width + 0.01


def test_the_lines_of_a_name_are_counted_by_their_heights() -> None:
    name = Words(LONG[0], size="label").fit_width(2.3)
    lines, rows = 1, sorted(float(glyph.get_bottom()[1]) for glyph in name)
    lines += sum(after - before > 0.5 * name.em for before, after in pairwise(rows))
    assert lines == name.lines


def test_a_name_stands_level_with_its_row() -> None:
    rows = Region(-3, -2, 0, 2).rows(1, 1, 1)
    written = beside_rows(names(SHORT), rows)
    assert set(written) == {0, 1, 2}
    for k, name in written.items():
        assert name.get_right()[0] == pytest.approx(rows[k].right)
        assert name.baseline < rows[k].y < name.get_top()[1]


def test_rows_as_high_as_names_ask_for_hold_them_all() -> None:
    texts = names([*LONG, *SHORT])
    high = row_height(texts, 2.5)
    rows = Region(-2.5, 0, 0, 5 * high).rows(*[1] * 5)
    written = beside_rows(texts, rows)
    assert set(written) == {0, 1, 2, 3, 4}
    for before, after in pairwise(written.values()):
        assert before.get_bottom()[1] >= after.get_top()[1]


def test_where_rows_are_low_only_the_names_one_speaks_of_are_written() -> None:
    rows = Region(-2.5, 0, 0, 10 * height_of(1)).rows(*[1] * 10)
    written = beside_rows(names(LONG * 5), rows, priority={0, 9})
    assert set(written) == {0, 9}
    for name in written.values():
        assert rows[-1].bottom <= name.get_bottom()[1] and name.get_top()[1] <= rows[0].top


@pytest.mark.parametrize(
    ("texts", "named"), [(["j", "d", "j", "d"], {0, 3}), (["a", "c", "e", "o"], {0, 1, 2, 3})]
)
def test_names_whose_letters_would_touch_those_of_the_next_row_are_left_out(
    texts: list[str], named: set[int]
) -> None:
    high = 0.81 * height_of(1)
    written = beside_rows(
        [Words(text, size="least") for text in texts],
        Region(-2, 0, 0, 4 * high).rows(*[1] * 4),
        priority={0, 3},
    )
    assert set(written) == named
    for above, below in pairwise(written.values()):
        assert above.get_bottom()[1] >= below.get_top()[1]


def test_names_that_fit_nowhere_are_cut_short_and_stay_in_their_rows() -> None:
    rows = Region(-1, 0, 0, 4).rows(*[1] * 10)
    written = beside_rows(names(LONG * 5), rows, priority={3})
    assert written[3].width <= rows[3].width + 1e-6
    assert len(written[3]) < len(written[3].text)


def test_names_under_columns_do_not_touch() -> None:
    columns = Region(-3, 0, 3, 1).columns(*[1] * 10)
    written = under_columns(names(LONG * 5), columns, priority={4, 5})
    assert set(written) == {4, 5}
    assert written[4].get_right()[0] < written[5].get_left()[0]
    assert written[4].get_left()[0] >= -3 and written[5].get_right()[0] <= 3


def test_a_name_may_use_the_room_beside_its_column_but_not_touch_the_next_one() -> None:
    columns = [Region(2.0 * k, 0, 2.0 * k + 1.2, 1) for k in range(4)]
    wide = [Words("lion", size="label"), *[Words("leopards", size="label") for _ in range(3)]]
    assert wide[1].width > 1.2 > wide[0].width
    assert set(under_columns(wide, columns, priority={0}, lines=1)) == {0}
    written = under_columns(wide, columns, priority={0}, lines=1, between=0.8)
    assert set(written) == {0, 1, 2, 3}
    for one, other in pairwise(written.values()):
        assert other.get_left()[0] - one.get_right()[0] > 0.03
    assert written[3].get_right()[0] <= 8.0


def test_a_short_word_is_not_broken_to_fit_under_a_narrow_column() -> None:
    columns = Region(0, 0, 3, 1).columns(*[1] * 10)
    assert set(under_columns(names(["seven"] * 10), columns, priority={7})) == {7}


def test_few_of_many_names_are_cut_short_between_words_and_stand_clearly_apart() -> None:
    columns = Region(0, 0, 4.0, 1).columns(*[1] * 5)
    names = [
        Words(text) for text in ("ant", "cat", "great white shark, man-eater", "hammerhead shark", "emu")
    ]
    written = under_columns(names, columns, priority={2, 3})
    assert list(written) == [2, 3]
    assert written[3].get_left()[0] - written[2].get_right()[0] >= 0.19
    assert written[2].width <= 1.9 + 0.01 and written[2].lines > 1
