"""A chapter, or a take of it, drawn: its silent video and what it showed."""

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
    """A chapter, or a take of one, as an MP4 file with one H.264 stream."""

    chapter: str
    path: Path
    frames: int
    frame_rate: int
    records: tuple[BeatRecord, ...]  # what was shown, by beat; times in seconds from the start of the segment

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.frames / self.frame_rate


def draw(
    production: Production,
    chapter: type[Chapter],
    folder: Path,
    report: Callable[[int], None] = lambda frames: None,
    take: Sequence[str] | None = None,
) -> Segment:
    """Draw a chapter, or a take of it given by the names of its beats, to a file in a folder.

    `report` is called about once per second of film with the number of frames drawn.
    """
    path = folder / f"{chapter.name}.mp4"
    writer_class = cast(type[SceneFileWriter], partial(SegmentWriter, path=path, report=report))
    with manim_config(**production.camera(), format="mp4"):
        renderer = SegmentRenderer(file_writer_class=writer_class, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        scene.render()
    writer = cast(SegmentWriter, renderer.file_writer)
    records = scene.records[-len(scene.take) :]
    start = records[0].start
    shifted = tuple(record.later(-start) for record in records)
    named = path.rename(folder / f"{chapter.name}.{scene.take[0]}.mp4")
    return Segment(chapter.name, named, writer.frames, production.frame_rate, shifted)
