"""Beats, drawn: their silent video and what they showed; and the chapters that they make up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

from manim.scene.scene_file_writer import SceneFileWriter

from softmax_explained.stage.manim_config import manim_config
from softmax_explained.stage.scene.beat import WHOLE, Parts, beat_of, section_name
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.painting.camera import SegmentCamera
from softmax_explained.studio.video.concatenate import concatenate
from softmax_explained.studio.video.encoder import SegmentWriter
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.renderer import DigestRenderer, SegmentRenderer
from softmax_explained.studio.video.scene_state import BeatStates


@dataclass(frozen=True)
class Segment:
    """A beat, some parts of it, or some beats of a chapter, as an MP4 file with one H.264 stream."""

    chapter: str
    path: Path
    frames: int
    frame_rate: int
    records: tuple[BeatRecord, ...]  # what was shown, by beat; times in seconds from the start of the segment
    pictures: Pictures = ()  # of a beat or its parts
    first_part: int = 0  # the number of the part it begins with
    begins: str | None = None  # the states of the chapter before and after a beat, see `scene_state`
    ends: str | None = None

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.frames / self.frame_rate

    @property
    def first_beat(self) -> str:
        """The id of the beat it begins with."""
        return self.records[0].id

    @property
    def is_whole(self) -> bool:
        """Whether no part of its beats is missing."""
        return self.frames == round(self.records[-1].end * self.frame_rate)


def draw(
    production: Production,
    chapter: type[Chapter],
    folder: Path,
    report: Callable[[int], None] = lambda frames: None,
    take: Sequence[str] | None = None,
    parts: Parts = WHOLE,
) -> tuple[Segment, ...]:
    """Draw the beats of a chapter, or some of them given by their names in order, to files in a folder.

    The bytes of a beat do not depend on which beats are drawn with it, nor on whether its parts are drawn
    together. `report` is called about once per second of film with the number of frames drawn.

    Args:
        production: the settings.
        chapter: the chapter.
        folder: an existing folder.
        report: receives the progress.
        take: the beats; all of the chapter that the cut shows if not given.
        parts: of each of these beats. A beat that has none of them is left out.
    """
    writer_class = cast(type[SceneFileWriter], partial(SegmentWriter, folder=folder, report=report))
    with manim_config(**production.camera(), format="mp4"):
        renderer = SegmentRenderer(file_writer_class=writer_class, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, parts=parts, renderer=renderer)
        states = BeatStates(scene)
        scene.render()
    records = {record.id: record for record in _records(scene)}
    drawn = dict[str, list[Segment]]()
    for section, path, frames in cast(SegmentWriter, renderer.file_writer).files:
        beat = beat_of(section)
        shown, digests = (records[beat],), (renderer.digests.of(section),)
        about = production.frame_rate, shown, digests, parts.first, *states.of(beat)
        part = Segment(chapter.name, path, frames, *about)
        drawn.setdefault(beat, []).append(part)
    return tuple(
        joined(found, folder / f"{section_name(beat, parts.first)}.mp4") for beat, found in drawn.items()
    )


def joined(parts: Sequence[Segment], path: Path) -> Segment:
    """Join consecutive parts of a beat in order; their files are deleted."""
    concatenate(parts, path)
    frames, pictures = sum(part.frames for part in parts), [each for part in parts for each in part.pictures]
    return replace(parts[0], path=path, frames=frames, pictures=tuple(pictures))


@dataclass(frozen=True)
class PlayedBeat:
    """A beat that was played without being drawn; the last three as those of a `Segment`."""

    record: BeatRecord
    pictures: Pictures
    begins: str | None
    ends: str | None


def play(
    production: Production,
    chapter: type[Chapter],
    take: Sequence[str],
    report: Callable[[], None] = lambda: None,
) -> tuple[PlayedBeat, ...]:
    """Play a take of a chapter frame by frame without drawing it; `report` is called at every move."""
    with manim_config(**{**production.camera(), "dry_run": True}):
        renderer = DigestRenderer(report=report, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        states = BeatStates(scene)
        scene.render()
    return tuple(
        PlayedBeat(record, renderer.digests.of_beat(record.id), *states.of(record.id))
        for record in _records(scene)
    )


def _records(scene: Chapter) -> list[BeatRecord]:
    """The records of the take of a chapter that was played."""
    return [record for record in scene.beat_records if record.id.partition(".")[2] in scene.take]
