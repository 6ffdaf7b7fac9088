"""Scores on a number line, also where there is hardly room for their numbers."""

from __future__ import annotations

import pytest

from softmax_explained.core import Lesson, solve
from softmax_explained.scenes.pictures.score_line import ScoreBars
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style

SCORES = [535.551, -467.096, 100.707, -1.5]


@pytest.mark.parametrize("width", [0.5, 1.5, 3.0, 6.0])
def test_bars_go_to_the_right_for_positive_scores_and_to_the_left_for_negative_ones(width: float) -> None:
    solution = solve(Lesson.from_logits(SCORES, list("abcd"), [1, 0, 0, 0]))
    scores = ScoreBars([solution[f"z[{n}]"] for n in range(4)], Region(0, 0, width, 5))
    zero = scores.line.x(0)
    lengths = [bar.width if bar.get_x() > zero else -bar.width for bar in scores.bars]
    per_score = scores.bars[0].width / SCORES[0]
    assert lengths == pytest.approx([per_score * score for score in SCORES], abs=1e-6)


def test_numbers_stay_in_a_region_of_the_least_width() -> None:
    solution = solve(Lesson.from_logits(SCORES, list("abcd"), [1, 0, 0, 0]))
    quantities = [solution[f"z[{n}]"] for n in range(4)]
    width = ScoreBars.least_width(quantities)
    scores = ScoreBars(quantities, Region(0, 0, width, 2), size="least")
    assert all(number.get_right()[0] <= width for number in scores.numbers)
    assert all(number.em >= 0.999 * style().size("least") for number in scores.numbers)
