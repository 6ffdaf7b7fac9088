"""Names of files for libav, which takes a name such as ``week:1/film.mp4`` for a protocol and an address."""

from __future__ import annotations

from pathlib import Path


def local_file(path: Path) -> str:
    """The absolute name of a file, which libav always opens as a file.

    >>> local_file(Path("/films/http:/host/film.mp4"))
    '/films/http:/host/film.mp4'
    >>> local_file(Path("week:1/film.mp4")).startswith("/")
    True
    """
    return str(path.absolute())
