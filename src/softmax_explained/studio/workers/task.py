"""A take to draw and the result; both are sent to other processes and machines."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from softmax_explained.errors import FilmError
from softmax_explained.stage.scene.film import Film
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.cache.fingerprint import PICTURE_PACKAGES, Fingerprint, changes, versions
from softmax_explained.studio.cache.import_graph import remember
from softmax_explained.studio.planning.fingerprints import environment
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment, draw, play
from softmax_explained.studio.workers.error_context import chapter_errors
from softmax_explained.studio.workers.takes import Take

Report = Callable[[int], None]  # called about once per second of film with the number of frames drawn

_ONE_AT_A_TIME = Lock()
"""Manim's settings are global to a process: only one thread of a worker draws at a time."""


@dataclass(frozen=True)
class Task:
    """A take to draw, or only to compare with videos that the client has."""

    production: Production  # with the times of the speech
    take: Take  # of a chapter whose class the worker imports by its name
    environment: Fingerprint  # the code and packages of the client; the worker must have the same
    # The digests of pictures by beat: those beats that still have them are told, and nothing is drawn.
    known: Mapping[str, frozenset[Pictures]]

    @classmethod
    def of(
        cls, production: Production, take: Take, known: Mapping[str, Collection[Pictures]] | None = None
    ) -> Task:
        """A task in the environment of this process.

        Args:
            production: the settings.
            take: the beats.
            known: the digests of the pictures that the client has a video of, by the id of their beat; the
                take is compared with them.
        """
        of_take = {
            beat: frozenset(known[beat])
            for beat in (f"{take.chapter.name}.{name}" for name in take.beats)
            if known and known.get(beat)
        }
        return cls(production, take, environment(production, take.chapter), of_take)


@dataclass(frozen=True)
class DrawnBeat:
    """A beat, or parts of it, drawn; or a beat that is seen to have pictures the client has a video of."""

    video: bytes | None  # an MP4 file with one H.264 stream; None if the client has it
    frames: int
    record: BeatRecord
    pictures: Pictures
    first_part: int
    begins: str | None  # states of the chapter, see `studio.video.scene_state`
    ends: str | None

    @classmethod
    def of(cls, segment: Segment) -> DrawnBeat:
        """Read the file of a beat."""
        (record,) = segment.records
        video = segment.path.read_bytes()
        states = segment.begins, segment.ends
        return cls(video, segment.frames, record, segment.pictures, segment.first_part, *states)

    def segment(self, frame_rate: int, folder: Path, known: Mapping[Pictures, bytes]) -> Segment:
        """Write the video to a folder.

        Args:
            frame_rate: frames per second.
            folder: an existing folder.
            known: the videos that the client has of this beat, by the digests of their pictures.
        """
        record, parts = self.record, f"{self.record.id}+{self.first_part}"
        shown = record.chapter, folder / f"{parts}.mp4", self.frames, frame_rate, (record,)
        shown[1].write_bytes(known[self.pictures] if self.video is None else self.video)
        return Segment(*shown, self.pictures, self.first_part, self.begins, self.ends)


@dataclass(frozen=True)
class DrawnTake:
    """The result of a task: its beats, in order; of a comparison, those that have not changed."""

    beats: tuple[DrawnBeat, ...]

    @property
    def frames(self) -> int:
        """The frames of all beats."""
        return sum(beat.frames for beat in self.beats)


def draw_take(task: Task, report: Report = lambda frames: None, scratch: Path | None = None) -> DrawnTake:
    """Draw a take in this process, or compare it; an exception from `report` stops it.

    Raises:
        FilmError: the chapter, which is named, cannot be drawn, or not by this version of the project.
    """
    load(task.production.film)
    chapter, name = task.take.chapter, task.take.chapter.name
    if other := changes(task.environment, environment(task.production, chapter)):
        raise FilmError(
            f"chapter {name}: the worker has other versions than the client: {', '.join(other[:5])}",
            hint="install the same version of softmax-explained and of its packages on every machine, "
            "and change no code while a film is drawn",
        )
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(dir=scratch) as folder:
        with chapter_errors(chapter, "could not be drawn"):
            beats = _unchanged(task, report) if task.known else _drawn(task, report, Path(folder))
        take = DrawnTake(tuple(beats))
        report(take.frames)
        return take


def _drawn(task: Task, report: Report, folder: Path) -> list[DrawnBeat]:
    """All beats of a take."""
    take = task.take
    return [*map(DrawnBeat.of, draw(task.production, take.chapter, folder, report, take.beats, take.parts))]


def _unchanged(task: Task, report: Report) -> list[DrawnBeat]:
    """The beats of a take whose pictures the client has."""
    rate, take = task.production.frame_rate, task.take
    seen = play(task.production, take.chapter, take.beats, lambda: report(0))
    return [
        DrawnBeat(None, round(beat.record.end * rate), beat.record, beat.pictures, 0, beat.begins, beat.ends)
        for beat in seen
        if beat.pictures in task.known.get(beat.record.id, ())
    ]


@cache
def load(film: Film) -> None:
    """Load and fingerprint all code that a take may need, before the first one.

    A worker may run for days. Its environment is the code it runs, not the files that it was loaded from.
    """
    film.load()
    remember(*film.modules)
    versions(PICTURE_PACKAGES)


class StoppedError(BaseException):
    """The film was stopped.

    Like `KeyboardInterrupt` this is not an error and not an `Exception`, so that error handlers ignore it.
    """
