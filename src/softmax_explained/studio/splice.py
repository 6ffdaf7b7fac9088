"""Reels one after the other, without encoding a picture again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from av.stream import Stream

from softmax_explained.errors import FilmError
from softmax_explained.studio.reel import Reel


def spliced(takes: Sequence[Reel], folder: Path) -> Reel:
    """Make one reel of a chapter out of its takes; one that is alone is the reel.

    Args:
        takes: in the order they are shown. Their files are gone afterwards.
        folder: for the reel.
    """
    first = takes[0]
    path = folder / f"{first.chapter}.mp4"
    if len(takes) == 1:
        return Reel(first.chapter, first.path.replace(path), first.frames, first.frame_rate, first.records)
    with av.open(str(path), "w", format="mp4") as reel, av.open(str(first.path)) as template:
        track = reel.add_stream_from_template(template.streams.video[0])
        for packet in packets_of(takes, track):
            reel.mux(packet)
    records, begun = [], 0.0
    for take in takes:
        records += [record.later(begun) for record in take.records]
        begun += take.duration
        take.path.unlink()
    return Reel(first.chapter, path, sum(take.frames for take in takes), first.frame_rate, tuple(records))


def packets_of(reels: Sequence[Reel], track: Stream) -> Iterator[Packet[Any]]:
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
