"""The chapter on practice: the handle moves the scores and nothing else, and both proofs give one loss."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VMobject
from scipy.special import log_softmax, logsumexp, softmax
from stills import Played, play

from made import made
from softmax_explained.core import Lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.practice.scene import Practice
from softmax_explained.scenes.practice.shifted_scores import ShiftedScores
from softmax_explained.stage import Chapter, Production
from softmax_explained.stage.charts.unit_strip import UnitStrip
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import visible
from softmax_explained.stage.scene.overlays import Header, Rail
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula

HUGE = Lesson.from_logits([800, 798.5, -12.0], ["alpha", "beta", "gamma"], [0, 1, 0])


@pytest.fixture(scope="module")
def practice() -> Played:
    return play(Practice, Production(FILM, lesson=HUGE))


def test_scores_whose_powers_overflow_are_shown_below_zero_and_the_shares_are_right(practice: Played) -> None:
    z = np.array([800, 798.5, -12.0])
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(z)).any()
    shown = {number.key: number.value for number in practice.still("subtract_largest").record.numbers}
    np.testing.assert_allclose([shown[f"shifted[{k}]"] for k in range(3)], z - 800)
    np.testing.assert_allclose([shown[f"a[{k}]"] for k in range(2)], softmax(z)[:2])


def test_the_knobs_stay_apart_as_they_were_while_the_handle_moves() -> None:
    lifted = ShiftedScores(Production(FILM).solution, Region(-6, -2, 0, 2))
    lifted.follow()
    distances = []
    for lift in (1.0, 0.6, 0.0):
        lifted.lift.set_value(lift)
        lifted.sliders.update()
        distances.append(np.diff([knob.get_y() for knob in lifted.sliders.knobs]))
    np.testing.assert_allclose(distances, [distances[0]] * 3, atol=1e-9)
    assert lifted.sliders.knobs[0].get_y() == pytest.approx(lifted.zero[0].get_y(), abs=1e-6)


class OnTheStrip:
    """Notes where the segments of the unit strip stand, in the middle of every move too."""

    def __init__(self) -> None:
        self.spans: list[list[tuple[float, float]]] = []

    def before(self, scene: Chapter) -> None:
        self.spans += [mobject.spans for mobject in scene.mobjects if isinstance(mobject, UnitStrip)]

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [0.3 * seconds, 0.6 * seconds]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.before(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


def test_the_strip_stands_still_while_the_scores_slide() -> None:
    watcher = OnTheStrip()
    dry_run(Practice, Production(FILM, lesson=HUGE), observer=watcher)
    assert len(watcher.spans) > 10
    assert all(np.allclose(spans, watcher.spans[0]) for spans in watcher.spans)


def test_both_routes_give_the_same_loss() -> None:
    solution = Production(FILM, lesson=HUGE).solution
    z, y = solution.z, solution.lesson.targets
    assert solution["C_lse"].value == pytest.approx(logsumexp(z) - y @ z)
    assert solution["C_lse"].value == pytest.approx(-y @ log_softmax(z))


def test_the_film_ends_with_prediction_minus_target_alone() -> None:
    left = []

    def look(chapter: Practice, record: BeatRecord) -> None:
        left[:] = [
            mobject
            for mobject in chapter.mobjects
            if mobject not in {*headers[0].mobjects, rails[0].mobject}
            and any(isinstance(part, VMobject) for part in mobject.family_members_with_points())
            and visible(mobject)
        ]

    with made(Header) as headers, made(Rail) as rails:
        dry_run(Practice, Production(FILM), after_beat=look)
    assert (len(headers), len(rails)) == (1, 1)
    (formula,) = left
    assert isinstance(formula, Formula) and formula.plain == "a_i − y_i"
