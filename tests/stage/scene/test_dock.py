"""The dock keeps the measured slope and the three letters in sight through the middle of the film."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Square

from films import production_of
from softmax_explained.core import Solution
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.beat import beat
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.overlays import Dock
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.text.text import Words
from softmax_explained.studio.check.thresholds import PIXEL

WORDS = {"letters": {"i": "nudged", "j": "answers", "k": "counts"}}
BEAT = {"title": "One", "say": "It {goes|goes}."}


class Between(Chapter, docked=True):
    """A chapter in the middle: the dock stands when it begins and when it ends."""

    @beat
    def one(self) -> None:
        self.add(Square())
        self.clear_stage()
        self.on("goes")


class Last(Between, docked=True, keeps_dock=False):
    @beat
    def one(self) -> None:
        self.on("goes")


class Without(Between):
    @beat
    def one(self) -> None:
        self.on("goes")


def docks(frame: str) -> tuple[Dock, Solution]:
    production = Production(FILM, frame=frame)
    words = [Words(word, size="chapter") for word in WORDS["letters"].values()]
    return Dock(FRAMES[frame].dock, production.solution["fd[i]"], FILM.letters, words), production.solution


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_everything_in_it_stands_inside_its_region(frame: str) -> None:
    dock, _ = docks(frame)
    region = FRAMES[frame].dock
    for part in dock.mobjects:
        assert part.get_left()[0] >= region.left - 1e-6 and part.get_right()[0] <= region.right + 1e-6
        assert part.get_top()[1] <= region.top + PIXEL
        assert part.get_bottom()[1] >= FRAMES[frame].stage.top + 0.2
    letters, pin = dock.mobjects
    assert pin.get_left()[0] - letters.get_right()[0] >= 0.3


def test_words_go_where_there_is_no_room_for_them_and_the_letters_stay() -> None:
    assert [len(entry) for entry in docks("wide")[0].letters] == [2, 2, 2]
    assert [len(entry) for entry in docks("square")[0].letters] == [1, 1, 1]


def test_the_pin_holds_what_a_small_nudge_measures() -> None:
    dock, solution = docks("wide")
    z, nudge = np.array(solution.z), 1e-5 * np.eye(solution.K)[solution.i]
    loss = [float(np.log(np.exp(at).sum()) - at @ solution.lesson.targets) for at in (z + nudge, z - nudge)]
    assert float(dock.pin.value.text) == pytest.approx((loss[0] - loss[1]) / 2e-5, abs=5e-4)


@pytest.mark.parametrize(("chapter", "stays"), [(Between, True), (Last, False)])
def test_it_stands_through_a_chapter_and_goes_with_the_last_one(chapter: type[Chapter], stays: bool) -> None:
    at_the_end: list[bool] = []
    scene = dry_run(
        chapter,
        production_of(chapter, {"one": BEAT}, WORDS),
        after_beat=lambda played, _: at_the_end.append(set(played.dock.mobjects) <= set(played.mobjects)),
    )
    assert at_the_end == [True]
    assert (set(scene.dock.mobjects) <= set(scene.mobjects)) is stays


def test_a_chapter_without_one_shows_nothing_of_it() -> None:
    scene = dry_run(Without, production_of(Without, {"one": BEAT}, WORDS))
    assert not set(scene.dock.mobjects) & set(scene.mobjects)
