"""The dock keeps the measured slopes, the letters and the token in sight through the middle of the film."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import FadeOut, Square
from sympy import Symbol

from films import production_of
from softmax_explained.core import Solution
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.beat import beat
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.stage.scene.overlays import Dock
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.text.text import Words

WORDS = {"letters": {"i": "nudged", "j": "answers", "k": "counts"}, "dock": {"steep": "steep"}}
BEAT = {"title": "One", "say": "It {goes|goes}."}


class Between(Chapter, docked=("token", "letters", "pins")):
    """A chapter in the middle: the dock stands when it begins and when it ends."""

    @beat
    def one(self) -> None:
        self.add(square := Square())
        self.on("goes", *self.leaving())
        assert square not in self.mobjects


class Last(Between, docked=("pins", "letters")):
    @beat
    def one(self) -> None:
        self.on("goes", FadeOut(self.dock.parts["pins"]))


class Without(Chapter):
    @beat
    def one(self) -> None:
        self.on("goes")


REACH = 0.05  # Manim units by which the token, a fraction, may hang into the stage: smaller it cannot be read


def docks(frame: str) -> tuple[Dock, Solution]:
    production = Production(FILM, frame=frame)
    words = [Words(word, size="chapter") for word in WORDS["letters"].values()]
    pinned = [production.solution[key] for key in FILM.pinned]
    token = Words("steep", size="chapter"), 1 / Symbol("a")
    return Dock(FRAMES[frame].dock, pinned, FILM.letters, words, token), production.solution


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_its_parts_stand_in_its_region_one_beside_the_other(frame: str) -> None:
    dock, _ = docks(frame)
    region, parts = FRAMES[frame].dock, list(dock.parts.values())
    assert list(dock.parts) == ["pins", "letters", "token"]  # from right to left
    for part in parts:
        assert part.get_left()[0] >= region.left - 1e-6 and part.get_right()[0] <= region.right + 1e-6
        reach = REACH if part is dock.parts["token"] else 0.0
        assert part.get_bottom()[1] >= FRAMES[frame].stage.top - reach
    for right, left in pairwise(parts):
        assert right.get_left()[0] - left.get_right()[0] >= 0.3


def test_words_go_where_there_is_no_room_for_them_and_the_letters_stay() -> None:
    assert [len(entry) for entry in docks("square")[0].parts["letters"]] == [1, 1, 1]


def test_the_pins_hold_what_small_nudges_measure() -> None:
    dock, solution = docks("wide")
    z = np.array(solution.z)
    for pin, k in zip(dock.pins, (solution.i, solution.t), strict=True):
        nudge = 1e-5 * np.eye(solution.K)[k]
        loss = [
            float(np.log(np.exp(at).sum()) - at @ solution.lesson.targets) for at in (z + nudge, z - nudge)
        ]
        assert float(pin.value.text.replace("−", "-")) == pytest.approx((loss[0] - loss[1]) / 2e-5, abs=5e-4)


@pytest.mark.parametrize(
    ("chapter", "left"), [(Between, {"token", "letters", "pins"}), (Last, {"letters"}), (Without, set())]
)
def test_it_stands_until_its_parts_are_taken_away(chapter: type[Chapter], left: set[str]) -> None:
    scene = dry_run(chapter, production_of(chapter, {"one": BEAT}, WORDS))
    assert {name for name, part in scene.dock.parts.items() if part in scene.mobjects} == left


def test_nothing_is_docked_in_a_cut_of_the_film() -> None:
    cut = Cut("some", ("between.one",))
    scene = dry_run(Between, production_of(Between, {"one": BEAT}, WORDS, cut=cut))
    assert not set(scene.dock.parts.values()) & set(scene.mobjects)
