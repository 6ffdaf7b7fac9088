"""Encoding H.264 with a constant frame rate.

Manim would write a file for every animation, convert and encode every frame of a still picture and leave the
colours untagged. Here a segment is one stream, only changed areas are converted, and a still picture is
encoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video.frame import PictureType
from manim.scene.scene_file_writer import SceneFileWriter, _SceneFileWriterSettings
from manim.typing import RGBAPixelArray

from softmax_explained.studio.painting.rows import Pixels, Rows
from softmax_explained.studio.video.h264_stream import add_stream, group_of_pictures, repeating_packets
from softmax_explained.studio.video.local_file import local_file
from softmax_explained.studio.video.still_repeater import StillRepeater
from softmax_explained.studio.video.yuv_frame import YuvFrame


class SegmentEncoder:
    """One silent H.264 stream in an MP4 file.

    Args:
        path: the file, in a folder that exists.
        width: pixels, even.
        height: pixels, even.
        frame_rate: frames per second.
    """

    def __init__(self, path: Path, width: int, height: int, frame_rate: int) -> None:
        self.frames = 0  # the length of the stream so far
        self.encoded = 0  # pictures passed to x264, one for a still
        self._time_base = Fraction(1, frame_rate)
        self._container = av.open(local_file(path), "w", format="mp4")
        self._group = group_of_pictures(frame_rate)
        self._stream = add_stream(self._container, width, height, frame_rate)
        self._picture = YuvFrame(width, height)
        self._repeater = StillRepeater(repeating_packets(width, height, frame_rate))
        self._kind = PictureType.NONE  # of the next picture; x264 decides

    def write(self, pixels: Pixels, repeat: int = 1, changed_rows: Sequence[Rows] | None = None) -> None:
        """Show a picture for a number of frames; for the arguments see `YuvFrame.show`."""
        self._picture.show(pixels, changed_rows)
        self.frames += repeat
        if repeat <= self._group:
            for _ in range(repeat):
                self._encode(self._kind)
                self._kind = PictureType.NONE
            return
        self._repeater.stretch(self.encoded, repeat)
        self._encode(PictureType.I)
        self._kind = PictureType.I  # frames that x264 does not know of come before it

    def close(self) -> None:
        """Flush the encoder and close the file."""
        self._mux(self._stream.encode())
        self._container.close()

    def _encode(self, kind: PictureType) -> None:
        frame = self._picture.frame
        frame.pict_type, frame.pts, frame.time_base = kind, self.encoded, self._time_base
        self.encoded += 1
        self._mux(self._stream.encode(frame))

    def _mux(self, packets: Iterable[Packet[Any]]) -> None:
        for packet in packets:
            self._container.mux(self._repeater.put(packet))


class SegmentWriter(SceneFileWriter):
    """Replaces Manim's file writer: the frames of every section of a scene go into one stream.

    Args:
        settings: Manim's.
        folder: of the files. Manim would format a path of its own, in which braces are fields.
        report: called once per second of film with the number of frames written.

    Attributes:
        files: those that are finished: section, path, and number of frames.
    """

    def __init__(
        self,
        settings: _SceneFileWriterSettings,
        folder: Path,
        report: Callable[[int], None] = lambda frames: None,
    ) -> None:
        self.files: list[tuple[str, Path, int]] = []
        self._folder, self._report = folder, report
        self._encoder: SegmentEncoder | None = None
        super().__init__(settings)

    @property
    def is_between_sections(self) -> bool:
        """Whether the next picture is the first of a stream."""
        return self._encoder is None

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """End the stream, and begin another one with the next picture."""
        self.finish()
        super().next_section(name, type_, skip_animations)

    def begin_animation(
        self, allow_write: bool = False, *, animation_index: int, file_path: object = None
    ) -> None:
        """Open no file: an animation is a part of a segment."""

    def end_animation(self, allow_write: bool = False) -> None:
        """Close no file."""

    def write_frame(self, pixels: RGBAPixelArray, *, repeat: int = 1) -> None:
        """Add a picture to the segment."""
        self._write(pixels, repeat, None)

    def write_changed(self, pixels: RGBAPixelArray, changed_rows: Sequence[Rows] | None) -> None:
        """Add a picture that differs from the one before in some rows only, see `YuvFrame.show`."""
        self._write(pixels, 1, changed_rows)

    def _write(self, pixels: RGBAPixelArray, repeat: int, changed_rows: Sequence[Rows] | None) -> None:
        spec = self.video_encoder
        if spec is None:
            return
        if self._encoder is None:
            self._encoder = SegmentEncoder(self._path, spec.width, spec.height, int(spec.frame_rate))
        before = self._frames
        self._encoder.write(np.asarray(pixels, np.uint8), repeat, changed_rows)
        if before // int(spec.frame_rate) != self._frames // int(spec.frame_rate):
            self._report(self._frames)

    @property
    def _path(self) -> Path:
        return self._folder / f"section {len(self.files)}.mp4"

    @property
    def _frames(self) -> int:
        """Frames written so far."""
        return sum(frames for *_, frames in self.files) + (self._encoder.frames if self._encoder else 0)

    def finish(self) -> None:
        """Close the stream."""
        encoder, self._encoder = self._encoder, None  # it cannot be closed again if that fails
        if encoder is not None:
            encoder.close()
            self.files.append((self.sections[-1].name, self._path, encoder.frames))

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Close and delete the file."""
        encoder, self._encoder = self._encoder, None
        if encoder is not None:
            with suppress(OSError):  # the error that is being handled tells more
                encoder.close()
            self._path.unlink(missing_ok=True)
