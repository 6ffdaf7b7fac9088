"""H.264 streams one after the other, without encoding them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
from av.packet import Packet
from av.stream import Stream

from softmax_explained.errors import FilmError
from softmax_explained.studio.video.local_file import local_file


class EncodedVideo(Protocol):
    """An MP4 file with one H.264 stream."""

    @property
    def chapter(self) -> str:
        """The name of the chapter that it belongs to."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def frames(self) -> int:
        """The length of the stream."""

    @property
    def frame_rate(self) -> int:
        """Frames per second."""


def concatenate(videos: Sequence[EncodedVideo], path: Path) -> None:
    """Write a file of videos in order; theirs are deleted. A single one is moved.

    Raises:
        FilmError: they were encoded with different settings.
    """
    first, *others = videos
    if not others:
        first.path.replace(path)
        return
    with (
        av.open(local_file(path), "w", format="mp4") as joined,
        av.open(local_file(first.path)) as template,
    ):
        for packet in packets_of(videos, joined.add_stream_from_template(template.streams.video[0])):
            joined.mux(packet)
    for video in videos:
        video.path.unlink()


def packets_of(videos: Sequence[EncodedVideo], track: Stream) -> Iterator[Packet[Any]]:
    """The packets of videos for a stream, with their times when the videos follow each other.

    Raises:
        FilmError: they were encoded with different settings, so one decoder cannot play them all.
    """
    header, start = None, 0
    for video in videos:
        frame = Fraction(1, video.frame_rate)
        with av.open(local_file(video.path)) as container:
            source = container.streams.video[0]
            header = header or source.codec_context.extradata
            if source.codec_context.extradata != header:
                message = f"{video.chapter} was encoded with other settings than {videos[0].chapter}"
                raise FilmError(message, hint="draw all chapters at one quality")
            packets: Iterator[Packet[Any]] = container.demux(source)
            for packet in packets:
                if packet.pts is None or packet.dts is None:
                    continue  # the end of the video
                packet.pts = start + round(packet.pts * packet.time_base / frame)
                packet.dts = start + round(packet.dts * packet.time_base / frame)
                packet.time_base, packet.duration, packet.stream = frame, 1, track
                yield packet
        start += video.frames
