"""The cards of the rules: everything on the card, and pictures that are true of their rule."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.rule_card import chain_rule_card, log_rule_card, logarithm, three_steps
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.scene.context import SceneContext

CARDS = Region(0, 0, 5, 2.4), Region(0, 0, 2.6, 3.4), Region(0, 0, 4.2, 2.4)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("make", [chain_rule_card, log_rule_card])
def test_all_parts_are_on_the_card_and_apart(make: object, card: Region, language: str) -> None:
    picture = make(SceneContext(Production(FILM, language=language)), card)  # type: ignore[operator]
    for part in picture:
        assert card.left - 1e-6 <= part.get_left()[0] and part.get_right()[0] <= card.right + 1e-6
        assert card.bottom - 1e-6 <= part.get_bottom()[1] and part.get_top()[1] <= card.top + 1e-6
    formula, drawn = picture.formula, picture.picture
    beside = formula.get_right()[0] < drawn.get_left()[0]
    assert beside or formula.get_bottom()[1] > drawn.get_top()[1]
    assert picture.title.get_bottom()[1] > max(formula.get_top()[1], drawn.get_top()[1])


def test_the_step_of_the_loss_is_the_sum_of_what_both_paths_bring() -> None:
    (*_, first, second) = three_steps(Region(0, 0, 4, 2))
    gap = second.get_left()[0] - first.get_right()[0]
    assert 0 < gap < 0.06 * (first.width + second.width)
    assert first.get_y() == pytest.approx(second.get_y())


def test_the_tangent_touches_the_logarithm_with_slope_one() -> None:
    plot, curve, tangent, dot = logarithm(Region(0, 0, 3, 3))
    start, end = tangent.get_start(), tangent.get_end()
    assert (end - start)[1] / (end - start)[0] == pytest.approx(1.0)
    assert dot.get_center()[:2] == pytest.approx(plot.at(1.0, np.log(1.0))[:2])
    away = np.linalg.norm(curve.get_anchors() - dot.get_center(), axis=1)
    assert away.min() < 0.05
