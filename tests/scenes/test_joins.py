"""The join of two chapters cannot be seen: the last picture of one is the first of the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from manim import Camera
from numpy.typing import NDArray

from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run

JOINS = list(pairwise(FILM.chapters))
LINES = 360
"""Pixels of the shorter side."""

DIFFERENT = 40
"""Levels of 256 by which a pixel has to differ to be another one."""

SHARE = 0.0004
"""The part of the pixels that may differ: ninety of a wide frame, much less than a letter."""

Picture = NDArray[np.uint8]


@dataclass
class Ends:
    """The first and the last picture of a chapter."""

    first: list[Picture] = field(default_factory=list)
    last: list[Picture] = field(default_factory=list)

    def before(self, scene: Chapter) -> None:
        if not self.first:
            self.first.append(drawn(scene))

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        return ()

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        pass

    def held(self, scene: Chapter, seconds: float) -> None:
        pass

    def unproved(self, scene: Chapter, claim: Any, error: Exception) -> None:
        raise error


def drawn(scene: Chapter) -> Picture:
    """The picture of a scene as it stands, without what is around it."""
    frame = scene.frame
    width, height = frame.pixels(LINES)
    camera = Camera(
        background_color=scene.camera.background_color,
        pixel_height=height,
        pixel_width=width,
        frame_height=frame.height,
        frame_width=frame.width,
    )
    camera.capture_mobjects(scene.mobjects)
    picture = camera.pixel_array[:, :, :3].copy()
    for region in (frame.header, frame.dock, frame.rail):
        picture[rows_and_columns(region, frame.width, frame.height, picture)] = 0
    return picture


def rows_and_columns(region: Region, width: float, height: float, picture: Picture) -> tuple[slice, slice]:
    """The pixels of a region, with a margin for what stands on its edge."""
    lines, columns = picture.shape[:2]
    margin = 0.1
    top, bottom = (int(lines * (0.5 - y / height)) for y in (region.top + margin, region.bottom - margin))
    left, right = (int(columns * (0.5 + x / width)) for x in (region.left - margin, region.right + margin))
    return slice(max(0, top), bottom), slice(max(0, left), right)


@cache
def ends(chapter: str, lesson: str, language: str, frame: str) -> Ends:
    """Play a chapter and keep both ends."""
    seen = Ends()
    production = Production(FILM, lesson=shipped_lesson(lesson), language=language, frame=frame)
    played = dry_run(FILM.chapter(chapter), production, observer=seen)
    seen.last.append(drawn(played))
    return seen


@pytest.mark.parametrize(("before", "after"), JOINS)
@pytest.mark.parametrize(
    ("lesson", "language", "frame"),
    [
        ("cat-dog-fox", "en", "wide"),
        pytest.param("soft-labels", "zh", "tall", marks=pytest.mark.slow),
        pytest.param("ten-digits", "en", "square", marks=pytest.mark.slow),
        pytest.param("binary", "en", "wide", marks=pytest.mark.slow),
    ],
)
def test_the_next_chapter_begins_with_the_picture_of_the_one_before(
    before: str, after: str, lesson: str, language: str, frame: str
) -> None:
    (last,), (first,) = ends(before, lesson, language, frame).last, ends(after, lesson, language, frame).first
    differs = np.abs(last.astype(int) - first.astype(int)).max(axis=2) > DIFFERENT
    assert differs.mean() <= SHARE, f"{int(differs.sum())} pixels differ"


@pytest.mark.parametrize("chapter", FILM.chapters)
def test_no_chapter_begins_or_ends_on_an_empty_picture(chapter: str) -> None:
    shown = ends(chapter, "cat-dog-fox", "en", "wide")
    ground = shown.last[0][-1, 0].astype(int)
    for picture in (*shown.first, *shown.last):
        body = picture[int(picture.shape[0] * 0.13) : int(picture.shape[0] * 0.9)]
        assert (np.abs(body.astype(int) - ground).max(axis=2) > DIFFERENT).mean() > 0.005


def test_a_different_picture_would_be_seen() -> None:
    seen = ends(FILM.chapters[0], "cat-dog-fox", "en", "wide")
    differs = np.abs(seen.first[0].astype(int) - seen.last[0].astype(int)).max(axis=2) > DIFFERENT
    assert differs.mean() > 10 * SHARE
