"""Lines of a derivation stand whole below one another, aligned where they are related."""

from __future__ import annotations

import pytest

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.stage import AlgebraSheet, Region

LOW, HIGH = Region(-6, -1.6, 6, 1.6), Region(-6, -4, 6, 4)


@pytest.mark.parametrize("name", ["growth", "case_i_equals_j"])
def test_lines_are_aligned_at_their_relation_signs(name: str) -> None:
    sheet = AlgebraSheet(DERIVATIONS[name].equations, HIGH)
    signs = [line.find("≈" if line.matches("≈") else "=", 0).get_x() for line in sheet.lines]
    assert max(signs) - min(signs) < 1e-9


def test_a_hanging_line_hides_its_left_side_and_stays_hidden_when_it_is_dimmed() -> None:
    sheet = AlgebraSheet(DERIVATIONS["case_i_equals_j"].equations, HIGH, hanging=True)
    for n, line in enumerate(sheet.lines):
        line.deemphasise()
        seen = [glyph.get_x() for glyph in line.submobjects if glyph.get_fill_opacity() > 0]
        sign = line.find("=", 0).get_x()
        assert (min(seen) < sign - 0.1) == (n == 0)
        assert max(seen) > sign


def test_no_line_is_lower_than_the_region_when_it_stands_last() -> None:
    sheet = AlgebraSheet(DERIVATIONS["case_i_equals_j"].equations, LOW, hanging=True)
    sheet.begin()
    for _ in sheet.lines[1:]:
        sheet.next()
        assert sheet.line.get_bottom()[1] >= LOW.bottom - 1e-6
