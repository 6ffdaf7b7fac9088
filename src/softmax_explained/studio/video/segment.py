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
from softmax_explained.studio.video.renderer import SegmentRenderer


@dataclass(frozen=True)
class Segment:
    """A beat, or some beats of a chapter, as an MP4 file with one H.264 stream."""

    chapter: str
    path: Path
    frames: int
    frame_rate: int
    records: tuple[BeatRecord, ...]  # what was shown, by beat; times in seconds from the start of the segment

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
    """Draw the beats of a chapter, or of a take of it given by the names of its beats, to files in a folder.

    The bytes of a beat do not depend on which beats are drawn with it. `report` is called about once per
    second of film with the number of frames drawn.
    """
    writer_class = cast(type[SceneFileWriter], partial(SegmentWriter, folder=folder, report=report))
    with manim_config(**production.camera(), format="mp4"):
        renderer = SegmentRenderer(file_writer_class=writer_class, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        scene.render()
    files = cast(SegmentWriter, renderer.file_writer).files
    records = scene.beat_records[-len(scene.take) :]
    return tuple(
        Segment(chapter.name, path, frames, production.frame_rate, (record,))
        for (path, frames), record in zip(files, records, strict=True)
    )
