"""The film without loss, drawn by Manim's own camera: every picture that differs from the one before, once.

Beside the pictures lies how many frames each of them stands. They are kept twice: as red, green and blue, to
compare with; and as x264 is given them, to measure what it takes.

As a program it draws one chapter: ``python -m bench.lossless CHAPTER QUALITY FOLDER``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from manim import CairoRenderer, tempconfig
from manim.scene.scene_file_writer import SceneFileWriter, _SceneFileWriterSettings

from bench.film import Film
from bench.measured import measured, program
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.cores import cores

FOLDER = "lossless"


class Lossless:
    """An H.264 file that decodes to exactly what was written.

    Args:
        path: a Matroska file.
        kind: ``rgb24`` or ``yuv420p``.
        size: width and height in pixels, even.
        rate: frames a second.
    """

    def __init__(self, path: Path, kind: str, size: tuple[int, int], rate: int) -> None:
        self._container = av.open(str(path), "w", format="matroska")
        options = {"qp": "0", "preset": "ultrafast"}
        if kind == "rgb24":
            self._stream = self._container.add_stream("libx264rgb", rate=rate, options=options)
        else:
            self._stream = self._container.add_stream("libx264", rate=rate, options=options)
        (self._stream.width, self._stream.height), self._stream.pix_fmt = size, kind
        self._time_base, self._frames = Fraction(1, rate), 0

    def write(self, frame: VideoFrame) -> None:
        """Add a frame of the right kind."""
        frame.pts, frame.time_base = self._frames, self._time_base
        self._frames += 1
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what is left."""
        self._container.mux(self._stream.encode())
        self._container.close()


class LosslessWriter(SceneFileWriter):
    """Takes the place of Manim's writer.

    Args:
        settings: Manim's own.
        folder: an existing folder for the files.
        name: the chapter's.
    """

    def __init__(self, settings: _SceneFileWriterSettings, folder: Path, name: str) -> None:
        super().__init__(settings)
        assert settings.video_encoder is not None  # `draw` asks for a film
        size = settings.video_encoder.width, settings.video_encoder.height
        rate = int(settings.video_encoder.frame_rate)
        self._colours = Lossless(folder / f"{name}.rgb.mkv", "rgb24", size, rate)
        self._planes = Lossless(folder / f"{name}.yuv.mkv", "yuv420p", size, rate)
        self._stands: list[int] = []
        self._list = folder / f"{name}.json"
        self._reformatter = VideoReformatter()

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        """Open no file of an animation."""

    def end_animation(self, *args: Any, **kwargs: Any) -> None:
        """Close no file of an animation."""

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """Write a picture once, and down how many frames it stands."""
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(pixels[..., :3]), format="rgb24")
        self._colours.write(picture)
        self._planes.write(
            self._reformatter.reformat(
                picture,
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                src_color_range=ColorRange.JPEG,
                dst_color_range=ColorRange.MPEG,
            )
        )
        self._stands.append(repeat)

    def finish(self) -> None:
        """Close the files; the list comes last, so a chapter that has one is whole."""
        self._colours.close()
        self._planes.close()
        self._list.write_text(json.dumps(self._stands), "utf-8")


def run(film: Film) -> dict[str, Any]:
    """Draw the chapters that are not there yet, as many at a time as there are cores.

    Returns:
        The frames of every chapter, and how many of them differ from the one before.
    """
    folder = film.folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in film.chapters if not (folder / f"{name}.json").exists()]
    measured([program("lossless", name, film.quality, str(folder)) for name in missing], cores())
    stands = {name: _stands(folder, name) for name in film.chapters}
    return {
        "frames": {name: sum(lengths) for name, lengths in stands.items()},
        "pictures": sum(len(lengths) for lengths in stands.values()),
    }


def frames(film: Film, kind: str = "rgb") -> Iterator[VideoFrame]:
    """Every frame of the film, which must have been drawn.

    Args:
        film: its pictures are repeated as long as they stand.
        kind: ``rgb`` for planes of green, blue and red, ``yuv`` for what x264 is given.
    """
    folder = film.folder / FOLDER
    for name in film.chapters:
        for picture, stands in zip(
            pictures(folder / f"{name}.{kind}.mkv"), _stands(folder, name), strict=True
        ):
            for _ in range(stands):
                yield picture


def planes(film: Film) -> list[Path]:
    """The files of all chapters as x264 is given them."""
    return [film.folder / FOLDER / f"{name}.yuv.mkv" for name in film.chapters]


def pictures(*paths: Path) -> Iterator[VideoFrame]:
    """All frames of some files, one file after the other."""
    for path in paths:
        with av.open(str(path)) as container:
            container.streams.video[0].thread_type = "AUTO"
            yield from container.decode(video=0)


def draw(name: str, quality: str, folder: Path) -> None:
    """Draw a chapter in this process, as Manim's own command would, but for the encoder."""

    writer = cast(type[SceneFileWriter], partial(LosslessWriter, folder=folder, name=name))
    production = Production(FILM, quality=quality)
    settings = {**production.camera(), "format": "mp4", "media_dir": str(folder / f"{name}.media")}
    quiet = {"disable_caching": True, "progress_bar": "none", "verbosity": "ERROR"}
    with tempconfig({**settings, **quiet}):
        FILM.chapter(name)(production=production, renderer=CairoRenderer(file_writer_class=writer)).render()


def _stands(folder: Path, name: str) -> list[int]:
    lengths: list[int] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return lengths


if __name__ == "__main__":
    draw(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
