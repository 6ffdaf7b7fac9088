"""The comparison of two films, on films of a few frames: equal, different, and different as allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from compare_frames import Film, differences, main
from project_copy import PACKAGES, copy_project, environment_of

from softmax_explained.errors import UsageError

RATE = 5
BEATS = {"opening.first": (10, 20, 30), "opening.second": (40, 50), "ending.last": (60, 70)}
"""Of each beat, how bright its frames are."""


def write_film(folder: Path, beats: Mapping[str, tuple[int, ...]]) -> Path:
    folder.mkdir(parents=True)
    begun, entries = 0, []
    with av.open(str(folder / "film.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"qp": "0"})
        stream.width, stream.height, stream.pix_fmt = 32, 16, "yuv420p"
        for beat, shades in beats.items():
            entries.append({"id": beat, "start": begun / RATE, "end": (begun + len(shades)) / RATE})
            begun += len(shades)
            for shade in shades:
                plane = np.full((24, 32), shade, np.uint8)
                container.mux(stream.encode(VideoFrame.from_ndarray(plane, format="yuv420p")))
        container.mux(stream.encode())
    (folder / "film.json").write_text(json.dumps({"beats": entries}), "utf-8")
    return folder


def compared(folder: Path, changed: Mapping[str, tuple[int, ...]]) -> list[str]:
    films = (write_film(folder / "before", BEATS), write_film(folder / "after", changed))
    return [str(difference) for difference in differences(*map(Film, films))]


def test_a_film_is_the_same_as_itself(tmp_path: Path) -> None:
    assert compared(tmp_path, BEATS) == []


def test_a_frame_that_differs_is_found_in_its_beat(tmp_path: Path) -> None:
    assert compared(tmp_path, {**BEATS, "opening.second": (40, 51)}) == [
        "opening.second: 1 of 2 frames, from 0:00.80 to 0:00.80, by up to 1 levels"
    ]


def test_a_longer_beat_does_not_make_those_after_it_differ(tmp_path: Path) -> None:
    assert compared(tmp_path, {**BEATS, "opening.first": (10, 20, 30, 30)}) == [
        "opening.first: 3 frames in the first film, 4 in the second"
    ]


def test_a_shorter_beat_does_not_make_those_after_it_differ(tmp_path: Path) -> None:
    assert compared(tmp_path, {**BEATS, "opening.first": (10,)}) == [
        "opening.first: 3 frames in the first film, 1 in the second"
    ]


def test_a_beat_that_only_one_film_has_is_named(tmp_path: Path) -> None:
    without = {beat: shades for beat, shades in BEATS.items() if beat != "opening.second"}
    assert compared(tmp_path, {**without, "ending.new": (80,)}) == [
        "opening.second: only in the first film",
        "ending.new: only in the second film",
    ]


def test_beats_in_another_order_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="orders"):
        compared(tmp_path, dict(reversed(BEATS.items())))


def test_a_ledger_that_leaves_frames_out_is_refused(tmp_path: Path) -> None:
    folder = write_film(tmp_path / "film", BEATS)
    ledger = json.loads((folder / "film.json").read_text("utf-8"))
    (folder / "film.json").write_text(json.dumps({"beats": ledger["beats"][:-1]}), "utf-8")
    with pytest.raises(ValueError, match="do not cover"):
        Film(folder)


@pytest.mark.parametrize(
    ("allowed", "status"),
    [((), 1), (("opening.second",), 0), (("opening.first",), 1), (("opening.secnd",), 2)],
    ids=["nothing", "the one", "another", "a misspelt one"],
)
def test_the_exit_status_tells_what_was_not_allowed(
    tmp_path: Path, allowed: tuple[str, ...], status: int
) -> None:
    write_film(tmp_path / "a" / "en-wide", BEATS)
    write_film(tmp_path / "b" / "en-wide", {**BEATS, "opening.second": (40, 90)})
    options = [option for beat in allowed for option in ("--allow", beat)]
    folders = [str(tmp_path / name) for name in "ab"]
    assert main([*folders, "--production", "en-wide", *options]) == status


def test_a_copy_is_imported_in_place_of_the_checkout(tmp_path: Path) -> None:
    for folder in PACKAGES.values():
        (tmp_path / "copy" / folder).mkdir(parents=True)
        (tmp_path / "copy" / folder / "__init__.py").touch()
    environment = environment_of(tmp_path / "copy", tmp_path / "site")
    assert environment["PYTHONPATH"] == str(tmp_path / "site")
    (tmp_path / "copy" / "scenes" / "__init__.py").unlink()
    with pytest.raises(RuntimeError, match="cannot be imported"):
        environment_of(tmp_path / "copy", tmp_path / "site")


def test_an_unknown_revision_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no revision"):
        copy_project("no-such-revision", tmp_path / "copy")
