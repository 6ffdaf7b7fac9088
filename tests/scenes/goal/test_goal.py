"""The loss is measured before it is derived: the dial, the table and the pin tell the truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp

from softmax_explained.core import Solution
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.goal.scene import Goal
from softmax_explained.scenes.goal.sensitivity import TURN, Measurements, Sensitivity
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.text.text import Readout

LYING = Region(-3, -1.5, 3, 1.5)


@pytest.fixture(scope="module")
def solution() -> Solution:
    return Production(FILM).solution


def loss(solution: Solution, nudge: float) -> float:
    z = np.array(solution.z) + nudge * np.eye(solution.K)[solution.i]
    return float(logsumexp(z) - solution.lesson.targets @ z)


def angle(hand: object) -> float:
    start, end = hand.get_start_and_end()  # type: ignore[attr-defined]
    return float(np.arctan2(end[0] - start[0], end[1] - start[1]))


@pytest.mark.parametrize("h", [0.1, 0.05, 0.01])
def test_the_meter_turns_by_the_slope_times_as_far_as_the_dial(solution: Solution, h: float) -> None:
    picture = Sensitivity(solution, LYING)
    picture.nudge.set_value(h)
    picture.draw()
    assert angle(picture.dial.hand) == pytest.approx(TURN * h / 0.1)
    ratio = (loss(solution, h) - loss(solution, 0.0)) / h
    assert angle(picture.meter.hand) / angle(picture.dial.hand) == pytest.approx(ratio, rel=1e-6)


def test_digits_are_settled_as_far_as_they_are_those_of_the_slope(solution: Solution) -> None:
    table = Measurements(solution, LYING)
    slope = f"{(loss(solution, 1e-5) - loss(solution, -1e-5)) / 2e-5:+.3f}"
    for n, ratio in enumerate(table.ratios):
        same = len(table.settled(n))
        assert ratio.text[:same] == slope[:same]
        assert same == len(slope) or ratio.text[same] != slope[same]


def test_the_dock_fills_up_as_the_chapter_goes_on() -> None:
    seen = dict[str, tuple[bool, bool]]()
    dry_run(
        Goal,
        Production(FILM, quality="draft"),
        after_beat=lambda goal, record: seen.update(
            {record.id: (goal.dock.pin in goal.mobjects, goal.dock.letters in goal.mobjects)}
        ),
    )
    filled = {"sensitivity": (False, False), "measure": (True, False), "letters": (True, True)}
    assert {beat: seen[f"goal.{beat}"] for beat in filled} == filled


def test_a_pin_carries_its_number_with_a_sign(solution: Solution) -> None:
    number = Pin(solution["fd[i]"]).value
    assert isinstance(number, Readout) and number.text[0] in "+−"
