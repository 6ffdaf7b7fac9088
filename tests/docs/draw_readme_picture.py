"""Draw the animation of README.md from two beats of the film: `make readme-pictures`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image, ImageChops

CHAPTER = "nudge"
FIRST, END = ("nudge.grow", "gain"), ("nudge.squeeze", "tax")
"""Beat and mark of the first move that is shown, and of the first one that is not: twelve seconds."""
FILE = Path(__file__).parents[2] / "assets" / "readme" / "grow_and_squeeze.webp"
SIZE = 800, 450
RATE = 15
"""Frames per second: every other frame of the rendered chapter."""
PAUSE = 1500
"""Milliseconds for which the last frame stays before the animation repeats."""
NOISE = 6
"""Differences between decoded frames, in levels of 255, that come from the video encoder."""


def render(folder: Path) -> None:
    """Render the chapter without a voice, timed at reading speed."""
    options = ["--quality", "medium", "--voice", "none", "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "softmax_explained", "render", CHAPTER, *options], check=True)


def frames(folder: Path) -> Iterator[Image.Image]:
    """The frames from one move to another at `RATE`."""
    beats = json.loads((folder / "film.json").read_text("utf-8"))["beats"]
    moves = {(beat["id"], move["mark"]): move["start"] for beat in beats for move in beat["moves"]}
    start, end = moves[FIRST], moves[END]
    with av.open(str(folder / "film.mp4")) as film:
        stream = film.streams.video[0]
        step = round(Fraction(stream.average_rate or RATE) / RATE)
        for number, frame in enumerate(film.decode(stream)):
            if number % step == 0 and start <= frame.time < end:
                yield frame.to_image().resize(SIZE, Image.Resampling.LANCZOS)


def write(pictures: Iterator[Image.Image], file: Path) -> None:
    """Write an animated WebP; a frame that does not change is stored once, with a longer duration."""
    kept: list[Image.Image] = []
    durations: list[float] = []
    for picture in pictures:
        if kept and max(high for _, high in ImageChops.difference(kept[-1], picture).getextrema()) <= NOISE:
            durations[-1] += 1000 / RATE
        else:
            kept.append(picture)
            durations.append(1000 / RATE)
    durations[-1] += PAUSE
    milliseconds = [round(duration) for duration in durations]
    first, *rest = kept
    first.save(file, save_all=True, append_images=rest, duration=milliseconds, loop=0, quality=70, method=6)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        render(Path(temporary))
        write(frames(Path(temporary)), FILE)
    print(FILE)
