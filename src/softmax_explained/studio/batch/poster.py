"""A small picture of a film, to recognise it by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
from PIL import Image

from softmax_explained.studio.output.atomic_replace import together

POSTER = "poster.jpg"
"""Its name, beside the film."""

WIDTH = 480
"""Pixels."""


def poster(film: Path, made_of: str, ledger: Mapping[str, Any], beat: str, aside: Path) -> Path:
    """Take a picture out of a film, unless the one that lies beside it was taken from the same.

    Args:
        film: the file.
        made_of: its SHA-256; it is kept in the picture.
        ledger: the film's.
        beat: the id of the beat to show; if it is not in the film, its middle is shown.
        aside: a folder for what is half done, on the same disk.

    Raises:
        OSError: the picture cannot be written.
    """
    file = film.with_name(POSTER)
    if _taken_from(file) != made_of:
        picture = _frame(film, _moment(ledger, beat))
        height = round(WIDTH * picture.height / picture.width)
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.save(aside / POSTER, format="jpeg", quality=85, comment=made_of.encode())
        together(aside, file.parent, (POSTER,))
    return file


def _moment(ledger: Mapping[str, Any], beat: str) -> float:
    """When everything the beat shows is there, and nothing of it has left."""
    ends = {each["id"]: each["speech_end"] for each in ledger["beats"]}
    return float(ends.get(beat, ledger["duration"] / 2))


def _frame(film: Path, moment: float) -> Image.Image:
    """The first frame from a moment on."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        container.seek(int(moment * av.time_base))
        frame = next(each for each in container.decode(picture) if (each.time or 0) >= moment)
        return Image.fromarray(frame.to_ndarray(format="rgb24", src_colorspace="ITU709"))


def _taken_from(file: Path) -> str:
    """The sum of the film a picture was taken from; nothing if there is no such picture."""
    try:
        with Image.open(file) as picture:
            return bytes(picture.info.get("comment", b"")).decode("ascii")
    except (OSError, ValueError):
        return ""
