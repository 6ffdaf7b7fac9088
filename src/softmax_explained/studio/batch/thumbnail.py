"""A small copy of the picture that represents a film, for the index of a course."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from softmax_explained.studio.output.atomic_replace import replace_files

THUMBNAIL = "poster.jpg"  # its name, beside the film
WIDTH = 480  # pixels


def thumbnail(poster: Path, sha256: str, scratch: Path) -> Path:
    """Save a small copy of a poster, unless the one beside it was made from the same poster.

    The checksum of the poster is saved in the comment of the copy.

    Args:
        poster: a PNG file.
        sha256: its checksum.
        scratch: a folder on the same disk for the file while it is written.

    Raises:
        OSError: the copy cannot be written.
    """
    file = poster.with_name(THUMBNAIL)
    if _comment(file) != sha256:
        with Image.open(poster) as picture:
            height = round(WIDTH * picture.height / picture.width)
            small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.save(scratch / THUMBNAIL, format="jpeg", quality=85, comment=sha256.encode())
        replace_files(scratch, file.parent, (THUMBNAIL,))
    return file


def _comment(file: Path) -> str:
    """The comment of a picture; empty if it cannot be read."""
    try:
        with Image.open(file) as picture:
            return bytes(picture.info.get("comment", b"")).decode("ascii")
    except (OSError, ValueError):
        return ""
