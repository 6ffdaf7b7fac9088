"""A chapter, or a take of it, drawn: its silent film and what it showed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from manim import tempconfig
from manim.scene.scene_file_writer import SceneFileWriter

from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import DryRunRenderer
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.video.camera import SegmentCamera
from softmax_explained.studio.video.encoder import SegmentWriter


@dataclass(frozen=True)
class Segment:
    """A chapter, or a take of one, drawn without sound.

    Attributes:
        chapter: its name.
        path: an MP4 file with one H.264 stream.
        frames: how many it has.
        frame_rate: frames a second.
        records: what was shown, beat by beat; times in seconds from the start of the reel.
    """

    chapter: str
    path: Path
    frames: int
    frame_rate: int
    records: tuple[BeatRecord, ...]

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
    """Draw one chapter, or a take of it, in this process.

    Args:
        production: the settings, with the times of the speech.
        chapter: its class.
        folder: an existing folder; the reel is all that is left in it.
        report: called with the number of frames drawn, now and then.
        take: the names of the beats to draw; all if not given.
    """
    with tempfile.TemporaryDirectory(dir=folder) as media, tempconfig(_settings(production, media)):
        writer = cast(type[SceneFileWriter], partial(SegmentWriter, report=report))
        renderer = DryRunRenderer(file_writer_class=writer, camera_class=SegmentCamera)
        scene = chapter(production=production, take=take, renderer=renderer)
        scene.render()
        reel = cast(SegmentWriter, renderer.file_writer)
        path = reel.movie_file_path.rename(folder / f"{chapter.name}.{scene.take[0]}.mp4")
        records = scene.records[-len(scene.take) :]
        begun = records[0].start
        return Segment(
            chapter.name,
            path,
            reel.frames,
            production.frame_rate,
            tuple(record.later(-begun) for record in records),
        )


def _settings(production: Production, media: str) -> dict[str, object]:
    """Manim's settings: nothing kept, nothing printed, nothing written outside `media`."""
    return {
        **production.camera(),
        "format": "mp4",
        "media_dir": media,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
