"""The chapter on softmax: what its strips show is what the core computes."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Mobject
from scipy.special import softmax

from made import made
from softmax_explained.core import Lesson, default_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.softmax.exponential import Exponential
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.scenes.softmax.scene import LIFT, RISE, Softmax
from softmax_explained.stage import Chapter, Production
from softmax_explained.stage.charts.unit_strip import UnitStrip
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.thresholds import PIXEL

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([-0.7, 0.4], ["spam", "no"], [1, 0]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}


class Seen:
    """What stands on the stage at the end of every beat."""

    def __init__(self, lesson: Lesson) -> None:
        self.widths = dict[str, np.ndarray]()
        self.updaters = dict[str, list[Mobject]]()
        with made(UnitStrip) as self.strips:
            self.chapter: Chapter = dry_run(Softmax, Production(FILM, lesson=lesson), after_beat=self._look)

    @property
    def strip(self) -> UnitStrip:
        (strip,) = self.strips
        return strip

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("softmax.")
        self.updaters[beat] = [part for part in chapter.get_mobject_family_members() if part.updaters]
        if self.strips and self.strip in chapter.mobjects:
            strip = self.strip
            lefts = [box.get_left()[0] for box in strip] + [strip.left + strip.unit]
            self.widths[beat] = np.diff(lefts) / strip.unit


@pytest.fixture(scope="module", params=LESSONS)
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def test_every_segment_is_its_share_of_the_strip_within_a_pixel(seen: Seen) -> None:
    solution = seen.chapter.solution
    expected = softmax(solution.z)
    assert {"share_out", "formula", "competition", "only_differences"} <= set(seen.widths)
    for widths in seen.widths.values():
        np.testing.assert_allclose(widths, expected, atol=PIXEL / seen.strip.unit)


def test_nothing_keeps_moving_when_a_beat_has_ended(seen: Seen) -> None:
    assert not any(seen.updaters.values())


def test_pushing_one_score_squeezes_all_other_shares_by_the_same_factor(seen: Seen) -> None:
    chapter = seen.chapter
    strip, i, z = seen.strip, chapter.solution.i, chapter.solution.z
    pushed = z + RISE * np.eye(len(z))[i]
    strip.follow_scores(lambda: pushed)
    strip.update()
    ratios = np.delete(strip.lengths / softmax(z), i)
    strip.settle()
    np.testing.assert_allclose(ratios, ratios[0])
    assert ratios[0] < 1


def test_lifting_all_scores_leaves_the_strip_where_it_is(seen: Seen) -> None:
    strip, z = seen.strip, seen.chapter.solution.z
    before = [box.points.copy() for box in strip]
    strip.follow_scores(lambda: z + LIFT)
    strip.update()
    after = [box.points.copy() for box in strip]
    strip.settle()
    np.testing.assert_allclose(after, before, atol=1e-9)


def test_the_numbers_are_the_lessons_own_after_they_have_moved(seen: Seen) -> None:
    for record in seen.chapter.records:
        for number in record.numbers:
            assert number.text == seen.chapter.quantity(number.key).text


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_a_length_is_as_long_as_its_stem_is_high(frame: str) -> None:
    seen: list[tuple[float, float]] = []

    def look(chapter: Chapter, record: BeatRecord) -> None:
        if record.id == "softmax.exponentiate":
            (curve,), (lengths,) = curves, all_lengths
            pairs = zip(curve.stems, lengths.bars, strict=True)
            seen.extend((stem.height, bar.width) for stem, bar in pairs)

    with made(Exponential) as curves, made(Lengths) as all_lengths:
        chapter = dry_run(Softmax, Production(FILM, frame=frame), after_beat=look)
    heights, widths = np.array(seen).T
    np.testing.assert_allclose(widths, heights, atol=PIXEL)
    np.testing.assert_allclose(
        widths / widths[0], np.exp(chapter.solution.z - chapter.solution.z[0]), rtol=1e-6
    )
