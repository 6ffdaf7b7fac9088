"""The chapters of a film as WebVTT."""

from __future__ import annotations

from collections.abc import Iterable

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.studio.captions.formats import as_vtt
from softmax_explained.studio.documents.plain_text import one_line
from softmax_explained.studio.video.mux import ChapterMark


def chapters_vtt(marks: Iterable[ChapterMark]) -> str:
    """The chapters as a WebVTT file, for ``<track kind="chapters">``: one cue each, its text the title.

    A title is one line of text without markup (W3C, "WebVTT", section 4.3, "WebVTT chapter title text").

    >>> print(chapters_vtt([ChapterMark("loss", "Loss & gain", 0.0, 61.5)]).strip())
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:01:01.500
    Loss &amp; gain
    """
    return as_vtt(tuple(Cue(mark.start, mark.end, (one_line(mark.title),)) for mark in marks))
