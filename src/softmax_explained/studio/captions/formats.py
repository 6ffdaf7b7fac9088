"""Captions as SubRip and WebVTT. Their text never contains markup."""

from __future__ import annotations

from datetime import timedelta

import srt

from softmax_explained.stage.narration.cue import Cue

_PLAIN = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})  # SubRip has tags but no escapes
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def as_srt(cues: tuple[Cue, ...]) -> str:
    """Captions as SubRip.

    >>> print(as_srt((Cue(0.35, 2.0, ("Every value", "<b>counts</b>")),)).strip())
    1
    00:00:00,350 --> 00:00:02,000
    Every value
    ‹b›counts‹/b›
    """
    subtitles = list[srt.Subtitle]()
    for number, cue in enumerate(cues, 1):
        start, end = (timedelta(milliseconds=round(time * 1000)) for time in (cue.start, cue.end))
        subtitles.append(srt.Subtitle(number, start, end, "\n".join(cue.lines).translate(_PLAIN)))
    return str(srt.compose(subtitles))


def as_vtt(cues: tuple[Cue, ...]) -> str:
    """Captions as WebVTT.

    >>> print(as_vtt((Cue(0.35, 2.0, ("R & D -->",)),)).strip())
    WEBVTT
    <BLANKLINE>
    00:00:00.350 --> 00:00:02.000
    R &amp; D --&gt;
    """
    blocks = ["WEBVTT"]
    for cue in cues:
        text = "\n".join(cue.lines).translate(_ESCAPED)
        blocks.append(f"{_clock(cue.start)} --> {_clock(cue.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
