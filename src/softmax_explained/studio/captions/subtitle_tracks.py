"""Captions as tracks of an MP4 file, which players show or hide: 3GPP timed text (TS 26.245), ``mov_text``.

A sample is the length of a text in two bytes and the text in UTF-8. There is always one: an empty one stands
where no caption does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.studio.captions.language_codes import own_name, three_letters

_TICKS = 96_000
"""Per second: milliseconds and frames are whole numbers of them. FFmpeg compares the end of what a track of
text has so far with the times of other packets without converting either, and where the text seems to be late
puts an empty sample in between; with more ticks than any other track has, it never seems to be."""

_FONT = 0.05  # the height of letters, of the shorter side of the picture

_PLAIN = str.maketrans({"{": "(", "}": ")", "\\": "\\\u2060"})
"""The format has no markup, but FFmpeg passes the text on as ASS without escaping it: there braces enclose
commands, and so do some letters after a backslash, which an invisible sign (a word joiner) keeps apart."""

_STYLE = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Default,Sans-Serif,{font},&H00FFFFFF,&H00FFFFFF,&HFF000000,&HFF000000,0,0,0,0,100,100,0,0,1,0,0,2,\
0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""The style from which FFmpeg makes that of a track: white, in the middle of the bottom, without a plate."""


def add_subtitles(film: OutputContainer, language: str, size: tuple[int, int]) -> SubtitleStream:
    """Add a track for captions to a film.

    Args:
        film: open for writing.
        language: of the captions, a tag of BCP 47.
        size: width and height of the picture in pixels.
    """
    width, height = size
    stream = film.add_stream("mov_text", options={"height": str(height)})
    assert isinstance(stream, SubtitleStream)
    style = _STYLE.format(width=width, height=height, font=min(round(_FONT * min(size)), 255))
    stream.codec_context.subtitle_header = style.encode()
    stream.time_base = Fraction(1, _TICKS)
    stream.disposition = Disposition(0)
    name = own_name(language)
    stream.metadata.update(language=three_letters(language), handler_name=name, title=name)
    return stream


def subtitle_packets(cues: Sequence[Cue], duration: Fraction, track: SubtitleStream) -> Iterator[Packet[Any]]:
    """The packets of a track, one after the other from the beginning of the film to its end.

    Args:
        cues: in order, in seconds of the film; their times are rounded to milliseconds.
        duration: seconds of the film.
        track: where the packets go.
    """
    clock, end = 0, round(duration * _TICKS)
    for cue in cues:
        first, last = (min(round(time * 1000) * (_TICKS // 1000), end) for time in (cue.start, cue.end))
        if last <= max(first, clock):
            continue  # nobody could read it
        if first > clock:
            yield _packet("", clock, first, track)
        clock = max(first, clock)
        yield _packet("\n".join(cue.lines).translate(_PLAIN), clock, last, track)
        clock = last
    if clock < end:
        yield _packet("", clock, end, track)


def _packet(text: str, start: int, end: int, track: SubtitleStream) -> Packet[Any]:
    content = text.encode()
    packet = Packet(struct.pack(">H", len(content)) + content)
    packet.pts = packet.dts = start
    packet.time_base, packet.duration, packet.stream = Fraction(1, _TICKS), end - start, track
    packet.is_keyframe = True
    return packet
