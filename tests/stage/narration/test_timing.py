"""Reading speed: what a film without a voice is timed by."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming, reading_lengths, reading_time


def parse(text: str) -> Sentence:
    return Sentence.parse(text, dict[str, tuple[str, str]]().__getitem__)


@given(st.lists(st.sampled_from(["up", "down,", "left;", "right."]), min_size=1, max_size=40))
def test_words_follow_each_other_and_end_with_the_speech(words: list[str]) -> None:
    timing = reading_time(parse(" ".join(words)))
    assert timing.words[0].start == 0
    for before, after in pairwise(timing.words):
        assert before.start < before.end <= after.start
    assert timing.words[-1].end <= timing.speech


def test_a_sentence_keeps_the_pace_of_the_style() -> None:
    sentence = parse("Softmax first raises e to each score. Every value becomes positive, and more.")
    minutes = reading_time(sentence).speech / 60
    assert len(sentence.tokens) / minutes == pytest.approx(style().reading("words_per_minute"), rel=0.02)


def test_chinese_is_read_by_the_character() -> None:
    assert reading_time(parse("把各段首尾相接")).speech == pytest.approx(
        7 * 60 / style().reading("characters_per_minute")
    )


def test_a_mark_is_due_when_its_word_begins() -> None:
    timing = reading_time(parse("one two {here|three} four"))
    assert timing.marks["here"] == timing.words[2].start


def test_a_voice_gives_every_token_a_time() -> None:
    with pytest.raises(ValueError, match="shorter"):
        BeatTiming.of(parse("one two"), ((0.0, 1.0),), 1.0)


def test_pauses_take_at_most_half_of_the_time() -> None:
    timing = reading_time(parse("no. no. no. no."))
    words = sum(word.end - word.start for word in timing.words)
    assert words == pytest.approx(4 * 60 / style().reading("words_per_minute") / 2)


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("概率是 {p}", 3 + 5),  # 零点六五九
        ("要 {n} 步", 2 + 3),  # 六十一
        ("约 {about} 步", 2 + 3),
        ("每高 12 分", 3 + 2),  # 十二
    ],
)
def test_a_number_in_a_chinese_sentence_takes_as_long_as_it_is_read(text: str, syllables: int) -> None:
    quantities = {"p": ("0.659", "number"), "n": ("61", "number"), "about": ("≈61", "number")}
    timing = reading_time(Sentence.parse(text, quantities.__getitem__))
    assert timing.speech == pytest.approx(syllables / 4)


def test_a_class_that_is_called_by_a_number_is_read_as_one() -> None:
    names = {"bare": ("12", "word"), "quoted": ("“12”", "word")}
    bare, quoted = (reading_time(Sentence.parse(f"先看{{{name}}}", names.__getitem__)) for name in names)
    assert quoted.speech == bare.speech == pytest.approx(4 / 4)  # 先看十二


def test_a_number_in_an_english_sentence_is_a_word() -> None:
    timing = reading_time(Sentence.parse("It is {p}", {"p": ("0.659", "number")}.__getitem__))
    assert timing.speech == pytest.approx(3 * 60 / 150)


@pytest.mark.parametrize("name", ["W" * 40, "comp.sys.ibm.pc.hardware", "hammerhead"])
def test_a_long_latin_name_in_a_chinese_sentence_is_read_at_the_speed_of_its_caption(name: str) -> None:
    said = Sentence.parse("先看{name}的神经元。", {"name": (name, "word")}.__getitem__)
    lengths = dict(zip((token.text for token in said.tokens), reading_lengths(said, Reading()), strict=True))
    half_width = len(name) / 2  # characters of a caption
    assert half_width / lengths[name] <= 9
