"""The last frame of every beat as a picture, and a contact sheet of all of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from manim import CairoRenderer
from PIL import Image

from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.workers.error_context import chapter_errors

SHEET = "sheet.png"  # the name of the contact sheet
SHEET_WIDTH = 1920  # pixels


def stills(
    production: Production,
    scenes: tuple[type[Chapter], ...],
    out: Path,
    *,
    width: int = 1920,
    written: Callable[[Path], None] = lambda file: None,
) -> tuple[Path, ...]:
    """Draw the last frame of every beat, with its last caption if captions are burned in.

    The animations before it are not drawn.

    Args:
        production: the settings.
        scenes: the chapters.
        out: the folder for the pictures, ``chapter.beat.png`` each, and the contact sheet.
        width: of a picture, in pixels.
        written: called with each picture.

    Returns:
        The files, the contact sheet last.

    Raises:
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    files: list[Path] = []
    with staging_dir(out, "the pictures") as scratch:
        frame = FRAMES[production.frame]
        height = round(width * frame.height / frame.width)
        for scene in scenes:
            with chapter_errors(scene, "could not be drawn"):
                drawn = _last_frames(scene, production, width, height)
            for beat, picture in drawn.items():
                files.append(_save(picture, out / f"{beat}.png", scratch))
                written(files[-1])
        files.append(_save(contact_sheet(files), out / SHEET, scratch))
    return tuple(files)


def _last_frames(
    scene: type[Chapter], production: Production, width: int, height: int
) -> dict[str, Image.Image]:
    """The last picture of every beat of a chapter, by its id."""
    pictures = dict[str, Image.Image]()

    def keep(played: Chapter, record: BeatRecord) -> None:
        if played.timeline.captions is not None:
            played.timeline.captions.show_last()
        pictures[record.id] = last_frame(played)

    dry_run(scene, production, after_beat=keep, pixel_width=width, pixel_height=height)
    return pictures


def last_frame(scene: Chapter) -> Image.Image:
    """The current picture of a scene."""
    renderer = scene.renderer
    assert isinstance(renderer, CairoRenderer)  # as in every dry run
    renderer.static_image = None  # otherwise what stood still would be drawn twice
    renderer.update_frame(scene, ignore_skipping=True)
    return renderer.camera.get_image().convert("RGB")


def contact_sheet(files: list[Path]) -> Image.Image:
    """Thumbnails in their order; 4 in a row if they are 16:9, 6 if they are square, 8 if they are 9:16."""
    with Image.open(files[0]) as picture:
        across = round(5.9 * math.sqrt(picture.height / picture.width))
        width = SHEET_WIDTH // across
        height = width * picture.height // picture.width
    sheet = Image.new("RGB", (across * width, math.ceil(len(files) / across) * height))
    for place, file in enumerate(files):
        with Image.open(file) as picture:
            small = picture.resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (place % across * width, place // across * height))
    return sheet


def _save(picture: Image.Image, file: Path, scratch: Path) -> Path:
    """Write a picture completely or not at all."""
    picture.save(scratch / file.name, format="png", optimize=True)
    return (scratch / file.name).replace(file)
