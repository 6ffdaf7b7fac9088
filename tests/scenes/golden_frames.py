"""The last frame of a beat, small, and the facts about it; how far two such pictures may differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from stills import Still, still

from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.stills import last_frame

FOLDER = Path(__file__).parent / "golden"

LINES = 180
"""Pixels of the shorter side: a change that a viewer would see is seen, and a file has some kilobytes."""

CLEARLY = 60
"""Levels of 256 by which a pixel has to differ to be another one; edges smoothed otherwise differ by less."""

SHARE = 0.0005
"""The part of the pixels that may clearly differ: thirty of a wide frame, fewer than a word has. Drawn in
four times the size and scaled down, so that every edge is smoothed otherwise, no pixel clearly differs."""

MEAN = 0.5
"""Levels of 256 by which all pixels may differ on average; scaled down as above, it is less than 0.2."""

PLACE = 0.02
"""Manim units by which a box may have moved: less than three pixels of a 1080-line frame."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Golden:
    """A beat, and how it is told."""

    beat: str
    lesson: str = "cat-dog-fox"
    language: str = "en"
    frame: str = "wide"

    @property
    def name(self) -> str:
        """As its files are called."""
        told = f".{self.language}-{self.frame}.{self.lesson}"
        return self.beat + told

    @property
    def picture(self) -> Path:
        """The file of the picture."""
        return FOLDER / f"{self.name}.png"

    @property
    def facts(self) -> Path:
        """The file of the facts."""
        return FOLDER / f"{self.name}.json"


@dataclass
class Seen:
    """A beat's last frame as it is drawn now."""

    picture: Picture
    facts: Mapping[str, Any] = field(default_factory=dict)


class _SeenEnoughError(Exception):
    """The beat has been played; the chapter need not go on."""


def draw(golden: Golden) -> Seen:
    """Play a chapter as far as the beat, and look."""
    seen: list[Seen] = []

    def look(scene: Chapter, record: BeatRecord) -> None:
        if record.id == golden.beat:
            seen.append(Seen(np.asarray(last_frame(scene)), facts(still(scene, record))))
            raise _SeenEnoughError

    production = Production(
        FILM, lesson=shipped_lesson(golden.lesson), language=golden.language, frame=golden.frame
    )
    try:
        scene = FILM.chapter(golden.beat.partition(".")[0])
        dry_run(scene, production, after_beat=look, **production.camera(lines=LINES))
    except _SeenEnoughError:
        pass
    return seen[0]


def facts(seen: Still) -> dict[str, Any]:
    """What can be told of a picture without its pixels: glyphs, values, and where each piece of type is."""

    def box(glyphs: tuple[tuple[float, ...], ...]) -> list[float]:
        edges = np.array(glyphs)
        return [*edges[:, :2].min(axis=0).round(3).tolist(), *edges[:, 2:].max(axis=0).round(3).tolist()]

    pieces = sorted((piece.kind, piece.text, len(piece.glyphs), box(piece.glyphs)) for piece in seen.pieces)
    return {
        "glyphs": sum(count for _, _, count, _ in pieces),
        "values": {number.key: number.text for number in seen.record.numbers},
        "type": [list(piece) for piece in pieces],
    }


def difference(expected: Picture, got: Picture) -> tuple[float, float]:
    """How far two pictures differ: on average, in levels, and the part of the pixels that clearly do."""
    if expected.shape != got.shape:
        return 255.0, 1.0
    levels = np.abs(expected.astype(int) - got.astype(int))
    return float(levels.mean()), float((levels.max(axis=2) > CLEARLY).mean())


def alike(expected: Picture, got: Picture) -> bool:
    """Whether two pictures differ by no more than another version of cairo or Pango would make them."""
    mean, share = difference(expected, got)
    return mean <= MEAN and share <= SHARE


def side_by_side(expected: Picture, got: Picture) -> Image.Image:
    """Expected, got, and where they differ, brighter than it is."""
    pictures = [Image.fromarray(expected), Image.fromarray(got)]
    if expected.shape == got.shape:
        apart = np.abs(expected.astype(int) - got.astype(int)) * 3
        pictures.append(Image.fromarray(apart.clip(0, 255).astype(np.uint8)))
    sheet = Image.new("RGB", (sum(each.width for each in pictures), max(each.height for each in pictures)))
    left = 0
    for each in pictures:
        sheet.paste(each, (left, 0))
        left += each.width
    return sheet
