"""Compare the draft films of two revisions frame by frame; a frame is the same if every pixel is.

    python tests/regression/compare_frames.py REVISION REVISION [--production en-wide] [--allow BEAT]

Each revision is copied to a temporary folder and renders its silent draft films there, with nothing cached.
In place of a revision, ``.`` is the working tree, and a folder with the films of an earlier run (``--keep``)
is read instead of rendering again. The exit status is 1 if a beat differs that is not allowed to.

x264 chooses how coarsely it encodes a frame by those before it, so after a beat that looks different, the
rest of its chapter may differ too, by a few of the 256 levels of a pixel.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from project_copy import WORKING_TREE, copy_project, environment_of

from softmax_explained.errors import SoftmaxExplainedError, UsageError

PRODUCTIONS = ("en-wide", "zh-tall", "en-square-ten-digits")
"""Language, frame and, if it is not the default, lesson."""


@dataclass(frozen=True)
class Difference:
    """A beat that is not the same in both films.

    Attributes:
        beat: its id.
        what: how it differs, in words.
    """

    beat: str
    what: str

    def __str__(self) -> str:
        return f"{self.beat}: {self.what}"


class Film:
    """A rendered film and the beats of its ledger.

    Args:
        folder: with ``film.mp4`` and ``film.json``.

    Attributes:
        beats: the frames of each beat.
        rate: frames per second.

    Raises:
        ValueError: the ledger does not account for every frame.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "film.mp4"
        with av.open(str(self.path)) as container:
            stream = container.streams.video[0]
            assert stream.average_rate is not None
            self.rate, frames = int(stream.average_rate), stream.frames
        beats = json.loads((folder / "film.json").read_text("utf-8"))["beats"]
        self.beats = {
            beat["id"]: range(round(beat["start"] * self.rate), round(beat["end"] * self.rate))
            for beat in beats
        }
        listed = [frame for frames_of_beat in self.beats.values() for frame in frames_of_beat]
        if listed != list(range(frames)):
            raise ValueError(f"the beats of {folder} do not cover its {frames} frames")

    def frames(self) -> Iterator[tuple[int, NDArray[np.uint8]]]:
        """Every frame and its number: the planes of luma and colour, one above the other."""
        with av.open(str(self.path)) as container:
            for number, frame in enumerate(container.decode(video=0)):
                yield number, frame.to_ndarray()


def differences(before: Film, after: Film) -> Iterator[Difference]:
    """The beats that differ, in the order of the film.

    Raises:
        ValueError: the films show their common beats in different orders.
    """
    common = [beat for beat in before.beats if beat in after.beats]
    if common != [beat for beat in after.beats if beat in before.beats]:
        raise ValueError("the beats of the two films have different orders")
    old_frames, new_frames = before.frames(), after.frames()
    for beat in {**before.beats, **after.beats}:
        if beat not in common:
            yield Difference(beat, "only in the " + ("first" if beat in before.beats else "second") + " film")
            continue
        old, new = before.beats[beat], after.beats[beat]
        unequal, largest = list[int](), 0
        for place, (one, other) in enumerate(
            zip(_part(old_frames, old), _part(new_frames, new), strict=False)
        ):
            if one.shape != other.shape:
                raise ValueError(f"pictures of {one.shape} and {other.shape}")
            if not np.array_equal(one, other):
                unequal.append(place)
                largest = max(largest, int(np.abs(one.astype(np.int16) - other).max()))
        if unequal:
            first, last = (_clock(old.start + place, before.rate) for place in (unequal[0], unequal[-1]))
            yield Difference(
                beat,
                f"{len(unequal)} of {len(old)} frames, from {first} to {last}, by up to {largest} levels",
            )
        if len(old) != len(new):
            yield Difference(beat, f"{len(old)} frames in the first film, {len(new)} in the second")


def _part(frames: Iterator[tuple[int, NDArray[np.uint8]]], wanted: range) -> Iterator[NDArray[np.uint8]]:
    """The wanted frames; those before them are skipped, those after them stay unread."""
    if not wanted:
        return
    for number, picture in frames:
        if number in wanted:
            yield picture
        if number == wanted[-1]:
            return


def _clock(frame: int, rate: int) -> str:
    minutes, seconds = divmod(frame / rate, 60)
    return f"{minutes:.0f}:{seconds:05.2f}"


def render(revision: str, productions: Sequence[str], keep: Path) -> None:
    """Render the silent draft films of a revision with nothing cached.

    Args:
        revision: see `copy_project`.
        productions: names like those of `PRODUCTIONS`.
        keep: a folder for the films, one folder per production.

    Raises:
        UsageError: there is no such revision, or it cannot render one of the films.
    """
    with tempfile.TemporaryDirectory(prefix="revision-") as temporary:
        project, site, cache = (Path(temporary) / name for name in ("project", "site", "cache"))
        copy_project(revision, project)
        environment = {**environment_of(project, site), "XDG_CACHE_HOME": str(cache)}
        for production in productions:
            language, frame, *lesson = production.split("-", 2)
            command = [sys.executable, "-m", "softmax_explained", "render", "--quality", "draft"]
            command += ["--voice", "none", "--lang", language, "--frame", frame]
            command += ["--out", str(keep / production)]
            if lesson:
                command += ["--lesson", str(project / "assets" / "lessons" / f"{lesson[0]}.toml")]
            print(f"{revision}: rendering {production}", file=sys.stderr, flush=True)
            done = subprocess.run(
                command, env=environment, cwd=temporary, capture_output=True, check=False, text=True
            )
            if done.returncode:
                raise UsageError(f"{revision} does not render {production}", hint=done.stderr[-2000:])


def compare(
    folders: tuple[Path, Path], productions: Sequence[str], allowed: frozenset[str]
) -> list[Difference]:
    """Print how the films of two folders differ.

    Returns:
        The differences that are not allowed.

    Raises:
        UsageError: a beat is allowed that no film has.
    """
    known, rejected = set[str](), list[Difference]()
    for production in productions:
        before, after = (Film(folder / production) for folder in folders)
        known |= {*before.beats, *after.beats}
        found = list(differences(before, after))
        print(f"{production}: {len(before.beats)} beats, {len(found)} different")
        for difference in found:
            print(f"  {difference}{' (allowed)' if difference.beat in allowed else ''}")
        rejected += [difference for difference in found if difference.beat not in allowed]
    if unknown := sorted(allowed - known):
        raise UsageError(f"no beat {', '.join(unknown)}", hint=f"beats: {', '.join(sorted(known))}")
    return rejected


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("before", "after"):
        parser.add_argument(name, help="a revision, . for the working tree, or a folder of rendered films")
    parser.add_argument(
        "--production",
        action="append",
        metavar="LANG-FRAME[-LESSON]",
        help=f"compare this film (repeatable; default: {', '.join(PRODUCTIONS)})",
    )
    parser.add_argument(
        "--allow", action="append", default=[], metavar="BEAT", help="a beat that may differ (repeatable)"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the films in DIR/before and DIR/after")
    given = parser.parse_args(arguments)
    productions = given.production or list(PRODUCTIONS)
    try:
        with tempfile.TemporaryDirectory(prefix="films-") as temporary:
            folders = []
            for name in ("before", "after"):
                folder, source = (given.keep or Path(temporary)) / name, getattr(given, name)
                if source != WORKING_TREE and Path(source).is_dir():
                    folder = Path(source)
                else:
                    render(source, productions, folder)
                folders.append(folder)
            return 1 if compare((folders[0], folders[1]), productions, frozenset(given.allow)) else 0
    except SoftmaxExplainedError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
