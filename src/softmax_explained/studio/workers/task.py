"""A take to draw and what comes back; both travel to other processes and other machines."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from softmax_explained.errors import FilmError
from softmax_explained.scenes.film import chapters
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.cache.fingerprint import PICTURE_PACKAGES, Fingerprint, changes, versions
from softmax_explained.studio.cache.import_graph import remember
from softmax_explained.studio.video.chapter_fingerprint import tools
from softmax_explained.studio.video.segment import Segment, draw
from softmax_explained.studio.workers.error_context import blamed
from softmax_explained.studio.workers.takes import Take

Report = Callable[[int], None]
"""Called with the number of frames drawn, now and then."""

_ALONE = Lock()
"""Manim's settings are one for a whole process: of the threads of a worker, one draws and the others wait."""


@dataclass(frozen=True)
class Task:
    """A take to draw.

    Attributes:
        production: the settings, with the times of the speech.
        take: of a chapter whose class the worker imports by its name.
        tools: the code and packages of whoever asks; the worker must have the same.
    """

    production: Production
    take: Take
    tools: Fingerprint

    @classmethod
    def of(cls, production: Production, take: Take) -> Task:
        """Ask for a take as the code here would draw it."""
        return cls(production, take, tools(take.chapter, production.language))


@dataclass(frozen=True)
class Drawn:
    """A take that was drawn, wherever that was.

    Attributes:
        film: an MP4 file with one H.264 stream.
        frames: how many it has.
        records: what was shown, beat by beat.
    """

    film: bytes
    frames: int
    records: tuple[BeatRecord, ...]

    def reel(self, task: Task, folder: Path) -> Segment:
        """Put the film into a folder."""
        path = folder / f"{task.take.name}.mp4"
        path.write_bytes(self.film)
        return Segment(task.take.chapter.name, path, self.frames, task.production.frame_rate, self.records)


def perform(task: Task, report: Report = lambda frames: None, scratch: Path | None = None) -> Drawn:
    """Draw a take in this process.

    Args:
        task: the take.
        report: told how far it is; what it raises stops the drawing.
        scratch: a folder for what is half done; the system's if not given. Nothing is left in it.

    Raises:
        FilmError: the chapter cannot be drawn, or not by this version of the project; it is named.
    """
    _settle()
    chapter, name = task.take.chapter, task.take.chapter.name
    if other := changes(task.tools, tools(chapter, task.production.language)):
        raise FilmError(
            f"chapter {name}: the worker has another version than the one who asks: {', '.join(other[:5])}",
            hint="install the same version of softmax-explained and of its packages on every machine, "
            "and change no code while a film is drawn",
        )
    with _ALONE, tempfile.TemporaryDirectory(dir=scratch) as folder:
        with blamed(chapter, "could not be drawn"):
            reel = draw(task.production, chapter, Path(folder), report, task.take.beats)
        report(reel.frames)
        return Drawn(reel.path.read_bytes(), reel.frames, reel.records)


@cache
def _settle() -> None:
    """Load all that a take may need, and take down what it is, before the first of this process is drawn.

    A worker may live for days. What it answers for is the code it runs, not the files it once came from.
    """
    chapters()
    remember()
    versions(PICTURE_PACKAGES)


class StoppedError(BaseException):
    """Nobody waits for the chapter any more.

    Like Ctrl-C this is no failure of anybody: it is no `Exception`, so what handles failures lets it pass.
    """
