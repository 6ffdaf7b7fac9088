"""Captions in the picture: in their lane, at the times of the caption files, readable, over nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
import srt
import tiny_film
from numpy.typing import NDArray
from tiny_film import RecordedProgress

from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.contrast import contrast
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.shapes.caption_lane import CaptionLane
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache

LEAST = 44  # pixels of a frame with 1080 lines: the BBC's smallest captions
GROUND = np.array([0x0E, 0x11, 0x16])
LONG = "WWWW MMMM of the widest letters and words, " * 3


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of a tall film by what is done with its captions."""
    folder = tmp_path_factory.mktemp("captions")

    @cache
    def made(mode: str) -> Path:
        plan = make_plan(replace(tiny_film.PRODUCTION, frame="tall", captions=mode))
        make_film(plan, folder / mode, RecordedProgress(), SegmentCache(folder / "segments"))
        return folder / mode

    return {mode: made(mode) for mode in ("burn", "off")}


def frames(folder: Path) -> list[NDArray[np.int64]]:
    with av.open(str(folder / "film.mp4")) as file:
        return [frame.to_ndarray(format="rgb24").astype(np.int64) for frame in file.decode(video=0)]


def ink(picture: NDArray[np.int64], region: Region, frame: str = "tall") -> float:
    """The part of a region that is not ground."""
    size, (height, width, _) = FRAMES[frame], picture.shape
    x = [round((edge / size.width + 0.5) * width) for edge in (region.left, region.right)]
    y = [round((0.5 - edge / size.height) * height) for edge in (region.top, region.bottom)]
    part = picture[slice(*y), slice(*x)]
    return float((np.abs(part - GROUND).max(axis=2) > 60).mean())


@pytest.mark.slow
def test_a_caption_stands_in_its_lane_at_the_times_of_the_file(films: dict[str, Path]) -> None:
    drawn, rate, lane = frames(films["burn"]), 15, FRAMES["tall"].captions
    cues = list(srt.parse((films["burn"] / "film.en.srt").read_text("utf-8")))
    assert len(cues) == len(tiny_film.PRODUCTION.film.chapters) + 1  # one a beat
    wanted = np.zeros(len(drawn), bool)
    for cue in cues:
        wanted[round(cue.start.total_seconds() * rate) : round(cue.end.total_seconds() * rate)] = True
    shown = np.array([ink(picture, lane) > 0.01 for picture in drawn])
    off = np.flatnonzero(shown != wanted)
    assert len(off) <= 2 * len(cues)  # a frame at each end, where a time is between two frames
    edges = np.flatnonzero(wanted[1:] != wanted[:-1])
    assert all(np.abs(edges - frame).min() <= 1 for frame in off)
    assert shown.any() and not shown.all()


def test_without_captions_the_lane_is_empty(films: dict[str, Path]) -> None:
    assert max(ink(picture, FRAMES["tall"].captions) for picture in frames(films["off"])) == 0


def test_captions_change_nothing_but_their_lane(films: dict[str, Path]) -> None:
    lane, size = FRAMES["tall"].captions, FRAMES["tall"].height
    burned, plain = frames(films["burn"]), frames(films["off"])
    assert len(burned) == len(plain)
    height = burned[0].shape[0]
    above = int((0.5 - lane.top / size) * height) - 2
    for one, other in list(zip(burned, plain, strict=True))[::7]:
        assert np.abs(one[:above] - other[:above]).mean() < 1  # but for the encoder


@contextmanager
def lane(frame: str, text: tuple[str, ...], language: str = "en") -> Iterator[tuple[CaptionLane, Region]]:
    region = FRAMES[frame].captions
    shown = CaptionLane(region, language)
    shown.start([Cue(0.0, 1.0, text)])
    shown.show_at(0.5)
    yield shown, region


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        (("One line.",), "en"),
        (("Two lines: the first,", "and the second gyp."), "en"),
        ((LONG, LONG), "en"),
        (("一二三四五六七八九十一二三四五六", "神经网络看到一个样本"), "zh"),
    ],
)
def test_two_lines_have_room(frame: str, text: tuple[str, ...], language: str) -> None:
    with lane(frame, text, language) as (shown, region):
        left, bottom, right, top = (
            shown.get_left()[0], shown.get_bottom()[1], shown.get_right()[0], shown.get_top()[1]
        )  # fmt: skip
        assert region.left - 1e-6 <= left < right <= region.right + 1e-6
        assert region.bottom - 1e-6 <= bottom < top <= region.top + 1e-6


