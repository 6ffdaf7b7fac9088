"""Captions as tracks of a film, read back through FFmpeg and from the boxes themselves."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
import tiny_film
from hypothesis import given
from hypothesis import strategies as st
from mp4 import boxes, tracks
from tiny_film import RecordedProgress
from undisturbed import often

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.studio.captions.language_codes import own_name, three_letters
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.video.mux import ChapterMark, join
from softmax_explained.studio.video.segment import Segment, draw
from softmax_explained.studio.video.segment_cache import SegmentCache

ENGLISH = (
    Cue(0.35, 2.0, ("Every <b>value</b>", "counts & {stays} C:\\N")),
    Cue(2.0, 2.5, ("and the next follows at once",)),
    Cue(2.7504, 3.1, ("— ∂C/∂z",)),
)
CHINESE = (Cue(0.0, 1.333, ("每个数都算。",)),)
CAPTIONS = {"en": ENGLISH, "zh-Hant": CHINESE, "pt-BR": ()}

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    (drawn,) = draw(tiny_film.PRODUCTION, tiny_film.Ending, tmp_path_factory.mktemp("drawn"))
    return drawn


@pytest.fixture(scope="module")
def make(segment: Segment, tmp_path_factory: pytest.TempPathFactory) -> Make:
    marks = [ChapterMark("ending", "The ending", 0.0, 2 * segment.duration)]

    def made(**options: object) -> Path:
        path = tmp_path_factory.mktemp("joined") / "film.mp4"
        join([segment, segment], None, marks, "Two endings", path, **options)  # type: ignore[arg-type]
        return path

    return made


@pytest.fixture(scope="module")
def film(make: Make) -> Path:
    return make(language="en", captions=CAPTIONS, shown="en")


def samples(film: Path, number: int) -> list[tuple[str, Fraction, Fraction]]:
    """The text, start and end of every sample of a track."""
    with av.open(str(film)) as file:
        found = list[tuple[str, Fraction, Fraction]]()
        for packet in file.demux(file.streams.subtitles[number]):
            if packet.pts is None:
                continue
            content = bytes(packet)
            (length,) = struct.unpack(">H", content[:2])
            assert len(content) == 2 + length  # no boxes with styles follow
            start = packet.pts * packet.time_base
            found.append((content[2:].decode(), start, start + packet.duration * packet.time_base))
        return found


def cues(film: Path, number: int) -> list[Cue]:
    return [
        Cue(float(start), float(end), tuple(text.split("\n")))
        for text, start, end in samples(film, number)
        if text
    ]


def test_every_caption_is_there_to_the_millisecond(film: Path) -> None:
    first, *others, rounded = ENGLISH
    plain = "counts & (stays) C:\\\u2060N"
    assert cues(film, 0) == [
        replace(first, lines=(first.lines[0], plain)),
        *others,
        Cue(2.75, 3.1, rounded.lines),
    ]
    assert cues(film, 1) == list(CHINESE)
    assert cues(film, 2) == []


@pytest.mark.parametrize("number", range(3))
def test_there_is_a_sample_at_every_time_and_the_track_is_as_long_as_the_film(
    film: Path, segment: Segment, number: int
) -> None:
    *found, last = samples(film, number)
    assert found[0][1] == 0
    assert all(before[2] == after[1] for before, after in pairwise(found))
    assert all(start < end for _, start, end in found)
    assert found[-1][2] == Fraction(2 * segment.frames, segment.frame_rate)
    assert last == ("", found[-1][2], found[-1][2])  # FFmpeg ends a track so


def test_players_that_take_braces_and_backslashes_for_commands_show_all_of_the_text(film: Path) -> None:
    """FFmpeg hands the text to them as ASS, in which {…} is a command and \\N the end of a line."""
    with av.open(str(film)) as file:
        stream = file.streams.subtitles[0]
        decoded = [found for packet in file.demux(stream) if (found := stream.codec_context.decode2(packet))]
        first, *_ = [bytes(line.ass).decode() for found in decoded for line in found]
    assert first.endswith(",,Every <b>value</b>\\Ncounts & (stays) C:\\\u2060N")


def test_players_are_told_the_language_the_name_and_which_to_show(film: Path) -> None:
    with av.open(str(film)) as file:
        told = [
            (stream.language, stream.metadata["handler_name"], bool(stream.disposition & 1))
            for stream in file.streams.subtitles
        ]
        assert file.streams.video[0].language == "eng"
        assert file.streams.video[0].disposition & 1
    assert told == [
        ("eng", "English", True),
        ("zho", "中文 (Hant)", False),
        ("por", "português (BR)", False),
    ]


def test_the_boxes_say_the_same(film: Path) -> None:
    picture, *captions, menu = tracks(film)
    assert (picture.handler, picture.language, picture.enabled) == ("vide", "eng", True)
    assert [(each.handler, each.language, each.name, each.enabled) for each in captions] == [
        ("sbtl", "eng", "English", True),
        ("sbtl", "zho", "中文 (Hant)", False),
        ("sbtl", "por", "português (BR)", False),
    ]
    (group,) = {each.alternate_group for each in captions}  # of which one at a time is shown
    assert group not in (0, picture.alternate_group)
    assert (menu.handler, menu.enabled) == ("text", False)


def test_captions_stand_in_the_middle_of_the_bottom_of_the_picture(film: Path) -> None:
    _, *captions, _ = tracks(film)
    for each in captions:
        left, top, width, height = each.box
        assert (left, width, top + height) == (0, 854, 480)
        assert 60 <= height <= 100  # two lines, and not half of the picture
        assert each.entry[4:8] == b"tx3g"
        _flags, across, down, *colour = struct.unpack(">Ibb4B", each.entry[16:26])
        assert (across, down, colour[3]) == (1, -1, 0)  # centred, at the bottom, no plate
        assert struct.unpack(">4h", each.entry[26:34]) == (0, 0, height, width)


def test_no_captions_are_shown_unless_asked_for(make: Make) -> None:
    burned = make(language="en", captions=CAPTIONS)
    assert [each.enabled for each in tracks(burned) if each.handler == "sbtl"] == [False] * 3
    other = make(language="en", captions=CAPTIONS, shown="pt-BR")
    assert [each.enabled for each in tracks(other) if each.handler == "sbtl"] == [False, False, True]


def test_captions_that_are_burned_in_are_not_shown_a_second_time(tmp_path: Path) -> None:
    plan = make_plan(replace(tiny_film.PRODUCTION, captions="burn", chapters=("ending",)))
    film, *_ = make_film(plan, tmp_path, RecordedProgress(), SegmentCache(tmp_path / "segments"))
    assert [each.enabled for each in tracks(film) if each.handler == "sbtl"] == [False]


def test_the_index_comes_first_and_no_track_is_moved_by_an_edit_list(film: Path, segment: Segment) -> None:
    found = boxes(film)
    assert found.index("moov") < found.index("mdat")
    assert not [box for box in found if box.endswith(("edts", "elst"))]
    with av.open(str(film)) as file:
        times = [frame.pts * frame.time_base for frame in file.decode(video=0)]
        (mark,) = file.chapters()
    assert times == [Fraction(n, segment.frame_rate) for n in range(2 * segment.frames)]
    assert mark["metadata"]["title"] == "The ending"


def test_a_film_without_captions_has_no_track_for_them(make: Make) -> None:
    assert [each.handler for each in tracks(make(language="en"))] == ["vide", "text"]


@often
@given(
    times=st.lists(st.floats(0, 6), min_size=2, max_size=12, unique=True).map(sorted),
    together=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_captions_at_any_times_are_where_they_should_be(
    make: Make, segment: Segment, times: list[float], together: list[bool]
) -> None:
    """Some follow at once, some reach beyond the film, some are too short to be shown."""
    asked = [
        Cue(start, end, (f"{number}",))
        for number, ((start, end), shown) in enumerate(zip(pairwise(times), together, strict=False))
        if shown
    ]
    end = 2 * segment.duration

    def milliseconds(seconds: float) -> float:
        return min(round(seconds * 1000) / 1000, end)

    rounded = [Cue(milliseconds(cue.start), milliseconds(cue.end), cue.lines) for cue in asked]
    assert cues(make(captions={"en": asked}), 0) == [cue for cue in rounded if cue.start < cue.end]


TWO_CODES = """
    sq alb sqi, hy arm hye, eu baq eus, bo tib bod, my bur mya, zh chi zho, cs cze ces, nl dut nld,
    fr fre fra, ka geo kat, de ger deu, el gre ell, is ice isl, mk mac mkd, mi mao mri, ms may msa,
    fa per fas, ro rum ron, sk slo slk, cy wel cym
"""
"""The twenty languages for which libraries have one code (ISO 639-2/B), and MP4 another (ISO 639-2/T)."""


@pytest.mark.parametrize("languages", [each.split() for each in TWO_CODES.strip().split(",")])
def test_codes_are_those_for_terminology(languages: list[str]) -> None:
    tag, of_libraries, ours = languages
    assert three_letters(tag) == ours != of_libraries


@pytest.mark.parametrize(
    ("tag", "code", "name"),
    [
        ("EN-gb", "eng", "English (gb)"),
        ("de", "deu", "Deutsch"),
        ("yue-Hant", "yue", "yue-Hant"),
        ("na", "nau", "na"),  # a code without a name
        ("qq", "und", "qq"),
        ("und", "und", "und"),
    ],
)
def test_any_tag_has_a_code_and_a_name(tag: str, code: str, name: str) -> None:
    assert (three_letters(tag), own_name(tag)) == (code, name)
