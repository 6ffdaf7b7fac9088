"""Names of rules stand near the lines they give, and come when these have come."""

from __future__ import annotations

import pytest
from manim import LEFT, RIGHT

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.stage.design.rate_functions import afterwards, instead
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.rule_labels import BESIDE, beside, over
from softmax_explained.stage.text.text import Words


def lines() -> tuple[Formula, Formula]:
    long, short = (Formula(line) for line in DERIVATIONS["direct_path"].equations[:2])
    return long, short.align_at(long)


def test_a_name_stands_clear_of_all_lines_and_level_with_the_equals_sign_of_its_own() -> None:
    long, short = lines()
    name = beside(Words("expand"), short, long)
    end = max(line.get_edge_center(RIGHT)[0] for line in (long, short))
    assert name.get_edge_center(LEFT)[0] == pytest.approx(end + BESIDE)
    assert name.get_y() == pytest.approx(short.find("=", 0).get_y())


def test_a_name_over_a_line_begins_at_its_equals_sign() -> None:
    long, _ = lines()
    name = over(Words("quotient rule"), long)
    assert name.get_bottom()[1] > long.get_top()[1]
    assert name.get_left()[0] == pytest.approx(long.find("=", 0).get_left()[0])


def test_a_name_is_gone_before_another_takes_its_place() -> None:
    out, back = (animation.get_rate_func() for animation in instead(Words("factor"), Words("expand")))
    assert out(0.45) == pytest.approx(1) and back(0.5) == pytest.approx(0)
    assert afterwards(Words("cancel")).get_rate_func()(1.0) == pytest.approx(1)
