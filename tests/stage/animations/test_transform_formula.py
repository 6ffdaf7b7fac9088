"""A morph in motion: travellers keep to their way, the rest fades in time, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from manim import DOWN, UP, VMobject, smooth, tempconfig
from numpy.typing import NDArray
from sympy import evaluate, exp

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import S, a, i, y, z
from softmax_explained.errors import FilmError
from softmax_explained.stage.animations.transform_formula import TransformFormula, match
from softmax_explained.stage.scene.frame_scene import FrameScene
from softmax_explained.stage.scene.on_screen import typeset_text_shown, visible
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Glyph, TypesetText

TINY = {"dry_run": True, "pixel_width": 32, "pixel_height": 18, "frame_rate": 9}
QUIET = {"verbosity": "ERROR", "progress_bar": "none"}

MORPHS = [
    (name, line)
    for name in ("case_i_equals_j", "collapse")
    for line in range(len(DERIVATIONS[name].steps) - 1)
]


class Watched(FrameScene):
    """A scene of one move that keeps the outlines that can be seen in every frame of it."""

    def __init__(self, before: Formula, move: Callable[[], TransformFormula]) -> None:
        self.before, self.move = before, move
        self.frames: list[tuple[float, NDArray[np.float64]]] = []
        super().__init__()

    def construct(self) -> None:
        self.add(self.before)
        self.morph = self.move()
        self.play(self.morph, run_time=1)

    def update_to_time(self, t: float) -> None:
        super().update_to_time(t)
        self.frames.append((t / self.morph.run_time, places(self.seen())))

    def seen(self) -> list[VMobject]:
        family = [part for mobject in self.mobjects for part in mobject.family_members_with_points()]
        return [part for part in family if isinstance(part, VMobject) and visible(part)]


def watched(before: Formula, after: Formula, **how: object) -> Watched:
    with tempconfig(TINY | QUIET):
        scene = Watched(before, lambda: TransformFormula(before, after, **how))  # type: ignore[arg-type]
        scene.render()
    return scene


def places(outlines: list[VMobject]) -> NDArray[np.float64]:
    """The middles of outlines, (n, 2), sorted."""
    return in_order([part.get_center()[:2] for part in outlines])


def in_order(points: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.array(sorted(np.round(point, 4).tolist() for point in points)).reshape(-1, 2)


def lines(name: str, line: int) -> tuple[Formula, Formula]:
    """A line of a derivation above the middle, and the next one below it."""
    before, after = (Formula(equation) for equation in DERIVATIONS[name].equations[line : line + 2])
    return before.shift(UP), after.shift(DOWN)


@pytest.mark.parametrize(("name", "line"), MORPHS)
def test_a_line_grows_out_of_the_line_before(name: str, line: int) -> None:
    before, after = lines(name, line)
    starts = [glyph.get_center()[:2] for glyph in before]
    ends = [glyph.get_center()[:2] for glyph in after]
    scene = watched(before, after)
    pairs = [
        (starts[left], ends[right])
        for lefts, rights in scene.morph.plan.moves
        for left, right in zip(lefts, rights, strict=True)
    ]
    (_, first), *_ = scene.frames
    np.testing.assert_allclose(first, in_order(starts), atol=0.001)
    assert pairs and any(0.4 <= part <= 0.6 for part, _ in scene.frames)
    for part, drawn in scene.frames:
        on_the_way = in_order([start + (end - start) * smooth(part) for start, end in pairs])
        if 0.4 <= part <= 0.6:  # the old has gone, the new has not yet come
            assert drawn.shape == on_the_way.shape
        for point in on_the_way:
            assert np.abs(drawn - point).sum(axis=1).min() < 0.01


def stray_glyphs(scene: FrameScene) -> list[Glyph]:
    """Visible glyphs that belong to no piece of type: what a move has left behind."""
    owned = {id(glyph) for piece in typeset_text_shown(scene, TypesetText) for glyph in piece.get_family()}
    family = (part for mobject in scene.mobjects for part in mobject.get_family())
    return [part for part in family if isinstance(part, Glyph) and id(part) not in owned and visible(part)]


@pytest.mark.parametrize(("name", "line"), MORPHS)
def test_after_a_morph_the_next_line_stands_there_in_one_piece(name: str, line: int) -> None:
    before, after = lines(name, line)
    ends = places(list(after))
    scene = watched(before, after)
    assert scene.mobjects == [after]
    assert stray_glyphs(scene) == []
    np.testing.assert_allclose(places(scene.seen()), ends, atol=0.001)


def test_a_line_that_is_kept_stands_in_every_frame() -> None:
    before, after = lines("collapse", 0)
    kept = places(list(before))
    scene = watched(before, after, keep=True)
    for _, drawn in scene.frames:
        for point in kept:
            assert np.abs(drawn - point).sum(axis=1).min() < 0.001
    assert scene.mobjects == [before, after]


def test_what_becomes_something_else_fades_over_on_the_way() -> None:
    with evaluate(False):
        fraction, share = Formula(exp(z[i]) / S).shift(UP), Formula(a[i]).shift(DOWN)
    scene = watched(fraction, share, becomes=[(fraction.expr, a[i])])
    heights = [drawn[:, 1].mean() for _, drawn in scene.frames]
    assert all(above > below for above, below in pairwise(heights))
    assert scene.mobjects == [share]


def test_a_part_that_is_not_there_cannot_become_another() -> None:
    before, after = lines("direct_path", 0)
    for pair in ((y[5], y[i]), (y[i], (y[i], 7))):
        with pytest.raises(FilmError, match="occurrence"):
            TransformFormula(before, after, becomes=[pair])


COLLAPSE = DERIVATIONS["collapse"].equations


def passing(source: Formula, target: Formula) -> int:
    """How many parts pass others when a line turns into the next; no glyph may be lost or come twice."""
    plan = match(source, target, in_order=True)
    pairs = [*plan.moves, *plan.passing]
    assert sorted([*(glyph for of, _ in pairs for glyph in of), *plan.gone]) == [*range(len(source))]
    assert sorted([*(glyph for _, to in pairs for glyph in to), *plan.new]) == [*range(len(target))]
    return len(plan.passing)


def test_a_factor_that_is_taken_out_passes_over_the_sum_and_all_else_keeps_its_order() -> None:
    before, after = Formula(COLLAPSE[8]), Formula(COLLAPSE[9])
    assert passing(before, after) == 1
    plan = match(before, after, in_order=True)
    assert (plan.gone, plan.new) == ([], [])
    ((of, _),) = plan.passing
    assert {before.submobjects[glyph].get_x() > before.find("+").get_x() for glyph in of} == {True}
    for (_, one), (_, other) in pairwise(sorted(plan.moves)):
        assert one[0] < other[0]


def test_nothing_passes_where_a_term_is_only_left_out() -> None:
    assert passing(Formula(COLLAPSE[9]), Formula(COLLAPSE[10])) == 0


def test_a_term_that_is_in_another_row_then_goes_there_around_the_end_of_its_row() -> None:
    before, after = Formula(COLLAPSE[5]), Formula(COLLAPSE[6])
    before.break_to_fit(0.7 * before.width)
    assert (before.lines, after.lines) == (2, 1)
    plan = match(before, after, in_order=True)
    rows = [float(before.submobjects[of[0]].get_y()) for of, _ in plan.passing]
    assert rows and max(rows) < before.find("=").get_y()
