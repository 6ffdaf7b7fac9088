"""The chapters as WebVTT, read by an independent parser."""

import html

import webvtt
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.studio.documents.chapters import chapters_vtt
from softmax_explained.studio.documents.plain_text import one_line
from softmax_explained.studio.video.mux import ChapterMark

TITLES = [
    "Loss",
    "a --> b",
    "<b>bold</b> & more",
    "WEBVTT",
    "NOTE this",
    "two\n\nlines",
    "00:00 x",
    "猫 ‹狗›",
]


def read(source):
    return [
        (cue.start_in_seconds, cue.end_in_seconds, html.unescape(cue.raw_text))
        for cue in webvtt.from_string(source)
    ]


@given(st.lists(st.tuples(st.sampled_from(TITLES), st.integers(1, 4000)), min_size=1))
def test_every_chapter_is_a_cue(made):
    marks, start = [], 0
    for title, seconds in made:
        marks.append(ChapterMark("name", title, start, start + seconds))
        start += seconds
    source = chapters_vtt(marks)
    assert source.startswith("WEBVTT\n\n")
    assert source.count("-->") == len(marks)
    assert "<" not in source
    assert read(source) == [(mark.start, mark.end, one_line(mark.title)) for mark in marks]
