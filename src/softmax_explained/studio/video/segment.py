"""Beats, drawn: their silent video and what they showed; and the chapters that they make up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from manim.scene.scene_file_writer import SceneFileWriter

from softmax_explained.stage.manim_config import manim_config
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.video.camera import SegmentCamera
from softmax_explained.studio.video.encoder import SegmentWriter
from softmax_explained.studio.video.renderer import DigestRenderer, SegmentRenderer


@dataclass(frozen=True)
class Segment:
    """A beat, or some beats of a chapter, as an MP4 file with one H.264 stream."""

    chapter: str
    path: Path
    frames: int
    frame_rate: int
    records: tuple[BeatRecord, ...]  # what was shown, by beat; times in seconds from the start of the segment
    pictures: str | None = None  # their digest, see `studio.video.picture_digests`

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.frames / self.frame_rate

    @property
    def first_beat(self) -> str:
        """The id of the beat it begins with."""
        return self.records[0].id


def draw(
    production: Production,
    chapter: type[Chapter],
    folder: Path,
    report: Callable[[int], None] = lambda frames: None,
    take: Sequence[str] | None = None,
) -> tuple[Segment, ...]:
    """Draw the beats of a chapter, or some of them given by their names in order, to files in a folder.

    The bytes of a beat do not depend on which beats are drawn with it. `report` is called about once per
    second of film with the number of frames drawn.
    """
    writer_class = cast(type[SceneFileWriter], partial(SegmentWriter, folder=folder, report=report))
    with manim_config(**production.camera(), format="mp4"):
        renderer = SegmentRenderer(file_writer_class=writer_class, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        scene.render()
    rate, files = production.frame_rate, cast(SegmentWriter, renderer.file_writer).files
    return tuple(
        Segment(chapter.name, path, frames, rate, (record,), renderer.digests.of(record.id))
        for (path, frames), record in zip(files, _records(scene), strict=True)
    )


def picture_digests(
    production: Production,
    chapter: type[Chapter],
    take: Sequence[str],
    report: Callable[[], None] = lambda: None,
) -> tuple[tuple[BeatRecord, str | None], ...]:
    """Play a take of a chapter frame by frame without drawing it; `report` is called at every move.

    Returns:
        For each beat what it shows, and the digest of its pictures as `draw` finds it; None if it is not
        known.
    """
    with manim_config(**{**production.camera(), "dry_run": True}):
        renderer = DigestRenderer(report=report, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        scene.render()
    return tuple((record, renderer.digests.of(record.id)) for record in _records(scene))


def _records(scene: Chapter) -> list[BeatRecord]:
    """The records of the take of a chapter that was played."""
    return [record for record in scene.beat_records if record.id.partition(".")[2] in scene.take]
