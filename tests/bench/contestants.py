"""The commands that are compared: Manim's own, as it comes and as fast as it goes, and ours."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import Colorspace

from bench.film import ROOT, Film
from bench.measured import Command, measured
from softmax_explained.scenes.film import FILM

_SIZE = {"draft": "-ql", "medium": "-qm", "high": "-qh"}

BEST_FLAGS = ("--disable_caching", "--max-inflight-encoders", "4", "--encoder-option", "preset=veryfast")
"""Manim's flags that make it fast without making its files larger, chosen by measuring `neuron` and
`loss_slope` twice each at 720p30, on two cores that others used too, so that only CPU counts (mean seconds):

    as it comes                                          18.8
    --disable_caching                                    18.5   the same bytes
    --max-inflight-encoders 4                            20.4   the same bytes, twice the memory
    both                                                 17.8   the same bytes, twice the memory
    both and preset=veryfast                             15.9   0.92 of the bytes
    both and preset=superfast                            13.4   1.5 times the bytes
    both and preset=ultrafast                            13.2   3.4 times the bytes
    both and preset=faster, or threads=1            18 to 20   0.96 of the bytes
"""

AT_A_TIME = 2


@dataclass(frozen=True)
class Contestant:
    """One way to make the film.

    Attributes:
        title: what the table calls it.
        draw: makes the film anew in an empty folder; returns what it cost.
        files: its pictures in that folder, in the order they are shown.
        matrix: how its colours are to be read.
    """

    title: str
    draw: Callable[[Film, Path], dict[str, Any]]
    files: Callable[[Film, Path], list[Path]]
    matrix: Colorspace


def run(name: str, film: Film) -> dict[str, Any]:
    """Make the film with nothing kept from before.

    Args:
        name: a key of `CONTESTANTS`.
        film: its files go to a folder of that name.

    Returns:
        `Cost`, the bytes of the video, and the frames of every chapter.

    Raises:
        FilmError: a command failed.
    """
    folder = film.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return CONTESTANTS[name].draw(film, folder)


def films(name: str, film: Film) -> list[Path]:
    """What a contestant has made, in the order it is shown; it is made again if it is not there."""
    folder = film.folder / name
    if not folder.exists():
        run(name, film)
    return CONTESTANTS[name].files(film, folder)


def ours(
    film: Film, folder: Path, environment: Mapping[str, str] | None = None, options: tuple[str, ...] = ()
) -> tuple[dict[str, Any], str]:
    """Our command, with the cache and the film of a folder.

    Args:
        film: the film.
        folder: where they are.
        environment: variables that are set for it.
        options: further options.

    Returns:
        What it cost, and what it said of every chapter.
    """
    chapters = () if film.chapters == FILM.chapters else film.chapters
    line = (
        sys.executable,
        "-m",
        "softmax_explained",
        "render",
        *chapters,
        "--voice",
        "none",
        "--explain-cache",
    )
    line += ("--quality", film.quality, "--out", str(folder / "out"), *options)
    cost, said = measured([Command(line, {"XDG_CACHE_HOME": str(folder / "cache"), **(environment or {})})])
    return asdict(cost), said


def _draw_ours(film: Film, folder: Path) -> dict[str, Any]:
    cost, _ = ours(film, folder)
    ledger = json.loads((folder / "out" / "film.json").read_text("utf-8"))
    rate = film.production.frame_rate
    frames = {each["name"]: round((each["end"] - each["start"]) * rate) for each in ledger["chapters"]}
    (path,) = _our_files(film, folder)
    return {**cost, "bytes": path.stat().st_size, "frames": frames}


def _our_files(_: Film, folder: Path) -> list[Path]:
    return [folder / "out" / "film.mp4"]


def _manim(*flags: str, at_once: int = 1) -> Callable[[Film, Path], dict[str, Any]]:
    def draw(film: Film, folder: Path) -> dict[str, Any]:
        line = (
            sys.executable,
            "-m",
            "manim",
            "render",
            _SIZE[film.quality],
            "--progress_bar",
            "none",
            *flags,
        )
        commands = [
            Command(
                (
                    *(*line, "--media_dir", str(folder / name)),
                    *(str(ROOT / "scenes" / name / "scene.py"), FILM.chapter(name).__name__),
                )
            )
            for name in film.chapters
        ]
        cost, _ = measured(commands, at_once)
        paths = dict(zip(film.chapters, _manim_files(film, folder), strict=True))
        frames = {name: frames_in(path) for name, path in paths.items()}
        return {
            **asdict(cost),
            "bytes": sum(path.stat().st_size for path in paths.values()),
            "frames": frames,
        }

    return draw


def _manim_files(film: Film, folder: Path) -> list[Path]:
    found = (list((folder / name).rglob(f"{FILM.chapter(name).__name__}.mp4")) for name in film.chapters)
    return [path for (path,) in found]


def frames_in(path: Path) -> int:
    """How many frames a film says it has."""
    with av.open(str(path)) as container:
        return container.streams.video[0].frames


CONTESTANTS: Mapping[str, Contestant] = {
    "default": Contestant("`manim render`", _manim(), _manim_files, Colorspace.ITU601),
    "best": Contestant("with its best flags", _manim(*BEST_FLAGS), _manim_files, Colorspace.ITU601),
    "two": Contestant(
        "the same, two chapters at a time",
        _manim(*BEST_FLAGS, at_once=AT_A_TIME),
        _manim_files,
        Colorspace.ITU601,
    ),
    "ours": Contestant("`softmax-explained render`", _draw_ours, _our_files, Colorspace.ITU709),
}
"""In the order of a round. Manim leaves its colours untagged; they are those of BT.601, as libswscale writes
them when nobody says otherwise."""
