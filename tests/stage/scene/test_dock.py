"""The dock keeps the measured slopes, the letters and the token in sight through the middle of the film."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import FadeOut, Square
from sympy import Symbol

from films import production_of
from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Slash
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.scene.beat import beat
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.stage.scene.overlays import Dock
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.text.formula import Formula
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


APART = 0.4  # Manim units from each part to the next
ROOMY = Region(-6.0, 3.14, 6.0, 3.6)  # wide enough for the words of the legend


def docks(frame: str, region: Region | None = None) -> tuple[Dock, Solution]:
    production = Production(FILM, frame=frame)
    words = [Words(word, size="chapter") for word in WORDS["letters"].values()]
    pinned = [production.solution[key] for key in FILM.pinned]
    token = Words("steep", size="chapter"), Slash(1, Symbol("a"))
    return Dock(region or FRAMES[frame].dock, pinned, FILM.letters, words, token), production.solution


def legend(dock: Dock) -> list[list[str]]:
    """Letters with their words, as they are read."""
    entries = [sorted(entry, key=lambda part: float(part.get_x())) for entry in dock.parts["letters"]]
    return [[part.plain if isinstance(part, Formula) else part.text for part in entry] for entry in entries]


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_its_parts_stand_in_its_region_one_beside_the_other(frame: str) -> None:
    dock, _ = docks(frame)
    region, parts = FRAMES[frame].dock, list(dock.parts.values())
    assert list(dock.parts) == ["pins", "letters", "token"]  # from right to left
    assert parts[0].get_right()[0] == pytest.approx(region.right, abs=1e-6)
    for right, left in pairwise(parts):
        assert right.get_left()[0] - left.get_right()[0] == pytest.approx(APART, abs=1e-6)
    assert parts[-1].get_left()[0] >= region.left
    for part in parts:
        assert region.bottom <= part.get_bottom()[1] < part.get_top()[1] <= region.top


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_numbers_letters_and_words_stand_on_one_baseline(frame: str) -> None:
    dock, _ = docks(frame)
    baselines = [pin.value.baseline for pin in dock.pins]
    baselines += [entry[0].baseline for entry in dock.parts["letters"]]
    baselines.append(dock.parts["token"][0].baseline)
    assert len(baselines) == 2 + 3 + 1
    assert max(baselines) - min(baselines) <= 1e-6


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_words_go_where_there_is_no_room_for_them_and_the_letters_stay(frame: str) -> None:
    assert legend(docks(frame)[0]) == [["i"], ["j"], ["k"]]


def test_where_there_is_room_every_letter_stands_before_its_word() -> None:
    dock, _ = docks("wide", ROOMY)
    assert legend(dock) == [["i", "nudged"], ["j", "answers"], ["k", "counts"]]
    entries = list(dock.parts["letters"])
    assert all(one.get_right()[0] < other.get_left()[0] for one, other in pairwise(entries))
    assert dock.parts["token"].get_left()[0] >= ROOMY.left


def test_the_token_is_its_word_before_its_expression() -> None:
    word, formula = docks("wide")[0].parts["token"]
    assert (word.text, formula.plain) == ("steep", "1/a")
    assert word.get_right()[0] < formula.get_left()[0]


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
