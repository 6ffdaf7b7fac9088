"""Encoding H.264: BT.709 in limited range, constant frame rate, two closed groups of pictures per second.

Manim would write a file for every animation, convert and encode every frame of a still picture and leave the
colours untagged. Here a segment is one stream, only changed areas are converted, and a still picture is
encoded for one group of pictures, whose packets are written again with later times.
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
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from manim.scene.scene_file_writer import SceneFileWriter, _SceneFileWriterSettings
from manim.typing import RGBAPixelArray

from softmax_explained.studio.video.local_file import local_file
from softmax_explained.studio.video.rows import Rows
from softmax_explained.studio.video.still_repeater import StillRepeater
from softmax_explained.studio.video.yuv_frame import Pixels, YuvFrame


def x264(group: int) -> dict[str, str]:
    """The options of x264, chosen by measuring animated frames of this film at 1080p60.

    ``veryfast`` without lookahead takes 7 ms of one core per frame, ``medium`` 21 ms, ``superfast`` hardly
    less than 7 ms. With half a second per group most of the file is key frames, so the rate factor is high.
    The colours of thin lines would suffer first, so chroma is quantised more finely than luma. The SSIM to a
    lossless picture stays at 0.998. One thread, because chapters are drawn in parallel and the bytes must not
    depend on the number of cores.
    """
    return {
        "preset": "veryfast",
        "crf": "32",
        "profile": "high",
        "bf": "2",
        "threads": "1",
        "flags": "+cgop",
        "g": str(group),
        "keyint_min": str(group),
        "sc_threshold": "0",
        "x264-params": "mbtree=0:weightp=0:weightb=0:rc-lookahead=0:b-adapt=0:chroma-qp-offset=-6",
    }


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
        self.encoded = 0  # frames passed to x264, at most one group for a still picture
        self._time_base = Fraction(1, frame_rate)
        self._container = av.open(local_file(path), "w", format="mp4")
        self._group = max(frame_rate // 2, 2)
        self._stream = self._container.add_stream("libx264", rate=frame_rate, options=x264(self._group))
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        context = self._stream.codec_context
        context.color_primaries, context.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
        context.colorspace, context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
        self._picture = YuvFrame(width, height)
        self._repeater = StillRepeater()

    def write(self, pixels: Pixels, repeat: int = 1, changed_rows: Sequence[Rows] | None = None) -> None:
        """Show a picture for a number of frames; for the arguments see `YuvFrame.show`."""
        self._picture.show(pixels, changed_rows)
        self.frames += repeat
        if repeat <= self._group:
            for _ in range(repeat):
                self._encode(PictureType.NONE)
            return
        length = still_group(repeat, self._group)
        self._repeater.stretch(self.encoded, length, repeat)
        for number in range(length):
            self._encode(PictureType.P if number else PictureType.I)

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


def still_group(frames: int, longest: int) -> int:
    """For how many frames, up to `longest`, to encode a still picture that is shown for `frames` frames.

    Few, and so that there are few key frames once they are repeated.

    >>> still_group(95, 30)
    24
    """
    # A key frame directly after another needs a different idr_pic_id, but both would be the same packet.
    return min(range(2, longest + 1), key=lambda n: (frames % n == 1, -(-frames // n), n))


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
