"""The description for YouTube keeps its rules, whatever the chapters are."""

import re

from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.studio.documents.youtube import (
    CHAPTER_TITLE,
    DESCRIPTION,
    SHORTEST,
    TITLE,
    Description,
    cut,
    long_chapters,
    with_subscripts,
    youtube_text,
)
from softmax_explained.studio.video.mux import ChapterMark

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
LONG = st.text(st.characters(exclude_categories=("Cs",)), max_size=3000)
TITLES = TEXT.filter(str.strip)
PARTS = st.builds(Description, LONG, TEXT, st.lists(TEXT, max_size=40).map(tuple), TEXT, TEXT, LONG)
LINE = re.compile(r"(?:(\d+):)?(\d+):(\d\d) (.+)")


@st.composite
def chapters(draw, titles=TITLES):
    """Chapters one after the other, many of them short."""
    marks, start = [], 0.0
    for n, seconds in enumerate(
        draw(st.lists(st.floats(0.1, 90) | st.floats(0.1, 12), min_size=1, max_size=40))
    ):
        marks.append(ChapterMark(f"c{n}", draw(titles), start, start + seconds))
        start += seconds
    return marks, start


@given(chapters(), TITLES, PARTS)
def test_the_rules_of_youtube_are_kept(made, title, parts):
    marks, duration = made
    text = youtube_text(title, parts, marks, duration)
    assert "<" not in text
    assert ">" not in text
    head, empty, description = text.split("\n", 2)
    assert empty == ""
    assert 0 < len(head) <= TITLE
    assert len(description.encode()) <= DESCRIPTION
    lines = [found for line in description.split("\n") if (found := LINE.fullmatch(line))]
    starts = [int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) for found in lines]
    if not starts:
        return
    assert starts[0] == 0
    assert len(starts) >= 3
    assert all(
        later - before >= SHORTEST for before, later in zip(starts, [*starts[1:], duration], strict=True)
    )
    assert all(len(found[4]) <= CHAPTER_TITLE for found in lines)


@given(chapters())
def test_no_chapter_is_long_enough_and_left_out(made):
    marks, duration = made
    kept = dict(long_chapters(marks, duration))
    ends = [*(mark.start for mark in marks[1:]), duration]
    long = [
        int(mark.start)
        for mark, end in zip(marks, ends, strict=True)
        if int(end) - int(mark.start) >= SHORTEST
    ]
    if len(kept) >= 3:
        assert {start for start in long if start >= SHORTEST} <= kept.keys()
        assert kept.keys() <= {0, *long}
    else:
        assert kept == {}
        assert len({0, *[start for start in long if start >= SHORTEST]}) < 3


def test_a_short_beginning_has_the_title_of_what_it_is_joined_to():
    starts = {"logo": 0, "cat": 3, "dog": 30, "fox": 45}
    marks = [ChapterMark(title, title, start, 0) for title, start in starts.items()]
    assert long_chapters(marks, 60) == ((0, "cat"), (30, "dog"), (45, "fox"))
    assert long_chapters(marks, 54) == ()


@given(LONG, st.integers(2, 60), st.booleans())
def test_a_cut_text_fits_and_is_its_beginning(text, most, in_bytes):
    most += 3  # room for the bytes of …
    found = cut(text, most, in_bytes=in_bytes)
    assert (len(found.encode()) if in_bytes else len(found)) <= most
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))


def test_a_text_is_cut_at_a_word_where_it_has_words():
    assert cut("one two three", 9) == "one two…"
    assert cut("one two three", 8) == "one two…"
    assert cut("incomprehensibilities", 9) == "incompre…"
    assert cut("a incomprehensibilities", 9) == "a incomp…"


def test_times_in_other_texts_are_no_chapters():
    parts = Description("at 0:30 x", "Classes", ("1:15 y", "2:00"), "", "", "")
    text = youtube_text("0:00 a title", parts, [], 90)
    assert not re.search(r"\d:\d", text)


def test_what_is_empty_is_left_out():
    assert youtube_text("A film", Description("", "Classes", (), "Result", "", ""), [], 5) == "A film\n\n\n"


def test_indices_are_small_letters():
    assert with_subscripts("∂C/∂z_i = a_i − y′_i, w_im, z_max, y_1") == "∂C/∂zᵢ = aᵢ − y′ᵢ, w_im, z_max, y_1"
