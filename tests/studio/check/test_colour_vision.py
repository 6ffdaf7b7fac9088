"""Distances and simulations of colour, against the numbers their authors published."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_explained.studio.check.rules.role_colours import SIMULATIONS, distance, seen_by

SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
"""Pairs of the test data of Sharma, Wu and Dalal (2005), table 1, with each of their special cases."""


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_the_distance_of_two_colours_is_the_published_one(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert distance(np.array(one), np.array(other)) == pytest.approx(expected, abs=5e-5)
    assert distance(np.array(other), np.array(one)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((1.0, 0.0, 0.0), (53.24, 80.09, 67.20)),
        ((0.0, 1.0, 0.0), (87.73, -86.18, 83.18)),
        ((0.0, 0.0, 1.0), (32.30, 79.19, -107.86)),
    ],
)
def test_the_primaries_of_the_screen_have_their_published_coordinates(
    rgb: tuple[float, ...], lab: tuple[float, ...]
) -> None:
    assert seen_by("normal", np.array(rgb)) == pytest.approx(lab, abs=0.02)


@pytest.mark.parametrize("vision", SIMULATIONS)
@pytest.mark.parametrize("grey", [0.0, 0.2, 0.5, 1.0])
def test_a_grey_is_the_same_grey_to_every_eye(vision: str, grey: float) -> None:
    seen = seen_by(vision, np.array([grey] * 3))
    assert distance(seen, seen_by("normal", np.array([grey] * 3))) < 0.05


def test_red_and_green_come_together_for_the_eyes_that_miss_a_cone() -> None:
    red, green = np.array([0.8, 0.2, 0.1]), np.array([0.45, 0.5, 0.1])
    apart = {vision: distance(seen_by(vision, red), seen_by(vision, green)) for vision in SIMULATIONS}
    assert apart["deutan"] < apart["normal"] / 2
    assert apart["tritan"] > apart["deutan"]
