"""A thumbnail of a film."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
from PIL import Image

from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.video.local_file import local_file

POSTER = "poster.jpg"  # its name, beside the film
WIDTH = 480  # pixels


def poster(film: Path, sha256: str, ledger: Mapping[str, Any], beat: str, scratch: Path) -> Path:
    """Save a frame of a film, unless the thumbnail beside it was made from the same film.

    The checksum of the film is saved in the comment of the thumbnail. It shows a beat, or else the middle.

    Raises:
        OSError: the thumbnail cannot be written.
    """
    file = film.with_name(POSTER)
    if _comment(file) != sha256:
        # At the end of the speech everything in the beat has appeared, and nothing has left yet.
        ends = {each["id"]: each["speech_end"] for each in ledger["beats"]}
        picture = _frame(film, float(ends.get(beat, ledger["duration"] / 2)))
        height = round(WIDTH * picture.height / picture.width)
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.save(scratch / POSTER, format="jpeg", quality=85, comment=sha256.encode())
        replace_files(scratch, file.parent, (POSTER,))
    return file


def _frame(film: Path, time: float) -> Image.Image:
    """The first frame at or after a time."""
    with av.open(local_file(film)) as container:
        video = container.streams.video[0]
        container.seek(int(time * av.time_base))
        frame = next(each for each in container.decode(video) if (each.time or 0) >= time)
        return Image.fromarray(frame.to_ndarray(format="rgb24", src_colorspace="ITU709"))


def _comment(file: Path) -> str:
    """The comment of a picture; empty if it cannot be read."""
    try:
        with Image.open(file) as picture:
            return bytes(picture.info.get("comment", b"")).decode("ascii")
    except (OSError, ValueError):
        return ""
