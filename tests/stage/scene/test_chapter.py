"""A chapter's beats keep time with their words, and say so when they cannot."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn import Drawing
from manim import RIGHT, Square

from films import production_of
from softmax_explained.errors import WordsError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.beat import beat
from softmax_explained.stage.scene.chapter import Chapter, appear
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.text.text import Words

FRAME = 1 / 15
SHORTEST_MOVE = 0.2  # seconds


SAY = {"one": {"title": "One", "say": "It {first|goes} and {second|goes}."}}


class Timed(Chapter):
    @beat
    def one(self) -> None:
        square = Square()
        self.on("first", square.animate.shift(RIGHT), run_time=1.0)
        self.on("second", square.animate.shift(RIGHT), run_time=1.0)


def played(chapter: type[Chapter], first: float, second: float, speech: float = 4.0) -> Chapter:
    """The chapter, played with its two marks said at these seconds of the speech."""
    timing = BeatTiming(speech, (), {"first": first, "second": second})
    return dry_run(chapter, production_of(chapter, SAY, timings={f"{chapter.name}.one": timing}))


def test_every_move_starts_on_its_word() -> None:
    (record,) = played(Timed, 0.5, 2.5).records
    assert [move.mark for move in record.moves] == ["first", "second"]
    assert [move.word - record.speech_start for move in record.moves] == pytest.approx([0.5, 2.5])
    for move in record.moves:
        assert abs(move.start - move.word) <= FRAME


def test_a_long_move_is_shortened_so_that_the_next_one_is_on_time() -> None:
    class Slow(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT), run_time=9.0)
            self.on("second", Square().animate.shift(RIGHT))

    _, second = played(Slow, 0.5, 1.5).records[0].moves
    assert abs(second.start - second.word) <= FRAME


def test_words_too_close_for_two_moves_make_the_second_late_and_the_record_says_so() -> None:
    first, second = played(Timed, 1.0, 1.05).records[0].moves
    assert second.word == pytest.approx(first.word + 0.05)
    assert second.start == pytest.approx(first.start + SHORTEST_MOVE, abs=FRAME)


@pytest.mark.parametrize(("second", "speech"), [(1.0, 6.0), (1.0, 1.2)])
def test_a_beat_lasts_until_its_speech_has_ended_and_its_picture_was_held(
    second: float, speech: float
) -> None:
    scene = played(Timed, 0.5, second, speech)
    (record,) = scene.records
    assert record.speech_end == pytest.approx(record.speech_start + speech)
    assert record.end >= record.speech_end + style().pace("breath") - FRAME
    assert record.end >= record.moves[-1].start + 1.0 + style().pace("hold") - 2 * FRAME


def test_a_mark_with_nothing_to_show_is_passed() -> None:
    class Empty(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", *[])
            self.on("second", Square().animate.shift(RIGHT))

    (record,) = played(Empty, 0.5, 2.0).records
    assert [move.mark for move in record.moves] == ["second"]


def test_a_mark_used_twice_is_an_error_that_says_what_is_still_to_come() -> None:
    class Twice(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT))
            self.on("first", Square().animate.shift(RIGHT))
            self.on("second", Square().animate.shift(RIGHT))

    with pytest.raises(WordsError, match="no mark 'first' left") as refused:
        played(Twice, 0.5, 1.0)
    assert refused.value.hint == "still to come: second"


def test_a_mark_without_a_move_is_an_error_before_the_beat_is_played() -> None:
    class Forgotten(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT))
            raise AssertionError("the beat was played")

    with pytest.raises(WordsError, match="differ: second"):
        played(Forgotten, 0.5, 1.0)


def test_words_that_do_not_fit_a_later_beat_are_an_error_before_a_frame_is_drawn() -> None:
    class Unlabelled(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", *appear(self.label("nowhere")))
            self.on("second", Square().animate.shift(RIGHT))

        def next_section(self, *_: object, **__: object) -> None:
            raise AssertionError("a beat was begun")

    with pytest.raises(WordsError, match=r"labels\.nowhere is missing"):
        played(Unlabelled, 0.5, 1.0)


def titles(scene: Chapter) -> list[str]:
    return [words.text for words in typeset_text_shown(scene, Words)]


def test_the_title_leaves_a_while_after_the_first_word_and_the_picture_stays() -> None:
    seen = list[bool]()

    class Looking(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT), run_time=0.4)
            seen.append("One" in titles(self))
            self.on("second", Square().animate.shift(RIGHT), run_time=0.4)

    scene = played(Looking, 0.5, 1.2)
    assert seen == [True]
    assert "One" not in titles(scene)
    assert any(isinstance(mobject, Square) for mobject in scene.mobjects)


def test_a_title_is_drawn_in_the_header_and_gone_at_the_end() -> None:
    inked = list[bool]()

    def header(scene: Chapter) -> Any:
        """Which pixels of the header, y 3.14 to 3.6, are not ground; in columns over its whole width."""
        pixels = Drawing(scene.mobjects, [], style().colour("ground"), (128 / 9, 8.0), 720).picture
        rows = pixels[round((4 - 3.6) * 90) : round((4 - 3.14) * 90)].astype(int)
        return np.abs(rows - rows[0, 0]).max(axis=(0, 2)) > 127

    class Looking(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT), run_time=0.4)
            (title,) = [each for each in typeset_text_shown(self, Words) if each.text == "One"]
            seen = header(self)
            edges = [round((x + 64 / 9) * 90) for x in (title.get_left()[0], title.get_right()[0])]
            inked.append(seen[slice(*edges)].mean() > 0.5)
            assert not seen[edges[1] + 2 :].any()
            self.on("second", Square().animate.shift(RIGHT), run_time=0.4)

    scene = played(Looking, 0.5, 1.2)
    assert inked == [True]
    assert not header(scene).any()


def test_a_title_that_is_due_during_a_move_leaves_within_it() -> None:
    class Long(Chapter):
        @beat
        def one(self) -> None:
            self.on("first", Square().animate.shift(RIGHT), run_time=9.0)
            self.on("second", Square().animate.shift(RIGHT))

    scene = played(Long, 0.5, 8.0, 9.0)
    second = scene.records[0].moves[1]
    assert abs(second.start - second.word) <= FRAME
    assert "One" not in titles(scene)


def test_a_chapter_begins_with_the_picture_that_the_one_before_has_handed_on() -> None:
    handed_on = Square()

    class Next(Timed):
        def first_picture(self) -> None:
            self.add(handed_on)

        @beat
        def one(self) -> None:
            assert handed_on in self.mobjects
            self.on("first", *self.leaving())
            self.on("second", Square().animate.shift(RIGHT))

    scene = played(Next, 0.5, 2.0)
    assert handed_on not in scene.mobjects


def test_a_rehearsal_writes_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    dry_run(Timed, production_of(Timed, SAY))
    assert [file.name for file in tmp_path.rglob("*")] == ["here", "temporary"]
