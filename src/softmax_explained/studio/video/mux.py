"""Segments, sound and captions into one MP4 file, without encoding the picture again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from types import MappingProxyType
from typing import Any

import av
from av.packet import Packet
from av.stream import Stream

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.audio.loudness import RATE
from softmax_explained.studio.captions.language_codes import UNDETERMINED, three_letters
from softmax_explained.studio.captions.subtitle_headers import place_subtitles
from softmax_explained.studio.captions.subtitle_tracks import add_subtitles, subtitle_packets
from softmax_explained.studio.video.concatenate import concatenate, packets_of
from softmax_explained.studio.video.local_file import local_file
from softmax_explained.studio.video.segment import Segment

_MUXER = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}
"""The index first, so that the film plays while it loads; unshifted times, so that no edit list is needed."""

_AAC_SAMPLES = 1024  # per packet

_MILLISECOND = Fraction(1, 1000)


@dataclass(frozen=True)
class ChapterMark:
    """A chapter in the menu of the film: its name and title, and its times in seconds of the film."""

    name: str
    title: str
    start: float
    end: float


def join(
    segments: Sequence[Segment],
    sound: bytes | None,
    marks: Sequence[ChapterMark],
    title: str,
    path: Path,
    *,
    language: str = UNDETERMINED,
    captions: Mapping[str, Sequence[Cue]] = MappingProxyType({}),
    shown: str | None = None,
) -> None:
    """Write a film of segments in order, with sound as AAC in an MP4 file, captions and chapter marks.

    Args:
        segments: one after the other.
        sound: the film has no audio track without it.
        marks: the chapters.
        title: of the film.
        path: the file.
        language: of the sound and of the words in the picture, a tag of BCP 47.
        captions: in seconds of the film, by the tag of their language; each gets a track of its own.
        shown: the language of the captions that are shown until the viewer chooses others; None for none.

    Raises:
        FilmError: the segments were encoded with different settings, so one decoder cannot play them all.
    """
    with av.open(local_file(path), "w", format="mp4", options=_MUXER) as film:
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
        with av.open(local_file(segments[0].path)) as first:
            source = first.streams.video[0]
            size = source.width, source.height
            picture = film.add_stream_from_template(source)
            picture.metadata["language"] = three_letters(language)
            tracks = [packets_of(segments, picture)]
        if sound is not None:
            with av.open(io.BytesIO(sound), "r") as narration:
                track = film.add_stream_from_template(narration.streams.audio[0])
                track.metadata["language"] = three_letters(language)
                tracks.append(_sound_packets(sound, track))
        duration = sum((Fraction(each.frames, each.frame_rate) for each in segments), Fraction(0))
        subtitles = {each: add_subtitles(film, each, size) for each in captions}
        film.start_encoding()
        tracks += [subtitle_packets(captions[each], duration, subtitles[each]) for each in captions]
        for packet in merge(*tracks, key=_decoding_time):
            film.mux(packet)
    place_subtitles(path, size, next((n for n, each in enumerate(captions) if each == shown), None))


def _sound_packets(sound: bytes, track: Stream) -> Iterator[Packet[Any]]:
    """The packets of the narration from time 0 on; its front was cut to make up for the priming samples."""
    with av.open(io.BytesIO(sound), "r") as container:
        packets: Iterator[Packet[Any]] = container.demux(container.streams.audio[0])
        for number, packet in enumerate(packet for packet in packets if packet.pts is not None):
            packet.pts = packet.dts = number * _AAC_SAMPLES
            packet.time_base, packet.duration, packet.stream = Fraction(1, RATE), _AAC_SAMPLES, track
            yield packet


def _decoding_time(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def spliced(beats: Sequence[Segment], folder: Path) -> Segment:
    """Join the beats of a chapter in order; their files are deleted, or moved if there is only one.

    Raises:
        FilmError: the beats were encoded with different settings.
    """
    first = beats[0]
    path = folder / f"{first.chapter}.mp4"
    concatenate(beats, path)
    records, start = list[BeatRecord](), 0
    for beat in beats:
        records += [record.later(start / first.frame_rate) for record in beat.records]
        start += beat.frames
    return Segment(first.chapter, path, start, first.frame_rate, tuple(records))
