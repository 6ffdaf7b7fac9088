"""The floor: what x264 alone takes for the pictures that differ. Nothing that encodes them can be cheaper.

As a program it decodes the pictures and gives them to x264, or only decodes them; the difference is x264's.
``python -m bench.floor nothing|ours|default QUALITY FILE…``
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av

from bench import lossless
from bench.film import Film
from bench.measured import measured, program
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.video.h264_stream import group_of_pictures, x264

TITLES: Mapping[str, str] = {
    "nothing": "decoding alone",
    "ours": "x264 with our settings",
    "default": "x264 with Manim's settings",
}

_BATCH = 60
"""Pictures that are decoded before they are encoded, so that the two do not share the cores."""


def run(name: str, film: Film) -> dict[str, Any]:
    """Decode and encode every picture of the film once.

    Args:
        name: a key of `TITLES`; ``nothing`` decodes only.
        film: drawn without loss before, or now.

    Returns:
        `Cost`, decoding included, and the number of pictures.
    """
    pictures = lossless.run(film)["pictures"]
    cost, _ = measured([program("floor", name, film.quality, *map(str, lossless.planes(film)))])
    return {**asdict(cost), "pictures": pictures}


def encode(options: Mapping[str, str] | None, quality: str, path: Path) -> int:
    """Give every picture of a file to x264 and forget what comes out.

    Args:
        options: of x264; without any, the pictures are only decoded.
        quality: of the film.
        path: a file of pictures without loss.

    Returns:
        How many pictures that were.
    """
    production = Production(FILM, quality=quality)
    with av.open(os.devnull, "w", format="null") as nowhere:
        stream = nowhere.add_stream("libx264", rate=production.frame_rate, options=dict(options or {}))
        (stream.width, stream.height), stream.pix_fmt = production.pixels, "yuv420p"
        pictures, number = lossless.pictures(path), 0
        while batch := list(islice(pictures, _BATCH)):
            for picture in batch:
                picture.pts, picture.time_base = number, Fraction(1, production.frame_rate)
                number += 1
                if options is not None:
                    stream.encode(picture)
        if options is not None:
            stream.encode()
    return number


def options_of(name: str, quality: str) -> Mapping[str, str] | None:
    """How x264 is set: as in the film, as Manim does, or not at all."""
    group = group_of_pictures(Production(FILM, quality=quality).frame_rate)
    options = {"nothing": None, "ours": x264(group), "default": {"crf": "23"}}
    return options[name]


if __name__ == "__main__":
    _, _name, _quality, *_paths = sys.argv
    for _path in _paths:
        encode(options_of(_name, _quality), _quality, Path(_path))
