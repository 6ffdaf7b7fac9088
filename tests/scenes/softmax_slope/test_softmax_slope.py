"""The second link line by line: every line of both cases is shown, the table's columns add to zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from manim import Animation, VGroup
from scipy.special import softmax

from first_fast import first_fast
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Diag
from softmax_explained.core.formulas.symbols import vector_a
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.scenes.softmax_slope.layout import SlopeLayout
from softmax_explained.scenes.softmax_slope.nudged_shares import nudged_shares
from softmax_explained.scenes.softmax_slope.quotient_card import QuotientStrip
from softmax_explained.scenes.softmax_slope.scene import NONE, SoftmaxSlope, pointing_at
from softmax_explained.scenes.softmax_slope.sum_terms import SumTerms
from softmax_explained.stage import Chapter, Formula, Production, Readout, Region, Strip, Words
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown, visible
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([1.0, 0.0], ["no", "yes"], [0, 1]),
    "six": Lesson.from_logits(
        [0.4, 0.1, 0, -0.1, -0.2, 0.2], ["one", "two", "three", "four", "five", "six"], [0, 1, 0, 0, 0, 0]
    ),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "long names": Lesson.from_logits(
        [1.5, 0.2, -0.7], ["one of those things that we never named", "b", "c"], [0, 1, 0]
    ),
}
CASES = [("wide", "three"), ("tall", "two"), ("wide", "six"), ("square", "ten"), ("tall", "long names")]


@dataclass
class Watch:
    """What stands on the stage at the end of every beat, and for how long formulas stand whole and bright."""

    safe: Region
    formulas: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, dict[str, float]] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    extent: dict[str, tuple[float, float]] = field(default_factory=dict)
    whole: dict[str, bool] = field(default_factory=dict)

    def look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("softmax_slope.")
        self.formulas[beat] = [formula.plain for formula in typeset_text_shown(chapter, Formula)]
        readouts = typeset_text_shown(chapter, Readout)
        self.numbers[beat] = {each.quantity.key: each.quantity.value for each in readouts}
        parts = [
            part
            for mobject in chapter.mobjects
            for part in mobject.family_members_with_points()
            if visible(part)
        ]
        left = min(float(part.get_left()[0]) for part in parts)
        self.extent[beat] = left, max(float(part.get_right()[0]) for part in parts)

    def before(self, scene: Chapter) -> None:
        pass

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        return ()

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        pass

    def held(self, scene: Chapter, seconds: float) -> None:
        for formula in typeset_text_shown(scene, Formula):
            self.whole[formula.plain] = all(visible(glyph) for glyph in formula.submobjects)
            opacities = [float(glyph.get_fill_opacity()) for glyph in formula.submobjects]
            if min(opacity for opacity in opacities if opacity > 0) > 0.99:
                self.times[formula.plain] = self.times.get(formula.plain, 0.0) + seconds

    def unproved(self, scene: Chapter, claim: Any, error: Exception) -> None:
        raise error


@pytest.fixture(scope="module", params=CASES, ids=[" ".join(case) for case in CASES])
def seen(request: pytest.FixtureRequest) -> tuple[Lesson, Watch]:
    frame, name = request.param
    watch = Watch(FRAMES[frame].safe)
    production = Production(FILM, lesson=LESSONS[name], frame=frame)
    dry_run(SoftmaxSlope, production, after_beat=watch.look, observer=watch)
    return LESSONS[name], watch


LINES = [
    *[("case_i_equals_j", n) for n in range(1, 6)],
    *[("case_i_not_j", n) for n in (1, 2, 3, 4, 6)],
]


@pytest.mark.parametrize(("case", "line"), LINES)
def test_every_line_of_both_cases_stands_whole_and_bright(
    seen: tuple[Lesson, Watch], case: str, line: int
) -> None:
    """Holds alone count here; the second of glow and the end of the step come on top."""
    shown = to_text(DERIVATIONS[case].equations[line])
    assert seen[1].times.get(shown, 0.0) >= 0.6, shown


def test_each_case_ends_with_its_result(seen: tuple[Lesson, Watch]) -> None:
    for case in ("case_i_equals_j", "case_i_not_j"):
        result = to_text(DERIVATIONS[case].equations[-1])
        assert result in seen[1].formulas[case]
        assert seen[1].whole[result], f"{result} lacks its left side"


def test_the_sum_is_defined_before_the_cases(seen: tuple[Lesson, Watch]) -> None:
    shown = seen[1].formulas["quotient_rule"]
    assert {"S = Σ_k e^(z_k)", "∂S/∂z_i = e^(z_i)", "(f/g)′ = (f′ g − f g′) / g²"} <= set(shown)


def test_the_table_shows_what_scipy_gives_and_its_columns_add_to_zero(seen: tuple[Lesson, Watch]) -> None:
    lesson, watch = seen
    a, shown = softmax(lesson.z), watch.numbers["jacobian"]
    sums = {key: value for key, value in shown.items() if key.startswith("Jsum")}
    assert sums and max(map(abs, sums.values())) < 1e-12
    entries = {key: value for key, value in shown.items() if key.startswith("J[")}
    assert len(entries) == (lesson.K**2 if lesson.K <= 6 else 0)  # of ten classes only the sums are written
    for key, value in entries.items():
        j, i = (int(each) for each in key[2:-1].split(","))
        assert value == pytest.approx(a[j] * ((i == j) - a[i]))


class WatchTable(Watch):
    """The numbers that are seen while the table moves, and for how long both of its terms stand."""

    def __init__(self, frame: str) -> None:
        super().__init__(FRAMES[frame].safe)
        self.terms = {"a": 0.0, "own_tax": 0.0}
        self.crossed, self.moments_seen = list[str](), 0
        self.bright = dict[str, set[bool]]()

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        return np.arange(1, 20) / 20

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        numbers = [each for each in typeset_text_shown(scene, Readout) if each.quantity.key.startswith("J[")]
        self.moments_seen += bool(numbers)
        small_map: Any = scene._map  # type: ignore[attr-defined]
        self.crossed += [each.quantity.key for each in numbers if overlap(each, VGroup(*small_map.parts))]

    def held(self, scene: Chapter, seconds: float) -> None:
        keys = {each.quantity.key.partition("[")[0] for each in typeset_text_shown(scene, Readout)}
        for term in self.terms.keys() & keys:
            self.terms[term] += seconds
        for formula in typeset_text_shown(scene, Formula):
            if "diag" in formula.plain and seconds > 0:
                glyph = formula.find(Diag(vector_a))[0]
                for key in keys & {"a", "own_tax", "J"}:
                    self.bright.setdefault(key, set()).add(glyph.get_fill_opacity() > 0.9)


class WatchStrip(Watch):
    """Where the names of the nudged strip are in their segments, at every moment at which they are seen."""

    def __init__(self) -> None:
        super().__init__(FRAMES["wide"].safe)
        self.inside = dict[str, set[bool]]()

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        return np.arange(1, 20) / 20

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        if scene.beat_id != "softmax_slope.jacobian":
            return
        parts = [part for each in scene.mobjects for part in each.get_family()]
        for strip in (part for part in parts if isinstance(part, Strip) and len(part.boxes) == 3):
            for name in typeset_text_shown(scene, Words):
                if not (strip.bottom < name.get_y() < strip.top and name[0].get_fill_opacity() > 0.5):
                    continue
                start, end = strip.spans[scene.solution.lesson.classes.index(name.text)]
                is_inside = bool(start < name.get_left()[0] and name.get_right()[0] < end)
                self.inside.setdefault(name.text, set()).add(is_inside)

    def held(self, scene: Chapter, seconds: float) -> None:
        """Only moves are looked at."""


def test_the_strip_over_the_table_names_its_segments_which_are_not_over_their_columns() -> None:
    watch = WatchStrip()
    dry_run(SoftmaxSlope, Production(FILM), observer=watch)
    assert {"cat", "dog"} <= set(watch.inside) and all(seen == {True} for seen in watch.inside.values())


@pytest.mark.parametrize("frame", first_fast(FRAMES))
def test_the_table_comes_beside_the_map_and_each_of_its_terms_stands_a_while(frame: str) -> None:
    watch = WatchTable(frame)
    dry_run(SoftmaxSlope, Production(FILM, frame=frame), observer=watch)
    assert watch.moments_seen > 10 and not watch.crossed
    assert min(watch.terms.values()) >= 0.6, watch.terms  # seconds at rest, beside the moves
    assert watch.bright["a"] == {True} and watch.bright["own_tax"] == {False}  # each term beside its table


def test_no_picture_leaves_the_frame_at_its_sides(seen: tuple[Lesson, Watch]) -> None:
    watch = seen[1]
    safe, beyond = watch.safe, OUTSIDE * PIXEL
    assert len(watch.extent) == len(SoftmaxSlope.beats())
    for beat, (left, right) in watch.extent.items():
        assert safe.left - beyond <= left < right <= safe.right + beyond, beat


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("K", range(2, 11))
def test_regions_that_stand_together_do_not_overlap(frame: str, K: int) -> None:
    layout = SlopeLayout.of(FRAMES[frame].stage, K)
    together = [
        (layout.corner, layout.column, layout.cards, layout.alone),
        (layout.corner, layout.column, layout.quotient, layout.exponential, *dict.fromkeys(layout.facts)),
        (layout.corner, layout.tag, layout.column),
        (layout.corner, layout.strip, layout.table, layout.formula),
    ]
    for regions in together:
        for n, one in enumerate(regions):
            assert one.width > 0.5 and one.height > 0.1
            for other in regions[n + 1 :]:
                across = min(one.right, other.right) - max(one.left, other.left)
                up = min(one.top, other.top) - max(one.bottom, other.bottom)
                assert min(across, up) <= 1e-9, (one, other)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("K", [2, 6, 10])
def test_the_docked_column_does_not_reach_into_the_name_of_the_case(frame: str, K: int) -> None:
    lesson = Lesson.from_logits(np.linspace(1, -1, K), [f"c{n}" for n in range(K)], np.eye(K)[1])
    layout = SlopeLayout.of(FRAMES[frame].stage, K)
    column = SlopeColumn(solve(lesson), layout.column, brief=True)
    assert column.frame(0).get_top()[1] <= layout.tag.bottom
    assert column.get_bottom()[1] >= layout.sheet.top - 0.25 or layout.column.right <= layout.sheet.left


@pytest.mark.parametrize("K", [2, 3, 4, 10])
@pytest.mark.parametrize("i", [0, 1, -1])
@pytest.mark.parametrize("width", [2.4, 4.5])
def test_of_the_terms_of_the_sum_one_is_left(K: int, i: int, width: float) -> None:
    target = [0.0] * K
    target[i - 1] = 1.0
    z = np.zeros(K)
    z[i] = 1.0
    solution = solve(Lesson.from_logits(z, [f"class {n}" for n in range(K)], target))
    terms = SumTerms(solution, Region(0, 0, width, 1))
    assert terms.width <= width + 1e-9
    around = ["⋯", "+"] * (i != 0), ["+", "⋯"] * (i % K != K - 1)
    assert [part.plain for part in terms] == ["=", *around[0], "e^(z_i)", *around[1]]
    terms.differentiate()
    terms.settle()
    left = [part.plain for part in terms if part.plain not in ("+", "0", "⋯")]
    assert left == ["∂S/∂z_i", "=", "e^(z_i)"]


def after(animations: list[Animation]) -> None:
    for animation in animations:
        animation.begin()
        animation.interpolate(1.0)


def test_the_derivative_of_the_sum_takes_the_place_of_its_terms() -> None:
    terms = SumTerms(solve(default_lesson()), Region(0, 0, 4.5, 1.3))
    result = Formula(DERIVATIONS["total_slope"].equations[-1])
    terms.align(result, y=True)
    after(terms.differentiate())
    terms.settle()
    equals = next(part for part in terms if part.plain == "=")
    assert equals.get_center() == pytest.approx(result.find("=").get_center())
    after(terms.conclude(result))
    kept = VGroup(*[part for part in terms if part.plain in ("∂S/∂z_i", "=", "e^(z_i)")])
    assert kept.get_left() == pytest.approx(result.get_left())
    assert kept.get_right() == pytest.approx(result.get_right())


def test_a_nudged_score_takes_from_all_others_and_gives_back() -> None:
    z = np.array([0.3, -1.0, 0.5])
    for k in range(3):
        nudged = z + 0.6 * np.eye(3)[k]
        assert nudged_shares(softmax(z), k + 0.5) == pytest.approx(softmax(nudged))
    for turn in (0.0, 1.0, 3.0):
        assert nudged_shares(softmax(z), turn) == pytest.approx(softmax(z))


def test_the_name_of_the_missing_growth_is_joined_to_it_and_no_left_side_of_the_sign() -> None:
    line = Formula(DERIVATIONS["case_i_not_j"].equations[2])
    sign, missing = line.find("="), line.find(NONE)
    note = pointing_at(missing, Words("growth", size="label"), sign)
    word, joint = note
    assert word.get_right()[0] < sign.get_left()[0]
    assert joint.get_bottom()[1] > sign.get_top()[1]  # clear of the sign, at the height of the part
    assert missing.get_bottom()[1] < joint.get_y() < missing.get_top()[1]
    assert word.get_right()[0] < joint.get_left()[0] < joint.get_right()[0] < missing.get_left()[0]


@pytest.mark.parametrize("height", [1.6, 3.0])
def test_the_strip_of_the_quotient_rule_grows_beyond_1_and_is_squeezed_back(height: float) -> None:
    """What is lost is to what is gained as the part to the whole; no name touches another, or leaves."""
    region = Region(0, 0, 4, height)
    strip, brief = QuotientStrip(region), QuotientStrip(region, brief=True)
    left, old, one = strip.part.get_left()[0], strip.part.get_right()[0], strip.rest.get_right()[0]
    after(strip.grow_part())
    gained, end = strip.gain.width, strip.rest.get_right()[0]
    assert strip.gain.get_left()[0] == pytest.approx(old) and end <= region.right
    assert end - one == pytest.approx(gained)  # the rest is pushed, not covered
    assert strip.gain_name.get_x() == pytest.approx(strip.gain.get_x())
    after(strip.grow_whole())
    assert strip.rest.get_right()[0] == pytest.approx(one)
    assert strip.gain.width / gained == pytest.approx((one - left) / (end - left))
    assert strip.tax.get_left()[0] == pytest.approx(strip.part.get_right()[0])
    assert strip.tax.get_right()[0] == pytest.approx(old)
    assert strip.tax.width / strip.gain.width == pytest.approx((old - left) / (one - left))
    names = [strip.names[0], strip.gain_name, strip.tax_name]
    for name, piece in zip(names, (strip.part, strip.gain, strip.tax), strict=True):
        assert piece.get_left()[0] < name.get_x() < piece.get_right()[0]
        assert region.bottom - 1e-6 <= name.get_bottom()[1] and name.get_top()[1] <= region.top + 1e-6
    assert names[1].get_left()[0] - names[0].get_right()[0] >= 0.29
    rest = [*names, *strip.names[1:]]
    assert not any(overlap(one, other, 0.09) for n, one in enumerate(rest) for other in rest[:n])
    for piece in ("part", "gain", "rest", "tax"):
        assert getattr(brief, piece).width == pytest.approx(getattr(strip, piece).width)
