"""The last frame of every beat as a picture, and all of them on one contact sheet."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from manim import CairoRenderer
from PIL import Image

from softmax_explained.errors import FilmError
from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.stage.record import BeatRecord
from softmax_explained.stage.rehearsal import rehearse

SHEET = "sheet.png"
"""The name of the contact sheet."""

ACROSS = 4
"""Pictures in a row of the contact sheet."""

THUMBNAIL = 480
"""Width of a picture on the contact sheet, in pixels."""


def stills(
    production: Production,
    scenes: tuple[type[Chapter], ...],
    out: Path,
    *,
    width: int = 1920,
    drawn: Callable[[Path], None] = lambda file: None,
) -> tuple[Path, ...]:
    """Draw the last frame of every beat without drawing the moves that lead to it.

    Args:
        production: the settings.
        scenes: the chapters.
        out: the folder for the pictures, ``chapter.beat.png`` each, and the contact sheet.
        width: of a picture, in pixels; it is 16:9.
        drawn: called with each picture that is written.

    Returns:
        The files, the contact sheet last.

    Raises:
        FilmError: the folder cannot be written.
    """
    files: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)

        def keep(scene: Chapter, record: BeatRecord) -> None:
            files.append(_save(last_frame(scene), out / f"{record.id}.png"))
            drawn(files[-1])

        for scene in scenes:
            rehearse(scene, production, after_beat=keep, pixel_width=width, pixel_height=width * 9 // 16)
        files.append(_save(contact_sheet(files), out / SHEET))
    except OSError as error:
        raise FilmError(
            f"{out}: the pictures cannot be written: {error.strerror or error}",
            hint="choose a folder you can write with --out",
        ) from error
    return tuple(files)


def last_frame(scene: Chapter) -> Image.Image:
    """The picture that stands on a scene's stage now."""
    renderer = scene.renderer
    assert isinstance(renderer, CairoRenderer)  # a rehearsal's
    renderer.static_image = None  # drawn anew: on top of what stood still, it would be drawn twice
    renderer.update_frame(scene, ignore_skipping=True)
    return renderer.camera.get_image().convert("RGB")


def contact_sheet(files: list[Path]) -> Image.Image:
    """Pictures in rows, small, in their order."""
    height = THUMBNAIL * 9 // 16
    sheet = Image.new("RGB", (ACROSS * THUMBNAIL, math.ceil(len(files) / ACROSS) * height))
    for place, file in enumerate(files):
        with Image.open(file) as picture:
            small = picture.resize((THUMBNAIL, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (place % ACROSS * THUMBNAIL, place // ACROSS * height))
    return sheet


def _save(picture: Image.Image, file: Path) -> Path:
    """Write a picture whole or not at all."""
    aside = file.with_name(f".{file.name}")
    picture.save(aside, format="png", optimize=True)
    return aside.replace(file)
