"""Whoever only hears the film is told what is seen, in every beat, and in words that a voice can speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.lesson.loader import shipped_lesson, shipped_lessons
from softmax_explained.errors import WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.script import Script, sentence_keys, unknown_keys
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.words_file import languages

LONGEST = {"en": range(8, 29), "zh": range(12, 46)}  # words in English, characters in Chinese
SIGNS = re.compile(r"[+\-−=≠≤≥<>×*/^²∂ΔΣ∑η()\[\]{}`_]")
LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
SAYS = {"title": "A beat", "say": "It {grow|grows}."}
SOFT = Lesson.from_logits([1.0, 2.0], classes=("a", "b"), targets=[0.5, 0.5])


def beats() -> Iterator[str]:
    """Every beat of the film and of its cuts."""
    for chapter in FILM.chapter_classes():
        yield from (f"{chapter.name}.{beat}" for beat in chapter.beats())


def written(script: Script) -> Iterator[tuple[str, Sentence]]:
    """Every description of a words file, filled, with its key."""
    for beat in beats():
        yield from ((f"{beat}.{key}", sentence) for key, sentence in script.sights(beat).items())


def length(language: str, sentence: Sentence) -> int:
    return len(str(sentence).split() if language == "en" else str(sentence))


def described(lesson: Lesson | None = None, **keys: Any) -> Script:
    """A script of one beat, ``made.up``, with more keys."""
    words = {"made": {"title": "Made up", "up": {**SAYS, **keys}}}
    return Script("en", solve(lesson or default_lesson()), words, "mine/en.toml", FILM.schema)


def test_there_are_beats_of_all_chapters_and_cuts() -> None:
    found = list(beats())
    assert set(FILM.chapters) | {"teaser"} == {beat.partition(".")[0] for beat in found}
    assert len(found) > 45


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_every_beat_is_described_in_every_language(language: str) -> None:
    script = FILM.script(language, solve(default_lesson()))
    assert [beat for beat in beats() if script.sight(beat) is None] == []


def test_all_languages_describe_the_same_variants() -> None:
    scripts = [FILM.script(language, solve(default_lesson())) for language in languages(FILM.words_folder)]
    for beat in beats():
        assert len({tuple(script.sights(beat)) for script in scripts}) == 1, beat


@pytest.mark.parametrize("lesson", shipped_lessons())
@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_a_description_is_short_with_every_lesson(language: str, lesson: str) -> None:
    script = FILM.script(language, solve(shipped_lesson(lesson)))
    lengths = {key: length(language, sentence) for key, sentence in written(script)}
    assert {key: found for key, found in lengths.items() if found not in LONGEST[language]} == {}


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_a_description_is_one_sentence_or_two(language: str) -> None:
    for key, sentence in written(FILM.script(language, solve(default_lesson()))):
        assert 1 <= len(re.findall(r"[.?!。？！]", str(sentence))) <= 2, key
        assert str(sentence)[-1] in ".。", key


def test_a_chinese_description_has_no_letters_or_signs_to_stumble_over() -> None:
    for key, sentence in written(FILM.script("zh", solve(default_lesson()))):
        own = [token for token in sentence.tokens if token.source == token.text or token.kind == "symbol"]
        text = "".join(token.text + token.after for token in own)
        assert not LETTER.search(text) and not SIGNS.search(text), f"{key}: {text}"


def test_an_english_description_has_no_signs_but_those_of_symbols() -> None:
    for key, sentence in written(FILM.script("en", solve(default_lesson()))):
        text = " ".join(token.text + token.after for token in sentence.tokens if token.kind != "symbol")
        assert not SIGNS.search(re.sub(r"(?<=\w)-(?=\w)", "", text)), f"{key}: {text}"


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_no_number_of_classes_is_written_out(language: str) -> None:
    few, many = (FILM.script(language, solve(shipped_lesson(name))) for name in ("binary", "ten-digits"))
    for chapter, name in (beat.split(".") for beat in beats()):
        for key, text in few.words[chapter][name].items():
            if key.startswith("sight"):
                assert not re.search(r"\d", re.sub(r"\{.*?\}", "", text)), f"{chapter}.{name}.{key}"
    assert "2" in str(few.sight("teaser.slices")) and "10" in str(many.sight("teaser.slices"))


def test_a_description_is_filled() -> None:
    assert str(described(sight="A bar for each of {K}, {cls[t]} is green.").sight("made.up")) == (
        "A bar for each of 3, dog is green."
    )


def test_a_variant_has_its_own_description_or_that_of_the_beat() -> None:
    both = {"say_soft": "It {grow|grows} softly.", "sight": "A bar.", "sight_soft": "Many bars."}
    one = {key: text for key, text in both.items() if key != "sight_soft"}
    assert str(described(**both).sight("made.up")) == "A bar."
    assert str(described(SOFT, **both).sight("made.up")) == "Many bars."
    assert str(described(SOFT, **one).sight("made.up")) == "A bar."
    assert [*described(**both).sights("made.up")] == ["sight", "sight_soft"]


def test_a_language_need_not_describe_what_is_seen() -> None:
    assert described().sight("made.up") is None
    assert described().sights("made.up") == {}


@pytest.mark.parametrize(
    ("sight", "complaint", "hint"),
    [
        ("A {grow|bar}.", "made.up.sight: a mark in words that start no animation", "belong in say"),
        ("A bar of {a[9]}.", "made.up.sight: no quantity {a[9]}", ""),
        ("A bar of {cls[q]}.", "made.up.sight: no quantity {cls[q]}", "class names: cls["),
        (" ", "made.up.sight is missing", "in this language"),
        (3, "made.up.sight is missing", "in this language"),
    ],
)
def test_a_slip_in_a_description_is_told_with_file_and_key(sight: object, complaint: str, hint: str) -> None:
    with pytest.raises(WordsError) as slip:
        described(sight=sight).sight("made.up")
    assert slip.value.message == f"mine/en.toml: {complaint}"
    assert hint in slip.value.hint


def test_descriptions_are_known_keys_that_change_no_picture() -> None:
    told = described(sight="A bar.", say_soft="It {grow|grows}.", sight_soft="Bars.")
    assert [key for key in unknown_keys(told, {"made": ("up",)}) if key.startswith("made")] == []
    assert {"sight", "sight_soft", "sight_unchanged"} <= sentence_keys(FILM.schema)


def test_a_description_of_a_variant_that_is_not_said_is_read_by_nothing() -> None:
    told = described(sight="A bar.", sight_soft="Bars.", sihgt="Bars.")
    assert unknown_keys(told, {"made": ("up",)}) == ["made.up.sight_soft", "made.up.sihgt"]
