"""A bar on a card: as long as its share, with its name and number beside it and inside the card."""

from __future__ import annotations

from itertools import combinations

import pytest
from manim import Mobject

from softmax_explained.core import Lesson, solve
from softmax_explained.stage.charts.named_bar import NamedBar
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.text.text import Readout, Words

NAMES = "ox", "great white shark, white shark", "狐狸"
CARDS = Region(0, 0, 8, 0.5), Region(0, 0, 2.2, 0.9), Region(0, 0, 2.6, 0.4), Region(0, 0, 5, 1.2)
SOLUTION = solve(Lesson.from_logits([2.0, 1.0, 0.1], list("abc"), [0, 1, 0]))


def row(name: str, card: Region, k: int = 1) -> NamedBar:
    number = Readout(SOLUTION[f"a[{k}]"], size="least")
    return NamedBar(float(SOLUTION.a[k]), card, name=Words(name, size="label"), number=number)


def apart(one: Mobject, other: Mobject) -> bool:
    beside = one.get_right()[0] <= other.get_left()[0] or other.get_right()[0] <= one.get_left()[0]
    over = one.get_bottom()[1] >= other.get_top()[1] or other.get_bottom()[1] >= one.get_top()[1]
    return bool(beside or over)


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("name", NAMES)
def test_name_number_and_bar_are_apart_and_on_the_card(name: str, card: Region) -> None:
    bar = row(name, card)
    parts = bar.label, bar.number, bar.track
    assert all(apart(*pair) for pair in combinations(parts, 2))
    for part in parts:
        assert card.left <= part.get_left()[0] and part.get_right()[0] <= card.right
        assert card.bottom - 1e-6 <= part.get_bottom()[1] and part.get_top()[1] <= card.top + 1e-6


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_the_bar_is_as_long_as_the_share(share: float) -> None:
    bar = row("ox", CARDS[0])
    bar.draw(share)
    assert bar.bar.width / bar.track.width == pytest.approx(share)
    assert bar.bar.get_left()[0] == pytest.approx(bar.track.get_left()[0])


def test_a_share_of_zero_leaves_a_hairline() -> None:
    bar = row("ox", CARDS[0])
    bar.draw(0.0)
    assert 0 < bar.bar.width < 0.05
