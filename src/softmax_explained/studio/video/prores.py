"""Chapters and beats as ProRes 4444 with a transparent background, for editing programs.

Every frame is a picture of its own. The colours are straight, that is, not mixed with the background: editing
programs expect that of ProRes (Apple, "ProRes White Paper", section "Alpha Channel Support").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, cast

import av
from av.packet import Packet
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from manim.scene.scene_file_writer import SceneFileWriter
from manim.typing import RGBAPixelArray
from manim.utils.color import color_to_int_rgba

from softmax_explained.stage.design.style import style
from softmax_explained.stage.manim_config import manim_config
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.painting.rows import Pixels, Rows
from softmax_explained.studio.painting.transparent_camera import TransparentCamera, straight
from softmax_explained.studio.video.encoder import SegmentEncoder, SegmentWriter
from softmax_explained.studio.video.local_file import local_file
from softmax_explained.studio.video.renderer import SegmentRenderer

_LAMBDA = 118  # libavcodec's FF_QP2LAMBDA: a quantiser of 1 in the unit of its options

_OPTIONS = {
    "profile": "4444",
    "alpha_bits": "16",
    "vendor": "apl0",  # some programs read no other files
    # The finest quantiser: to find one for a size takes six times as long, and finds this one.
    "flags": "+qscale",
    "global_quality": str(_LAMBDA),
}


class ProResEncoder:
    """One silent ProRes stream in a QuickTime file, with the methods of a `SegmentEncoder`.

    Args:
        path: the file, in a folder that exists.
        width: pixels.
        height: pixels.
        frame_rate: frames per second.
        ground: the colour of the background, which is left out.
    """

    def __init__(
        self, path: Path, width: int, height: int, frame_rate: int, ground: tuple[int, int, int]
    ) -> None:
        self.frames = 0  # the length of the stream so far
        self._time_base, self._ground = Fraction(1, frame_rate), ground
        self._reformatter = VideoReformatter()
        self._container = av.open(local_file(path), "w", format="mov", options={"movflags": "+faststart"})
        self._stream = self._container.add_stream("prores_ks", rate=frame_rate, options=dict(_OPTIONS))
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuva444p10le"
        context = self._stream.codec_context
        context.color_primaries, context.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
        context.colorspace, context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)

    def write(self, pixels: Pixels, repeat: int = 1, changed_rows: Sequence[Rows] | None = None) -> None:
        """Show a picture for a number of frames.

        Args:
            pixels: (height, width, 4) of a `TransparentCamera`.
            repeat: the number of frames.
            changed_rows: not looked at: every frame is encoded whole.
        """
        picture = av.VideoFrame.from_ndarray(straight(pixels, self._ground), format="rgba64le")
        converted = self._reformatter.reformat(
            picture,
            format="yuva444p10le",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_color_primaries=ColorPrimaries.BT709,
            dst_color_trc=ColorTrc.BT709,
            # Each of several threads would write a few pixels beyond the end of its last row.
            threads=1,
        )
        converted.pts, converted.time_base = self.frames, self._time_base
        for packet in self._stream.encode(converted):  # there is one at once: no frame depends on another
            self._mux(packet, repeat)
        self.frames += repeat

    def close(self) -> None:
        """Flush the encoder and close the file."""
        self._container.mux(self._stream.encode())
        self._container.close()

    def _mux(self, packet: Packet[Any], repeat: int) -> None:
        content = bytes(packet)
        for number in range(repeat):
            copy = Packet(content)
            copy.pts = copy.dts = self.frames + number
            copy.time_base, copy.duration, copy.stream = self._time_base, 1, packet.stream
            copy.is_keyframe = True
            self._container.mux(copy)


class ProResWriter(SegmentWriter):
    """Replaces Manim's file writer: all frames of a scene go into one ProRes stream."""

    def _write(self, pixels: RGBAPixelArray, repeat: int, changed_rows: Sequence[Rows] | None) -> None:
        spec = self.video_encoder
        if spec is not None and self._encoder is None:
            red, green, blue, _ = map(int, color_to_int_rgba(style().colour("ground")))  # as Manim's camera
            size = spec.width, spec.height
            encoder = ProResEncoder(self._path, *size, int(spec.frame_rate), (red, green, blue))
            self._encoder = cast(SegmentEncoder, encoder)
        super()._write(pixels, repeat, changed_rows)

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Go on with the stream: a beat is not a file of its own."""
        SceneFileWriter.next_section(self, name, type_, skip_animations)

    @property
    def _path(self) -> Path:
        return self._folder / "scene.mov"


def draw_prores(
    production: Production,
    chapter: type[Chapter],
    folder: Path,
    report: Callable[[int], None] = lambda frames: None,
    take: Sequence[str] | None = None,
) -> Path:
    """Draw a chapter, or beats of it, to a file in a folder.

    Args:
        production: the settings.
        chapter: the chapter.
        folder: an existing folder.
        report: called about once per second of film with the number of frames drawn.
        take: the names of the beats, in order; all of the chapter that the cut shows if not given.
    """
    writer_class = cast(type[SceneFileWriter], partial(ProResWriter, folder=folder, report=report))
    with manim_config(**production.camera(), format="mp4"):
        renderer = SegmentRenderer(file_writer_class=writer_class, camera_class=TransparentCamera)
        chapter(production=production, take=take, renderer=renderer).render()
    ((_, path, _),) = cast(SegmentWriter, renderer.file_writer).files
    return path
