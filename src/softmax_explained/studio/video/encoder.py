"""Frames into H.264: BT.709 in limited range, a constant frame rate, closed groups of pictures, two a second.

Manim would write a file for every animation, convert and encode every frame of a still picture anew and
leave the colours untagged. Here a reel is one stream. Of a picture only what has changed is converted. A
picture that stands is encoded for one group of pictures, whose packets are written again with later times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

from softmax_explained.studio.video.still_repeater import StillRepeater
from softmax_explained.studio.video.yuv_frame import Pixels, YuvFrame


def x264(group: int) -> dict[str, str]:
    """How x264 encodes a reel, chosen by measuring on moving frames of this film at 1080p60.

    ``veryfast`` without its look at later frames takes 7 ms of one core a frame, ``medium`` 21 ms,
    ``superfast`` hardly less than 7. With half a second a group, most of the file are key frames, so the rate
    factor is high. The colours of thin lines would suffer first: colour is quantised more finely than luma.
    That keeps an SSIM of 0.998 to a picture without loss. One thread: chapters run side by side, and the
    bytes do not depend on the number of cores.

    Args:
        group: frames from one key frame to the next.
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
        frame_rate: frames a second.

    Attributes:
        frames: the reel has so far.
        encoded: frames x264 was given: those of moves, and of a still picture one group at most.
    """

    def __init__(self, path: Path, width: int, height: int, frame_rate: int) -> None:
        self.frames = self.encoded = 0
        self._time_base = Fraction(1, frame_rate)
        self._container = av.open(str(path), "w", format="mp4")
        self._group = max(frame_rate // 2, 2)
        self._stream = self._container.add_stream("libx264", rate=frame_rate, options=x264(self._group))
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        context = self._stream.codec_context
        context.color_primaries, context.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
        context.colorspace, context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
        self._canvas = YuvFrame(width, height)
        self._repeater = StillRepeater()

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Show a picture for a number of frames.

        Args:
            pixels: (height, width, 4) uint8, red, green, blue and opacity, the top line first.
            repeat: frames it stands.
        """
        self._canvas.show(pixels)
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
        """Write what is left and close the file."""
        self._mux(self._stream.encode())
        self._container.close()

    def _encode(self, kind: PictureType) -> None:
        frame = self._canvas.frame
        frame.pict_type, frame.pts, frame.time_base = kind, self.encoded, self._time_base
        self.encoded += 1
        self._mux(self._stream.encode(frame))

    def _mux(self, packets: Iterable[Packet[Any]]) -> None:
        for packet in packets:
            self._container.mux(self._repeater.put(packet))


def still_group(frames: int, longest: int) -> int:
    """For how many frames to encode a picture that stands: few, with few key frames when they are repeated.

    Args:
        frames: how long it stands.
        longest: frames from one key frame to the next.

    >>> still_group(95, 30)
    24
    """
    # One key frame directly after another would need another number than that one; they are the same packet.
    return min(range(2, longest + 1), key=lambda n: (frames % n == 1, -(-frames // n), n))


class SegmentWriter(SceneFileWriter):
    """Takes the place of Manim's writer: every frame of a scene goes into one stream.

    Args:
        settings: Manim's own.
        report: called with the number of frames written, once a second of film.
    """

    def __init__(
        self, settings: _SceneFileWriterSettings, report: Callable[[int], None] = lambda frames: None
    ) -> None:
        super().__init__(settings)
        self._report = report
        self._reel: SegmentEncoder | None = None

    @property
    def frames(self) -> int:
        """Frames written so far."""
        return self._reel.frames if self._reel else 0

    def begin_animation(
        self, allow_write: bool = False, *, animation_index: int, file_path: object = None
    ) -> None:
        """Open no file: an animation is a part of the reel."""

    def end_animation(self, allow_write: bool = False) -> None:
        """Close no file."""

    def write_frame(self, pixels: RGBAPixelArray, *, repeat: int = 1) -> None:
        """Add a picture to the reel."""
        spec = self.video_encoder
        if spec is None:
            return
        if self._reel is None:
            self.movie_file_path.parent.mkdir(parents=True, exist_ok=True)
            self._reel = SegmentEncoder(self.movie_file_path, spec.width, spec.height, int(spec.frame_rate))
        before = self._reel.frames
        self._reel.write(np.asarray(pixels, np.uint8), repeat)
        if before // int(spec.frame_rate) != self._reel.frames // int(spec.frame_rate):
            self._report(self._reel.frames)

    def finish(self) -> None:
        """Close the reel."""
        if self._reel is not None:
            self._reel.close()
            self.print_file_ready_message(self.movie_file_path)

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Close what was begun and delete it."""
        if self._reel is not None:
            self._reel.close()
            self.movie_file_path.unlink(missing_ok=True)
