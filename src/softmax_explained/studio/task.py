"""One chapter to draw and what comes back; both travel to other processes and other machines."""

from __future__ import annotations

import inspect
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.stage.record import BeatRecord
from softmax_explained.studio.fingerprint import tools
from softmax_explained.studio.made_of import Fingerprint, changes
from softmax_explained.studio.reel import Reel, draw

Report = Callable[[int], None]
"""Called with the number of frames drawn, now and then."""


@dataclass(frozen=True)
class Task:
    """A chapter to draw.

    Attributes:
        production: the settings, with the times of the speech.
        chapter: its class, which the worker imports by its name.
        tools: the code and packages of whoever asks; the worker must have the same.
    """

    production: Production
    chapter: type[Chapter]
    tools: Fingerprint

    @classmethod
    def of(cls, production: Production, chapter: type[Chapter]) -> Task:
        """Ask for a chapter as the code here would draw it."""
        return cls(production, chapter, tools(chapter, production.language))


@dataclass(frozen=True)
class Drawn:
    """A chapter that was drawn, wherever that was.

    Attributes:
        film: an MP4 file with one H.264 stream.
        frames: how many it has.
        records: what was shown, beat by beat.
    """

    film: bytes
    frames: int
    records: tuple[BeatRecord, ...]

    def reel(self, task: Task, folder: Path) -> Reel:
        """Put the film into a folder."""
        path = folder / f"{task.chapter.name}.mp4"
        path.write_bytes(self.film)
        return Reel(task.chapter.name, path, self.frames, task.production.frame_rate, self.records)


def perform(task: Task, report: Report = lambda frames: None, scratch: Path | None = None) -> Drawn:
    """Draw a chapter in this process.

    Args:
        task: the chapter.
        report: told how far it is; what it raises stops the drawing.
        scratch: a folder for what is half done; the system's if not given. Nothing is left in it.

    Raises:
        FilmError: the chapter cannot be drawn, or not by this version of the project; it is named.
    """
    name = task.chapter.name
    if other := changes(task.tools, tools(task.chapter, task.production.language)):
        raise FilmError(
            f"chapter {name}: the worker has another version than the one who asks: {', '.join(other[:5])}",
            hint="install the same version of softmax-explained and of its packages on every machine, "
            "and change no code while a film is drawn",
        )
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        try:
            reel = draw(task.production, task.chapter, Path(folder), report)
        except StoppedError:
            raise
        except SoftmaxExplainedError as error:
            raise FilmError(f"chapter {name}: {error.message}", hint=error.hint) from None
        except Exception as error:
            raise FilmError(
                f"chapter {name} could not be drawn: {type(error).__name__}: {error}",
                hint=_where(error, inspect.getfile(task.chapter)),
            ) from error
        report(reel.frames)
        return Drawn(reel.path.read_bytes(), reel.frames, reel.records)


class StoppedError(Exception):
    """Nobody waits for the chapter any more."""


def _where(error: Exception, file: str) -> str:
    """The line of the chapter that failed, or the line below it if it is not in the chapter's own file."""
    frames = traceback.extract_tb(error.__traceback__)
    of_chapter = [frame for frame in frames if frame.filename == file]
    line = (of_chapter or frames)[-1]
    return f"it failed in {line.filename}, line {line.lineno}, in {line.name}"
