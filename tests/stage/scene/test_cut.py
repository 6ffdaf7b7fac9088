"""Beats that are left out take no time and draw nothing, and leave the stage as they would have left it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace

import pytest
from manim import DOWN, UP, FadeIn, FadeOut, Square, ValueTracker, VMobject

from made import made
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Production, beat
from softmax_explained.stage.narration.words_file import WordsFile, WordsSchema
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.stage.scene.overlays import Rail

WORDS = {
    "stacked": {
        "title": "Stacked",
        "base": {"title": "Base", "say": "First comes {one|one} square."},
        "tower": {"title": "Tower", "say": "Then {more|another} one, which sinks to {down|the} ground."},
        "alone": {"title": "Alone", "say": "The first one {rise|rises} again."},
        "top": {"title": "Top", "say": "Last {fade|goes} the first."},
    },
    "film": {"title": "A film"},
}

FILE = WordsFile("en", "words", WORDS)
STACKED = replace(FILM, chapters=("earlier", "stacked", "later"), words=WordsSchema(), names_rules=False)


class Stacked(Chapter):
    """Every beat needs what the beat before has left."""

    @beat
    def base(self) -> None:
        self.first = Square()
        self.on("one", FadeIn(self.first), run_time=0.5)

    @beat
    def tower(self) -> None:
        self.second, height = Square(), ValueTracker(2.0)
        self.second.add_updater(lambda square: square.set_y(height.get_value()))
        self.on("more", FadeIn(self.second), run_time=0.5)
        self.on("down", height.animate.set_value(-1.0), self.first.animate.shift(DOWN), run_time=0.5)
        self.second.clear_updaters()

    @beat
    def alone(self) -> None:
        self.on("rise", *self.leaving(self.first), self.first.animate.shift(UP), run_time=0.5)

    @beat
    def top(self) -> None:
        self.on("fade", FadeOut(self.first), run_time=0.5)


@dataclass
class Opacities:
    """How opaque the squares are before, and in the middle of, every move."""

    seen: list[list[float]] = field(default_factory=list)

    def _look(self, scene: Chapter) -> None:
        squares = [part for part in scene.get_mobject_family_members() if isinstance(part, Square)]
        self.seen.append([round(square.get_stroke_opacity(), 2) for square in squares])

    def before(self, scene: Chapter) -> None:
        pass

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [0.01 * seconds]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self._look(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        pass


def cut_to(*beats: str) -> Production:
    return Production(
        STACKED,
        words=FILE,
        cut=Cut("some", tuple(f"stacked.{beat}" for beat in beats)),
    )


def test_a_beat_finds_the_stage_as_the_beats_left_out_would_have_left_it() -> None:
    scene = dry_run(Stacked, cut_to("alone"))
    assert scene.second.get_y() == pytest.approx(-1.0)
    assert scene.first.get_y() == pytest.approx(0.0)  # down in the beat before, and up again


def test_only_the_beats_of_the_cut_are_recorded_and_the_reel_starts_with_the_first() -> None:
    scene = dry_run(Stacked, cut_to("tower", "top"))
    assert [record.id for record in scene.records] == ["stacked.tower", "stacked.top"]
    assert scene.records[0].start == 0


def test_a_beat_left_out_is_not_drawn() -> None:
    cut, whole = dry_run(Stacked, cut_to("top")), dry_run(Stacked, cut_to(*Stacked.beats()))
    *_, last = whole.records
    assert cut.clock == pytest.approx(last.end - last.start, abs=0.1)
    assert cut.renderer.num_plays < whole.renderer.num_plays


def test_a_beat_after_the_last_of_the_cut_does_not_run() -> None:
    assert not hasattr(dry_run(Stacked, cut_to("base")), "second")


def test_a_beat_after_a_gap_begins_with_what_the_beats_left_out_have_left() -> None:
    watcher = Opacities()
    dry_run(Stacked, cut_to("base", "top"), observer=watcher)
    assert [1.0] in [[round(float(each), 1) for each in seen] for seen in watcher.seen]
    assert max(len(seen) for seen in watcher.seen) == 1  # the second square was cleared in a beat left out


def test_the_chapters_of_a_cut_of_its_own_are_not_those_of_the_film() -> None:
    teaser = Cut("teaser", own_chapters=("teaser",))
    assert teaser.chapters(STACKED.chapters) == ("teaser",)
    assert teaser.shown("teaser", ("one", "two")) == ("one", "two")


def test_the_rail_and_the_number_count_the_chapters_of_the_cut() -> None:
    with made(Rail) as rails:
        scene = dry_run(Stacked, cut_to("base"))
    (rail,) = rails
    assert len(rail.mobject) == 1
    assert scene.chapter_line == "1   Stacked"
    assert all(isinstance(tick, VMobject) for tick in rail.mobject)


def test_a_chapter_of_which_nothing_is_shown_cannot_be_played() -> None:
    with pytest.raises(UsageError, match="the some cut has no beat of chapter stacked"):
        dry_run(
            Stacked,
            Production(STACKED, words=FILE, cut=Cut("some", ("earlier.one",))),
        )


def test_a_production_travels_with_its_cut() -> None:
    production = Production(FILM, cut=FILM.cut("short"))
    assert pickle.loads(pickle.dumps(production)).cut == production.cut
