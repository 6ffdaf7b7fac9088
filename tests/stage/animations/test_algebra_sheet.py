"""Lines of a derivation stand whole below one another, aligned where they are related."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import DOWN, Scene, Square

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.stage import AlgebraSheet, Formula, Region, Words
from softmax_explained.stage.design.contrast import contrast
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.thresholds import PIXEL

STEPS = np.linspace(0.0, 1.0, 21)
READABLE = 3.0  # the contrast that large text needs: WCAG 2.2, 1.4.3
SEEN = 0.05  # opacity below which ink is not noticed
COLLAPSE = DERIVATIONS["collapse"].equations
LOW, HIGH = Region(-6, -1.9, 6, 1.9), Region(-6, -4, 6, 4)  # two lines of the collapse fit into the low one
APART = 0.38  # Manim units between two lines


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


def test_the_last_line_of_a_closed_sheet_has_its_left_side_again() -> None:
    sheet = AlgebraSheet(DERIVATIONS["case_i_equals_j"].equations, HIGH, hanging=True, closed=True)
    left = [
        sum(glyph.get_x() < line.find("=", 0).get_x() for glyph in line if glyph.get_fill_opacity() > 0)
        for line in sheet.lines
    ]
    assert left == [left[0], *[0] * (len(left) - 2), left[0]] and left[0] > 0


@pytest.mark.parametrize("closed", [False, True])
def test_no_line_is_lower_than_the_region_when_it_stands_last(closed: bool) -> None:
    sheet = AlgebraSheet(DERIVATIONS["case_i_equals_j"].equations, LOW, hanging=True, closed=closed)
    sheet.begin()
    for _ in sheet.lines[1:]:
        sheet.next()
        seen = [glyph.get_bottom()[1] for glyph in sheet.line if glyph.get_fill_opacity() > 0]
        assert min(seen) >= LOW.bottom - 1e-6


class Stage:
    """A scene on which the steps of a sheet are played at a few moments, without drawing."""

    def __init__(self, sheet: AlgebraSheet) -> None:
        self.scene, self.sheet = Scene(), sheet
        self.play(sheet.begin())

    def play(self, moves: list, watch: Callable[[], None] | None = None) -> None:
        self.scene.compile_animation_data(*moves)
        self.scene.begin_animations()
        for alpha in STEPS:
            for move in self.scene.animations:
                move.interpolate(alpha)
            if watch is not None:
                watch()
        for move in self.scene.animations:
            move.finish()
            move.clean_up_from_scene(self.scene)

    def ink(self, line: Formula) -> list[tuple[float, float, float, float]]:
        """The boxes of the glyphs of a line that are seen: left, bottom, right, top."""
        if line not in [part for each in self.scene.mobjects for part in each.get_family()]:
            return []
        return [
            (*glyph.get_corner([-1, -1, 0])[:2], *glyph.get_corner([1, 1, 0])[:2])
            for glyph in line.submobjects
            if glyph.get_fill_opacity() > SEEN
        ]


def overlap(one: list[tuple[float, ...]], other: list[tuple[float, ...]]) -> bool:
    return any(
        min(a[2], b[2]) - max(a[0], b[0]) > PIXEL and min(a[3], b[3]) - max(a[1], b[1]) > PIXEL
        for a in one
        for b in other
    )


REGIONS = {"low": LOW, "high": HIGH, "narrow": Region(-3.24, -3.2, 3.24, 3.2)}


@pytest.mark.parametrize("region", list(REGIONS))
@pytest.mark.parametrize("name", ["collapse", "case_i_equals_j", "log_sum_exp"])
def test_no_line_is_ever_drawn_over_another(name: str, region: str) -> None:
    sheet = AlgebraSheet(DERIVATIONS[name].equations[:9], REGIONS[region])
    stage, compared = Stage(sheet), 0
    for _ in sheet.lines[1:]:
        moves = sheet.next()

        def watch() -> None:
            nonlocal compared
            shown = [ink for line in sheet.lines if (ink := stage.ink(line))]
            pairs = [(one, other) for n, one in enumerate(shown) for other in shown[:n]]
            compared += len(pairs)
            assert not any(overlap(*pair) for pair in pairs), (name, sheet.current)

        stage.play(moves, watch)
    assert compared >= len(sheet.lines) - 1  # a line and the one before it, at least once a step


@pytest.mark.parametrize("name", ["collapse", "case_i_not_j"])
def test_after_a_step_the_new_line_is_whole_and_its_parent_dimmed_but_readable(name: str) -> None:
    sheet = AlgebraSheet(DERIVATIONS[name].equations, HIGH)
    stage, ground = Stage(sheet), style().colour("ground")
    for _ in sheet.lines[1:]:
        parent = sheet.line
        colours = [glyph.get_fill_color() for glyph in parent]
        stage.play(sheet.next())
        assert all(glyph.get_fill_opacity() == 1 for glyph in sheet.line)
        assert sheet.line in stage.scene.mobjects
        for glyph, colour in zip(parent, colours, strict=True):
            opacity = float(glyph.get_fill_opacity())
            assert opacity < 1
            assert contrast(ground.interpolate(colour, opacity), ground) >= READABLE - 0.05


def test_a_full_sheet_scrolls_its_first_lines_away_and_keeps_the_gap_between_the_others() -> None:
    sheet = AlgebraSheet(COLLAPSE[4:9], LOW)
    stage = Stage(sheet)
    for _ in sheet.lines[1:]:
        stage.play(sheet.next())
        standing = [part for part in sheet.standing if isinstance(part, Formula)]
        assert standing == [sheet.lines[sheet.current - 1], sheet.line]
        above, below = standing
        assert above.get_top()[1] <= LOW.top + PIXEL
        assert below.get_bottom()[1] >= LOW.bottom - PIXEL
        if sheet.current > 1:  # the sheet has scrolled, and no further than is needed
            assert below.get_bottom()[1] == pytest.approx(LOW.bottom, abs=PIXEL)
        assert above.get_bottom()[1] - below.get_top()[1] == pytest.approx(APART, abs=PIXEL)
    assert sheet.lines[0] not in stage.scene.mobjects
    assert sheet.lines[0] not in sheet.standing


def test_what_is_struck_stays_struck_in_its_dimmed_line_and_is_gone_from_the_next() -> None:
    line, following = COLLAPSE[4], COLLAPSE[5]
    sheet = AlgebraSheet([line, following], HIGH)
    stage = Stage(sheet)
    last = len(sheet.line.matches(a[j])) - 1
    struck = [sheet.line.find(a[j], nth) for nth in (last - 1, last)]
    stage.play(sheet.strike((a[j], last - 1), (a[j], last)))
    stage.play(sheet.next())
    (strokes,) = [part for part in sheet.standing if part not in sheet.lines]
    for stroke, letters in zip(strokes, struck, strict=True):
        assert stroke.get_center() == pytest.approx(letters.get_center(), abs=PIXEL)
        assert SEEN < stroke.get_stroke_opacity() < 1
    assert not sheet.line.matches(a[j])


def test_a_glow_lies_under_the_spoken_term_and_goes_out_with_the_next_line() -> None:
    sheet = AlgebraSheet(COLLAPSE[3:5], HIGH)
    stage = Stage(sheet)
    stage.play(sheet.light((a[i], 0)))
    (shine,) = [part for part in sheet.standing if part not in sheet.lines]
    term = sheet.line.find(a[i], 0)
    assert shine.get_left()[0] < term.get_left()[0] < term.get_right()[0] < shine.get_right()[0]
    assert shine.z_index < 0
    stage.play(sheet.next())
    assert shine not in sheet.standing and shine not in stage.scene.mobjects


@pytest.mark.parametrize("half", [1.9, 2.9])
def test_what_belongs_to_a_line_scrolls_with_it_while_it_is_seen(half: float) -> None:
    """Of names, notes and glow."""
    sheet = AlgebraSheet(COLLAPSE[4:9], Region(-6, -half, 6, half), names=2.0)
    stage, scrolled = Stage(sheet), list[float]()
    for _ in sheet.lines[1:]:
        note = Square(0.2).next_to(sheet.line.find("="), DOWN)
        stage.play([*sheet.note(note), *sheet.light("=")])
        owners = [(part, sheet.line) for part in (note, sheet.standing[-1])]
        owners += [(name, sheet.lines[n]) for n, name in sheet._names.items()]
        apart = [part.get_y() - line.get_y() for part, line in owners]
        parent, start = sheet.line, sheet.line.get_y()

        def watch(owners=owners, apart=apart) -> None:
            for (part, line), y in zip(owners, apart, strict=True):
                inks = [(each.get_fill_opacity(), each.get_stroke_opacity()) for each in part.get_family()]
                opacity = max(map(max, inks))
                if opacity > SEEN and line in sheet.standing:
                    assert part.get_y() - line.get_y() == pytest.approx(y, abs=PIXEL)

        stage.play(sheet.next(rule=Words("rule", size="label")), watch)
        scrolled.append(parent.get_y() - start)
        assert note not in sheet.standing and note not in stage.scene.mobjects
    assert max(scrolled) > 0.5


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_on_a_sheet_of_one_line_what_two_lines_have_in_common_never_leaves(n: int) -> None:
    sheet = AlgebraSheet(COLLAPSE, Region(-6, -0.8, 6, 0.8))
    stage, seen = Stage(sheet), list[float]()
    for _ in range(1, n):
        stage.play(sheet.next())
    left_side = len(sheet.line.glyphs(sheet.line.nodes[1]))  # of ∂C/∂z_i, which all lines have

    def watch() -> None:
        parts = [part for each in stage.scene.mobjects for part in each.family_members_with_points()]
        opaque = [part for part in parts if part.get_fill_opacity() > 0.99]
        seen.append(len(opaque))
        assert max(part.get_top()[1] for part in opaque) <= 0.8 + 1e-6

    stage.play(sheet.next(), watch=watch)
    assert len(seen) == len(STEPS)
    assert min(seen) > left_side
    assert seen[-1] == len(sheet.line.submobjects)
