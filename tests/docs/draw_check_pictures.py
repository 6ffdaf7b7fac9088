"""Draw the pictures of docs/checks.md, each a fault and the same mended: `make check-pictures`."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from fault_drawings import Played, caption, colours, light, over_time
from faults import FAULTS, NEAR, Fault, Side, stands
from PIL import Image, ImageDraw

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Region, style
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.colour_roles import use_roles
from softmax_explained.studio.check.observer import Observer
from softmax_explained.studio.stills import last_frame

FOLDER = Path(__file__).parents[2] / "assets" / "checks"
SIZE = WIDTH, HEIGHT = 400, 225
"""Pixels of one side; two of them stand beside each other."""
BETWEEN = 8
SHARPER = 2
"""A side is drawn so many times larger, and scaled down."""
COLOURS = 160
"""In a file, so that it is small."""
FRAME = 128 / 9
"""Manim units across a wide frame."""


# The stage ---------------------------------------------------------------------------------------------


class Catch(Observer):
    """Draws the picture that stands at one second of the chapter, and lets false claims pass."""

    def __init__(self, second: float) -> None:
        super().__init__()
        self._second = second
        self.picture: Image.Image | None = None

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        """Many."""
        return [float(moment) for moment in np.arange(0, seconds, 0.05)]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        """Keep the picture if it is time."""
        self._keep_picture(scene, scene.clock + moment)

    def held(self, scene: Chapter, seconds: float) -> None:
        """Keep the picture if it is time."""
        self._keep_picture(scene, scene.clock)

    def ended(self, scene: Chapter, record: BeatRecord) -> None:
        """Keep the last picture if none was kept."""
        self._keep_picture(scene, math.inf)

    def _keep_picture(self, scene: Chapter, now: float) -> None:
        if self.picture is None and now >= self._second:
            self.picture = last_frame(scene)


def stage(side: Side, view: Region, after: float | None = None) -> Image.Image:
    """The part of the frame in view: of the last picture, or of one some seconds after the mark second."""
    across = round(SHARPER * WIDTH * FRAME / view.width)
    pixels = {"pixel_width": across, "pixel_height": round(across * 9 / 16)}
    second = math.inf
    if after is not None:
        record = dry_run(side.chapter, side.production, observer=Catch(second)).records[0]
        second = record.speech_start + side.production.timing(side.beat).marks["second"] + after
    catch = Catch(second)
    dry_run(side.chapter, side.production, observer=catch, after_beat=catch.ended, **pixels)
    assert catch.picture
    left, top = (view.left + FRAME / 2) / FRAME, (4 - view.top) / 8
    right, bottom = (view.right + FRAME / 2) / FRAME, (4 - view.bottom) / 8
    edges = (left * across, top * across * 9 / 16, right * across, bottom * across * 9 / 16)
    return catch.picture.resize((SHARPER * WIDTH, SHARPER * HEIGHT), Image.Resampling.LANCZOS, box=edges)


# Files -------------------------------------------------------------------------------------------------


def halves(fault: Fault) -> tuple[Image.Image, Image.Image]:
    """Both sides, larger than in the file."""
    sides = fault.wrong, fault.right
    if fault.drawn == "stage":
        first, second = (stage(side, fault.view, fault.after) for side in sides)
        return first, second
    played = [Played(side) for side in sides]
    if fault.drawn == "colours":
        things = [colours(side) for side in sides]
    elif fault.drawn == "light":
        things = [light(each, wrong=each is played[0]) for each in played]
    elif fault.drawn == "captions":
        seconds = max(each.cue[1] for each in played)
        things = [caption(each, seconds, wrong=each is played[0]) for each in played]
    else:
        seconds = max(each.end for each in played)
        things = [over_time(fault, each, seconds, wrong=each is played[0]) for each in played]
    first, second = (stage(Side(stands(lambda _, shown=shown: shown)), NEAR) for shown in things)
    return first, second


def sign(picture: Image.Image, *, wrong: bool) -> Image.Image:
    """Scale a side down, with a frame around it and a cross or a tick in its corner."""
    pen, s = ImageDraw.Draw(picture), SHARPER
    strokes = [[(14, 14), (30, 30)], [(30, 14), (14, 30)]] if wrong else [[(13, 23), (19, 29), (31, 14)]]
    for stroke in strokes:
        points = [(s * x, s * y) for x, y in stroke]
        pen.line(points, fill=style().colour("C" if wrong else "y").to_hex(), width=4 * s, joint="curve")
    edge = style().colour("track").to_hex()
    pen.rectangle((0, 0, s * WIDTH - 1, s * HEIGHT - 1), outline=edge, width=2 * s)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def picture_of(fault: Fault) -> Image.Image:
    """The fault, and beside it the same mended."""
    use_roles(FILM.roles)
    whole = Image.new("RGB", (2 * WIDTH + BETWEEN, HEIGHT), style().colour("ground").to_hex())
    for place, (half, wrong) in enumerate(zip(halves(fault), (True, False), strict=True)):
        whole.paste(sign(half, wrong=wrong), (place * (WIDTH + BETWEEN), 0))
    few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    _, most = max(few.getcolors())
    palette[3 * most : 3 * most + 3] = style().colour("ground").to_int_rgb()  # not a shade beside it
    few.putpalette(palette)
    return few


def file_of(code: str) -> Path:
    """Where the picture of a code is."""
    return FOLDER / f"{code.lower()}.png"


def main(codes: Sequence[str]) -> None:
    """Draw the pictures of some codes, or all."""
    FOLDER.mkdir(exist_ok=True)
    for code in codes or FAULTS:
        picture_of(FAULTS[code]).save(file_of(code), optimize=True)
        print(f"{file_of(code).relative_to(FOLDER.parents[1])}  {file_of(code).stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
