"""Frames into H.264: BT.709 in limited range, a constant frame rate, closed groups of pictures, two a second.

Manim would write a file for every animation, convert and encode every frame of a still picture anew and leave
the colours untagged. Here a reel is one stream; a picture that stands is converted once and encoded for one
group of pictures, whose packets are then written again and again with later times.
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
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from manim.scene.scene_file_writer import SceneFileWriter, _SceneFileWriterSettings
from manim.typing import RGBAPixelArray
from numpy.typing import NDArray

from softmax_explained.studio.repeater import Repeater

Pixels = NDArray[np.uint8]


def x264(group: int) -> dict[str, str]:
    """How x264 encodes a reel.

    On moving shapes at 1080p ``veryfast`` at 16 gives 59.9 dB, ``medium`` at 18 59.7 dB and takes 15 %
    longer, ``veryfast`` at 18 gives 57.4 dB; the files are equally large.

    Args:
        group: frames from one key frame to the next.
    """
    options = {"preset": "veryfast", "crf": "16", "profile": "high", "bf": "2", "flags": "+cgop"}
    return options | {"g": str(group), "keyint_min": str(group), "sc_threshold": "0"}


class ReelEncoder:
    """One silent H.264 stream in an MP4 file.

    Args:
        path: the file, in a folder that exists.
        width: pixels, even.
        height: pixels, even.
        frame_rate: frames a second.

    Attributes:
        frames: the reel has so far.
        encoded: frames x264 was given: those of moves, and of a still picture one group and the odd rest.
    """

    def __init__(self, path: Path, width: int, height: int, frame_rate: int) -> None:
        self.frames = 0
        self._time_base = Fraction(1, frame_rate)
        self._reformatter = VideoReformatter()
        self._container = av.open(str(path), "w", format="mp4")
        self._group = max(frame_rate // 2, 1)
        self._stream = self._container.add_stream("libx264", rate=frame_rate, options=x264(self._group))
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        context = self._stream.codec_context
        context.color_primaries, context.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
        context.colorspace, context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
        self.encoded = 0
        self._repeater = Repeater()

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Show a picture for a number of frames.

        Args:
            pixels: (height, width, 4) uint8, red, green, blue and opacity, the top line first.
            repeat: frames it stands.
        """
        frame = self._reformatter.reformat(
            av.VideoFrame.from_ndarray(pixels, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_color_primaries=ColorPrimaries.BT709,
            dst_color_trc=ColorTrc.BT709,
        )
        frame.time_base = self._time_base
        self.frames += repeat
        again = repeat // self._group - 1
        if again > 0:
            self._repeater.repeat(self.encoded, again)
            repeat -= again * self._group
        for number in range(repeat):
            # A still picture begins a group, which ends by itself when it has its length.
            frame.pict_type = PictureType.I if again > 0 and number == 0 else PictureType.NONE
            frame.pts = self.encoded
            self.encoded += 1
            self._mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what is left and close the file."""
        self._mux(self._stream.encode())
        self._container.mux(self._repeater.rest())
        self._container.close()

    def _mux(self, packets: Iterable[Packet[Any]]) -> None:
        for packet in packets:
            self._container.mux(self._repeater.put(packet))


class ReelWriter(SceneFileWriter):
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
        self._reel: ReelEncoder | None = None

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
            self._reel = ReelEncoder(self.movie_file_path, spec.width, spec.height, int(spec.frame_rate))
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
