"""Reels and sound into one MP4 file, without encoding the picture again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from av.stream import Stream

from softmax_explained.studio.audio.loudness import RATE
from softmax_explained.studio.audio.mix import Sound
from softmax_explained.studio.reel import Reel
from softmax_explained.studio.splice import packets_of

_MUXER = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}
"""The index first, so that a film plays while it loads; times as they are, so that no edit list is needed."""

_AAC_SAMPLES = 1024  # of one packet

_MILLISECOND = Fraction(1, 1000)


@dataclass(frozen=True)
class ChapterMark:
    """A chapter in the film's menu; times in seconds of the film."""

    title: str
    start: float
    end: float


def join(
    reels: tuple[Reel, ...], sound: Sound | None, marks: tuple[ChapterMark, ...], title: str, path: Path
) -> None:
    """Write the film.

    Args:
        reels: in the order they are shown.
        sound: the narration, or nothing for a silent film.
        marks: the chapters of the film's menu.
        title: the film's.
        path: the file; it is written in place, so hand in one that nobody reads yet.

    Raises:
        FilmError: the reels were not encoded alike, so that one decoder cannot play them all.
    """
    with av.open(str(path), "w", format="mp4", options=_MUXER) as film:
        film.metadata["title"] = title
        film.set_chapters(
            [
                {
                    "id": number,
                    "start": round(mark.start / _MILLISECOND),
                    "end": round(mark.end / _MILLISECOND),
                    "time_base": _MILLISECOND,
                    "metadata": {"title": mark.title},
                }
                for number, mark in enumerate(marks)
            ]
        )
        with av.open(str(reels[0].path)) as first:
            source = first.streams.video[0]
            tracks = [packets_of(reels, film.add_stream_from_template(source))]
        if sound is not None:
            with av.open(io.BytesIO(sound.file), "r") as narration:
                tracks.append(_sounds(sound, film.add_stream_from_template(narration.streams.audio[0])))
        for packet in merge(*tracks, key=_decoding_time):
            film.mux(packet)


def _sounds(sound: Sound, track: Stream) -> Iterator[Packet[Any]]:
    """The packets of the narration from time 0 on: its priming was taken off its front before."""
    with av.open(io.BytesIO(sound.file), "r") as container:
        packets: Iterator[Packet[Any]] = container.demux(container.streams.audio[0])
        number = 0
        for packet in packets:
            if packet.pts is None:
                continue
            packet.pts = packet.dts = number * _AAC_SAMPLES
            packet.time_base, packet.duration, packet.stream = Fraction(1, RATE), _AAC_SAMPLES, track
            yield packet
            number += 1


def _decoding_time(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base
