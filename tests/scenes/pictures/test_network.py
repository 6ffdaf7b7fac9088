"""The network: as many nodes and wires as the lesson has, inside its region, in columns or in rows."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.stage import Region, Words
from softmax_explained.stage.text.label_layout import overlap

WIDE, TALL = Region(-6.4, -3.3, 6.4, 3), Region(-3.6, -3.7, 2.8, 4.6)


@pytest.mark.parametrize("name", ["cat-dog-fox", "ten-digits", "binary"])
@pytest.mark.parametrize("region", [WIDE, TALL])
def test_every_node_is_joined_to_every_node_of_the_next_column(name: str, region: Region) -> None:
    solution = solve(shipped_lesson(name))
    network = Network(solution, region)
    M, K = solution.M, solution.K
    assert [len(column) for column in network.columns.values()] == [M, K, K, 1]
    assert [len(network.wires_from(letter)) for letter in "xza"] == [M * K, K * K, K]
    for letter, before in (("z", "x"), ("a", "z"), ("C", "a")):
        for n, node in enumerate(network.columns[letter]):
            for wire, start in zip(network.fan(letter, n), network.columns[before], strict=True):
                ends = wire.get_start_and_end()
                for end, ring in zip(ends, (start.ring, node.ring), strict=True):
                    assert np.linalg.norm(end - ring.get_center()) == pytest.approx(ring.width / 2, abs=1e-6)


@pytest.mark.parametrize("name", ["cat-dog-fox", "ten-digits", "iris"])
@pytest.mark.parametrize("region", [WIDE, TALL])
def test_a_network_with_headings_stays_inside_its_region_and_its_nodes_apart(
    name: str, region: Region
) -> None:
    words = [Words(text) for text in ("inputs", "scores", "shares", "loss")]
    network = Network(solve(shipped_lesson(name)), region, headings=words, numbers=True)
    assert network.get_left()[0] >= region.left - 0.05 and network.get_right()[0] <= region.right + 0.05
    assert network.get_bottom()[1] >= region.bottom - 0.05 and network.get_top()[1] <= region.top + 0.05
    for column in network.columns.values():
        centres = np.array([node.ring.get_center() for node in column])
        steps = np.linalg.norm(np.diff(centres, axis=0), axis=1)
        assert np.all(steps > 2 * network.radius)


def test_columns_run_from_left_to_right_in_a_wide_region_and_down_in_a_high_one() -> None:
    wide, tall = (Network(solve(default_lesson()), region) for region in (WIDE, TALL))
    places = [column.get_x() for column in wide.columns.values()]
    assert all(one < other for one, other in pairwise(places))
    heights = [column.get_y() for column in tall.columns.values()]
    assert all(one > other for one, other in pairwise(heights))


@pytest.mark.parametrize("count", range(1, 9))
def test_long_inputs_above_their_nodes_are_in_the_region_and_apart(count: int) -> None:
    region = Region(-3, 0, 3, 4)
    lesson = Lesson(
        inputs=np.resize([-14000.0, 26600.123], count),
        weights=np.full((2, count), 1e-5) * [[1], [-1]],
        biases=np.zeros(2),
        classes=("a", "b"),
        targets=np.array([1.0, 0.0]),
    )
    network = Network(solve(lesson), region, columns="xa", numbers=True, downwards=True)
    numbers = [node.content for node in network.columns["x"]]
    for number in numbers:
        assert region.left - 0.01 <= number.get_left()[0] and number.get_right()[0] <= region.right + 0.01
    assert not any(overlap(one, other) for one, other in combinations(numbers, 2))