def test_captions_are_large_and_bright_enough() -> None:
    with lane("wide", ("One line.",)) as (shown, _):
        plate, lines = shown.submobjects
        assert lines[0].em * 1080 / 8 >= LEAST - 1e-6
        assert contrast(style().colour("ink"), style().colour("ground")) >= 7
        assert plate.get_fill_opacity() >= 0.8


def test_a_lane_is_empty_before_between_and_after() -> None:
    shown = CaptionLane(FRAMES["wide"].captions)
    shown.start([Cue(1.0, 2.0, ("one",)), Cue(2.5, 3.0, ("two",))])
    seen = []
    for moment in (0.5, 1.0, 1.9, 2.2, 2.5, 3.0):
        shown.show_at(moment)
        seen.append(shown.shown and shown.shown.lines[0])
    assert seen == [None, "one", "one", None, "two", None]
    assert (shown.next_change(0.0), shown.next_change(1.0), shown.next_change(3.0)) == (1.0, 2.0, None)


@pytest.mark.parametrize(
    ("frame", "cut", "asked", "mode"),
    [
        ("tall", "full", None, "burn"),
        ("wide", "full", None, "off"),
        ("square", "short", None, "off"),
        ("wide", "teaser", None, "burn"),
        ("square", "teaser", None, "burn"),
        ("tall", "full", "lane", "lane"),
        ("wide", "teaser", "off", "off"),
        ("wide", "full", "burn", "burn"),
    ],
)
def test_captions_are_burned_where_no_file_is_read(
    frame: str, cut: str, asked: str | None, mode: str
) -> None:
    production = Production(FILM, frame=frame, cut=FILM.cut(cut), captions=asked)
    assert production.caption_mode == production.settings()["captions"] == mode


def test_an_unknown_mode_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no captions 'burnt'") as caught:
        Production(FILM, captions="burnt")
    assert "burn, lane, off" in caught.value.hint


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("mode", ["burn", "lane"])
def test_nothing_stands_where_captions_go(frame: str, mode: str) -> None:
    layout = Production(FILM, frame=frame, captions=mode).layout
    for region in (layout.stage, layout.rail, layout.header, layout.dock):
        assert region.bottom >= layout.captions.top - 0.02 or region.top <= layout.captions.bottom
    assert layout.stage.bottom >= layout.captions.top - 0.02


@pytest.mark.parametrize(("frame", "top"), [("wide", 0.88), ("square", 0.88), ("tall", 0.76)])
def test_the_lane_is_at_the_height_of_the_norm(frame: str, top: float) -> None:
    size = FRAMES[frame]
    assert 0.5 - size.captions.top / size.height >= top - 0.002
    assert 0.5 - size.captions.bottom / size.height <= (0.822 if frame == "tall" else 1.0)


def test_other_words_draw_a_chapter_again_only_if_they_stand_in_the_picture() -> None:
    words = {**tiny_film.WORDS, "opening": {**tiny_film.WORDS["opening"]}}
    words["opening"]["first"] = {"title": "One", "say": "Once a {round|circle} appears."}
    for mode, same in (("off", True), ("lane", True), ("burn", False)):
        before, after = (
            make_plan(replace(tiny_film.PRODUCTION, captions=mode, words=WordsFile("en", "tiny film", each)))
            for each in (tiny_film.WORDS, words)
        )
        prints = [beat_fingerprint(plan.production, plan.chapters[0], 0) for plan in (before, after)]
        assert (prints[0] == prints[1]) == same, mode


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("cut", ["teaser", "short"])
def test_captions_of_the_film_fit_their_lane_at_full_size(language: str, cut: str) -> None:
    plan = make_plan(Production(FILM, language=language, frame="tall", voice="none", cut=FILM.cut(cut)))
    shown, ems = CaptionLane(FRAMES["tall"].captions, language), list[float]()
    for beat in plan.beats.values():
        assert plan.production.cues[beat.id] == beat.cues[language]
        for cue in beat.cues[language]:
            assert len(cue.lines) <= 2
            shown.start([cue])
            shown.show_last()
            ems += [line.em for line in shown.submobjects[1]]
    assert ems
    assert min(ems) * 1080 / 8 >= LEAST - 1e-6
