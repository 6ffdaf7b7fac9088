"""Reels and sound into one MP4 file, without encoding the picture again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from av.stream import Stream

from softmax_explained.errors import FilmError
from softmax_explained.studio.audio.loudness import RATE
from softmax_explained.studio.audio.mix import Sound
from softmax_explained.studio.video.segment import Segment

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
    reels: tuple[Segment, ...], sound: Sound | None, marks: tuple[ChapterMark, ...], title: str, path: Path
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


def spliced(takes: Sequence[Segment], folder: Path) -> Segment:
    """Make one reel of a chapter out of its takes; one that is alone is the reel.

    Args:
        takes: in the order they are shown. Their files are gone afterwards.
        folder: for the reel.
    """
    first = takes[0]
    path = folder / f"{first.chapter}.mp4"
    if len(takes) == 1:
        return Segment(first.chapter, first.path.replace(path), first.frames, first.frame_rate, first.records)
    with av.open(str(path), "w", format="mp4") as reel, av.open(str(first.path)) as template:
        track = reel.add_stream_from_template(template.streams.video[0])
        for packet in packets_of(takes, track):
            reel.mux(packet)
    records, begun = [], 0.0
    for take in takes:
        records += [record.later(begun) for record in take.records]
        begun += take.duration
        take.path.unlink()
    return Segment(first.chapter, path, sum(take.frames for take in takes), first.frame_rate, tuple(records))


def packets_of(reels: Sequence[Segment], track: Stream) -> Iterator[Packet[Any]]:
    """The packets of reels, each with the time it has when they are shown one after the other.

    Args:
        reels: in the order they are shown.
        track: the stream they are for.

    Raises:
        FilmError: the reels were not encoded alike, so that one decoder cannot play them all.
    """
    header, begun = None, 0
    for reel in reels:
        frame = Fraction(1, reel.frame_rate)
        with av.open(str(reel.path)) as container:
            source = container.streams.video[0]
            header = header or source.codec_context.extradata
            if source.codec_context.extradata != header:
                raise FilmError(
                    f"{reel.chapter} was encoded with other settings than {reels[0].chapter}",
                    hint="draw all chapters at one quality",
                )
            packets: Iterator[Packet[Any]] = container.demux(source)
            for packet in packets:
                if packet.pts is None or packet.dts is None:
                    continue  # the end of the reel
                packet.pts = begun + round(packet.pts * packet.time_base / frame)
                packet.dts = begun + round(packet.dts * packet.time_base / frame)
                packet.time_base, packet.duration, packet.stream = frame, 1, track
                yield packet
        begun += reel.frames
