"""The chapter on squared error: what goes through the table, what comes out, and the race's first push."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import DL, UR, Line, VMobject
from manim.utils.family import extract_mobject_family_members
from scipy.special import softmax

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.numerics.softmax import surer
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.racing_strips import RacingStrips
from softmax_explained.scenes.squared_error.last_picture import LastPicture
from softmax_explained.scenes.squared_error.length_bars import LengthBars
from softmax_explained.scenes.squared_error.scene import SquaredError
from softmax_explained.scenes.squared_error.slope_bars import SlopeBars, room_for
from softmax_explained.scenes.squared_error.two_rows import Row, SurerNetwork
from softmax_explained.stage import Chapter, Formula, Production, Region, Words, style
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown, visible
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([1.0, 0.3], ["no", "yes"], [0, 1]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "soft": Lesson.from_logits([2, 1, 0, -1], ["a very long name", "b", "c", "d"], [0.1, 0.6, 0.2, 0.1]),
    "right": Lesson.from_logits([30, -30], ["alpha", "beta"], [1, 0]),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}
SOLUTION = solve(default_lesson())
LEAST = 0.02  # Manim units: no bar is shorter, so that a row without a push can be seen
SUREST = 4.7  # from the largest score of the surest network down to the next one


def jacobian(z: np.ndarray) -> np.ndarray:
    a = softmax(z)
    return np.diag(a) - np.outer(a, a)


def lengths(bars: SlopeBars) -> np.ndarray:
    """The signed length of each bar in Manim units."""
    zero = float(bars.zero.get_x())
    return np.array(
        [
            float(bar.get_right()[0] - zero if value >= 0 else bar.get_left()[0] - zero)
            for bar, value in zip(bars.bars, bars.values, strict=True)
        ]
    )


class Seen:
    """The two rows at the end of their beat, and the sides of what is shown."""

    def __init__(self, lesson: Lesson, frame: str = "wide", until: str | None = None) -> None:
        self.extent = dict[str, tuple[float, float]]()
        with made(Row) as self.rows, made(RacingStrips) as self.races, made(SurerNetwork) as networks:
            production = Production(FILM, lesson=lesson, frame=frame)
            self.chapter = dry_run(SquaredError, production, after_beat=self._look, until=until)
        self.upper, self.lower = self.rows
        (network,) = networks
        network.sureness.set_value(0.0)
        network.draw()  # as before the network got surer
        self.drawn = [lengths(bars) for bars in (self.upper.after, self.lower.before, self.lower.after)]

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        parts = [
            part
            for mobject in chapter.mobjects
            for part in mobject.family_members_with_points()
            if visible(part)
        ]
        left = min(float(part.get_left()[0]) for part in parts)
        self.extent[record.id] = left, max(float(part.get_right()[0]) for part in parts)


@pytest.fixture(scope="module", params=list(LESSONS))
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return LESSONS[request.param]


@pytest.fixture(scope="module")
def seen(lesson: Lesson) -> Seen:
    return Seen(lesson)


def test_a_minus_y_comes_out_of_one_row_and_goes_into_the_other(lesson: Lesson, seen: Seen) -> None:
    z = np.asarray(lesson.z, dtype=float)
    slopes = softmax(z) - lesson.targets
    assert seen.upper.after.values == pytest.approx(slopes, abs=1e-12)
    assert seen.lower.before.values == pytest.approx(slopes, abs=1e-12)
    assert seen.lower.after.values == pytest.approx(jacobian(z) @ slopes, abs=1e-12)
    assert jacobian(z) @ seen.upper.before.values == pytest.approx(slopes, abs=1e-9)


def test_columns_in_and_out_are_drawn_to_one_scale(lesson: Lesson, seen: Seen) -> None:
    z = np.asarray(lesson.z, dtype=float)
    slopes = softmax(z) - lesson.targets
    assert len(seen.drawn) == 3
    for drawn, values in zip(seen.drawn, (slopes, slopes, jacobian(z) @ slopes), strict=True):
        assert drawn == pytest.approx(values * seen.upper.after.unit, abs=LEAST + PIXEL)


@pytest.mark.parametrize("frame", sorted(FRAMES))
@pytest.mark.parametrize("name", first_fast(["ten", "three", "soft"]))
def test_class_names_stand_level_with_their_bars_and_clear_of_them(name: str, frame: str) -> None:
    seen = Seen(LESSONS[name], frame, until="nothing_to_cancel")
    classes = list(LESSONS[name].classes)
    for row in (seen.upper, seen.lower):
        for column in (row.before, row.after):
            named = {classes.index(str(each.text)): each for each in column.names}
            assert {seen.chapter.solution.i, seen.chapter.solution.t} <= set(named)
            for k, written in named.items():
                assert written.get_y() == pytest.approx(float(column.bars[k].get_y()), abs=0.15)
                parts = (column.bars, column.numbers, column.zero)
                assert all(written.get_right()[0] < part.get_left()[0] for part in parts if len(part))
        column = row.before if row is seen.lower else row.after
        if len(row.subtraction):  # over its own column
            assert column.get_left()[0] <= row.subtraction.get_x() <= column.get_right()[0]
        else:  # the name of the loss takes the place over that column, and a_j − y_j is written below
            assert frame != "wide" and row is seen.lower
            assert row.title.get_right()[0] > column.zero.get_x()


@given(
    z=st.lists(st.floats(-20, 20), min_size=2, max_size=10),
    true=st.integers(0, 9),
)
def test_at_most_half_of_a_minus_y_gets_through(z: list[float], true: int) -> None:
    targets = np.eye(len(z))[true % len(z)]
    slopes = softmax(z) - targets
    through = jacobian(np.array(z)) @ slopes
    assert np.linalg.norm(through) <= 0.5 * np.linalg.norm(slopes) + 1e-12
    solution = solve(Lesson.from_logits(z, [f"c{n}" for n in range(len(z))], targets))
    for key, length in (("glen", np.linalg.norm(slopes)), ("gqlen", np.linalg.norm(through))):
        quantity = solution[key]
        assert float(quantity.value) * 10.0**quantity.exponent == pytest.approx(length, abs=1e-12)


def test_of_a_surer_network_next_to_nothing_gets_through() -> None:
    with made(SurerNetwork) as networks, made(Row) as rows:
        chapter = dry_run(SquaredError, Production(FILM))
    (network,), (upper, lower) = networks, rows
    network.sureness.set_value(1.0)
    network.draw()
    z = np.array([2.0, 1.0, 0.1])
    z = (z - z[0]) * SUREST / (z[0] - z[1])
    into = softmax(z) - chapter.solution.lesson.targets
    through = jacobian(z) @ into
    assert np.linalg.norm(into) > 1 and np.linalg.norm(through) < 0.05
    for key, vector in (("glen_sure", into), ("gqlen_sure", through)):
        assert f"{np.linalg.norm(vector):.3f}" == chapter.solution[key].text
    first = lengths(upper.before)  # −1/a of the true class: its bar is as long as there is room, and broken
    unit, room = upper.after.unit, -first[1]
    assert len(network.breaks) == 1 and unit / softmax(z)[1] > 10 * room
    assert room == pytest.approx(
        max(np.abs(lengths(each)).max() for row in rows for each in (row.before, row.after))
    )
    assert np.abs(first[[0, 2]]).max() <= LEAST + 1e-9
    assert lengths(lower.after) == pytest.approx(through * unit, abs=LEAST + PIXEL)
    for column in (upper.after, lower.before):
        assert lengths(column) == pytest.approx(into * unit, abs=LEAST + PIXEL)


@pytest.mark.parametrize("name", first_fast(["ten", "soft", "three"]))
@pytest.mark.parametrize("sureness", [0.0, 0.5, 1.0])
def test_no_slope_is_cut_short_and_leaders_end_at_their_bars_while_the_network_gets_surer(
    name: str, sureness: float
) -> None:
    lesson = LESSONS[name]
    with made(SurerNetwork) as networks, made(Row) as rows:
        dry_run(SquaredError, Production(FILM, lesson=lesson), until="nothing_to_cancel")
    (network,), (upper, lower) = networks, rows
    network.sureness.set_value(sureness)
    network.draw()
    z = surer(np.asarray(lesson.z, dtype=float), sureness)
    slopes = softmax(z) - lesson.targets
    for column, values in (upper.after, slopes), (lower.before, slopes), (lower.after, jacobian(z) @ slopes):
        drawn = [bar.width for bar in column.bars]
        assert drawn == pytest.approx(np.abs(values) * upper.after.unit, abs=LEAST + PIXEL)
        for leader in column.leaders:
            if leader.get_stroke_opacity() > 0:
                ends = [float(np.hypot(*(leader.get_end() - bar.get_left())[:2])) for bar in column.bars]
                assert min(ends) < 0.1 < float(leader.width)  # Manim units
    seen = [leader for row in rows for column in (row.before, row.after) for leader in column.leaders]
    if name == "soft":  # there is no room for numbers between the names and the bars
        assert sum(leader.get_stroke_opacity() > 0 for leader in seen) >= 4


@pytest.mark.parametrize("frame", sorted(FRAMES))
@pytest.mark.parametrize("z", [[2, 1, 0.1], [12, 11.6, -3, 0], [0.2, 0.1], [5, 5 - 1e-6, -5]])
def test_the_surest_network_gives_at_least_98_percent_to_one_class(z: list[float], frame: str) -> None:
    solution = solve(Lesson.from_logits(z, list("abcd"[: len(z)]), [0, 1, *[0] * (len(z) - 2)]))
    shares = softmax(surer(solution.z, 1.0))
    assert shares.max() >= 0.98 and shares.sum() == pytest.approx(1)
    assert np.argmax(shares) == np.argmax(z)
    assert softmax(surer(solution.z, 0.0)) == pytest.approx(softmax(z))


def test_only_the_links_of_cross_entropy_are_struck_out() -> None:
    seen = Struck()
    dry_run(SquaredError, Production(FILM), observer=seen)
    both = [text for text in seen.formulas if "a_i a_j" in text]
    assert len(both) == 2 and len({text.count("−y_j/a_j") for text in both}) == 2
    assert seen.strokes == 2 and seen.over == {next(text for text in both if "/" in text)}


class InFront:
    """Notes whether the bars that fly to the gauges are drawn after what comes with these."""

    def __init__(self) -> None:
        self.seen = list[bool]()

    def before(self, scene: Chapter) -> None:
        """Nothing moves yet."""

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0, seconds, 9)[1:-1])

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        family = extract_mobject_family_members(scene.mobjects, use_z_index=True)
        drawn = [part for part in family if isinstance(part, VMobject)]
        bars = [n for n, part in enumerate(drawn) if part.z_index == 1]
        tracks = [n for n, part in enumerate(drawn) if part.get_fill_color() == style().colour("track")]
        if scene.beat_id == "squared_error.race" and bars and tracks:
            self.seen.append(min(bars) > max(tracks))

    def held(self, scene: Chapter, seconds: float) -> None:
        """Only moves are looked at."""


def test_the_pushes_stay_in_front_of_the_gauges_that_they_fill() -> None:
    seen = InFront()
    dry_run(SquaredError, Production(FILM), observer=seen)
    assert len(seen.seen) > 5 and all(seen.seen)


class Struck:
    """Notes the formulas that stand, and over which of them strokes do."""

    def __init__(self) -> None:
        self.formulas, self.over, self.strokes = list[str](), set[str](), 0

    def before(self, scene: Chapter) -> None:
        """Nothing stands yet."""

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [seconds / 2]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.held(scene, seconds)

    def held(self, scene: Chapter, seconds: float) -> None:
        shown = {formula.plain: formula for formula in typeset_text_shown(scene, Formula)}
        strokes = [part for part in scene.mobjects if isinstance(part, Line) and abs(part.get_slope()) > 0.2]
        if not any("a_i a_j" in text for text in shown) or not strokes:
            return
        self.formulas, self.strokes = list(shown), len(strokes)
        for text, formula in shown.items():
            low, high = formula.get_corner(DL), formula.get_corner(UR)
            self.over |= {
                text
                for line in strokes
                if (low < line.get_center())[:2].all() and (line.get_center() < high)[:2].all()
            }


def test_a_bar_that_is_too_long_is_broken_and_one_that_fits_is_not() -> None:
    region = Region(-2, -1, 2, 1)
    slopes = [SOLUTION[f"dCda[{k}]"] for k in range(3)]  # 0, −4.125, 0
    bars = SlopeBars(slopes, region, unit=1.0)
    assert len(bars.breaks) == 1
    assert bars.bars[1].get_left()[0] >= region.left
    assert len(SlopeBars(slopes, region, unit=0.1).breaks) == 0


def test_the_race_starts_with_the_push_of_each_loss(lesson: Lesson, seen: Seen) -> None:
    race = seen.races[0]
    solution = seen.chapter.solution
    t, z = solution.t, np.asarray(solution.race.start, dtype=float)
    slopes = softmax(z) - lesson.targets
    for strip, key, push in (
        (race.upper, "push_ce", -slopes[t]),
        (race.lower, "push_q", -(jacobian(z) @ slopes)[t]),
    ):
        quantity = solution[key]
        assert float(quantity.value) * 10.0**quantity.exponent == pytest.approx(push, abs=1e-9)
        full = float(strip.gauge.track.height)
        assert strip.gauge.bar.height / full == pytest.approx(abs(push), abs=0.03)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nobody_is_said_to_finish_who_does_not(language: str) -> None:
    finished = FILM.script(language, SOLUTION).sentence("squared_error.race")
    capped = solve(Lesson.from_logits((0.0, 1.0), ("yes", "no"), (0.5, 0.5)))
    stopped = FILM.script(language, capped).sentence("squared_error.race")
    assert str(SOLUTION.race.n_ce) in str(finished) and str(SOLUTION.race.n_q) in str(finished)
    assert not any(letter.isdigit() for letter in str(stopped))


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_no_picture_leaves_the_frame_at_its_sides(frame: str) -> None:
    seen = Seen(LESSONS["soft"], frame)
    safe, beyond = FRAMES[frame].safe, OUTSIDE * PIXEL
    assert len(seen.extent) == len(SquaredError.beats())
    for beat, (left, right) in seen.extent.items():
        assert safe.left - beyond <= left < right <= safe.right + beyond, beat


@pytest.mark.parametrize("width", [1.2, 2.2, 3.0, 5.0])
def test_numbers_stand_clear_of_their_bars_and_inside_the_region(width: float) -> None:
    region = Region(-width / 2, -1, width / 2, 1)
    slopes = [SOLUTION[f"g[{k}]"] for k in range(3)]
    bars = SlopeBars(slopes, region, unit=room_for(slopes, region).longest)
    assert bool(len(bars.numbers)) == (width > 1.2)
    for number, bar in zip(bars.numbers, bars.bars, strict=False):
        assert number.get_left()[0] >= bar.get_right()[0] or number.get_right()[0] <= bar.get_left()[0]
        assert number.get_left()[0] >= region.left - PIXEL
        assert number.get_right()[0] <= region.right + PIXEL


@pytest.mark.parametrize("z", [[2.0, 1.0, 0.1], [0.0, 0.0], [30.0, -30.0, 0.0]])
def test_the_bars_of_the_lengths_are_to_scale_with_the_mark_at_half_of_the_first(z: list[float]) -> None:
    solution = solve(Lesson.from_logits(z, [f"c{n}" for n in range(len(z))], np.eye(len(z))[1]))
    slopes = softmax(z) - solution.lesson.targets
    into, out = np.linalg.norm(slopes), np.linalg.norm(jacobian(np.array(z)) @ slopes)
    names = [Words(name, size="label") for name in ("in", "out")]
    others = [Words(name, size="label") for name in ("length", "half")]
    quantities = solution["glen"], solution["gqlen"]
    bars = LengthBars(quantities, (names[0], names[1]), *others, Region(-3, -1, 3, 1), longest=1.5)
    start = bars.bars[0].get_left()[0]
    drawn = [float(bar.width) for bar in bars.bars]
    assert drawn[0] / drawn[1] == pytest.approx(into / out, rel=0.01) or drawn[1] == pytest.approx(LEAST)
    assert bars.mark[0].get_x() - start == pytest.approx(drawn[0] / 2, abs=PIXEL)
    assert drawn[1] <= drawn[0] / 2 + LEAST
    assert bars.numbers[0].get_right()[0] <= 3 + PIXEL


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_the_lengths_say_whose_they_are_and_leave_room_for_their_bars(
    language: str, frame: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, make = list[LengthBars](), SquaredError._lengths

    def kept(chapter: SquaredError, region: Region) -> LengthBars:
        drawn.append(make(chapter, region))
        assert drawn[-1].bars[0].width >= 0.6  # Manim units
        assert drawn[-1].bars.get_bottom()[1] > drawn[-1].half.get_top()[1] + PIXEL  # not at the head
        assert chapter.script.label("squared_error.nothing_to_cancel", "q").lower() in drawn[-1].head.text
        assert region.top >= drawn[-1].get_top()[1] and drawn[-1].get_bottom()[1] >= region.bottom
        return drawn[-1]

    monkeypatch.setattr(SquaredError, "_lengths", kept)
    dry_run(SquaredError, Production(FILM, frame=frame, language=language))
    assert drawn


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_the_learning_rate_stands_clear_of_the_mark_at_half_and_of_its_neighbours(
    language: str, frame: str
) -> None:
    chapter = SquaredError(Production(FILM, frame=frame, language=language))
    picture = LastPicture(chapter)
    rate, strip = picture.rate, picture.race.upper
    middle = strip.strip.left + strip.strip.unit / 2
    assert max(float(rate.get_left()[0]) - middle, middle - float(rate.get_right()[0])) >= 0.25  # Manim units
    assert strip.head.get_right()[0] < rate.get_left()[0]
    assert rate.get_right()[0] < strip.counter.get_left()[0]


@pytest.mark.parametrize("pair", [(0, 1), (4, 5), (8, 9)])
def test_no_name_is_beyond_the_outer_bars_where_two_would_touch(pair: tuple[int, int]) -> None:
    solution, region = solve(LESSONS["ten"]), Region(0, 0, 4, 1.2)
    names = [Words(name, size="least") for name in solution.lesson.classes]
    slopes = [solution[f"g[{k}]"] for k in range(10)]
    bars = SlopeBars(slopes, region, unit=1.0, names=names, margin=1.0, priority=set(pair))
    upper, lower = bars.names
    assert upper.get_y() <= region.top and lower.get_y() >= region.bottom
    assert upper.get_bottom()[1] >= lower.get_top()[1] - 3 * PIXEL


@pytest.mark.parametrize("frame", FRAMES)
def test_the_learning_rate_stands_at_both_strips_of_the_race(frame: str) -> None:
    last = LastPicture(SquaredError(Production(FILM, frame=frame)))
    upper, lower = last.rate
    assert upper.get_x() == pytest.approx(lower.get_x())
    for rate, strip in ((upper, last.race.upper), (lower, last.race.lower)):
        assert rate[0].baseline == pytest.approx(strip.head.baseline, abs=0.02)
        assert rate.get_left()[0] > strip.head.get_right()[0]
        assert rate.get_right()[0] < strip.word.get_left()[0]
