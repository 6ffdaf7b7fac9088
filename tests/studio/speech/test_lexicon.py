"""Pronunciations are in one file per language, and a words file may add its own."""

import json
from importlib import resources

import hibari
import pytest

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.text.lexicon import FOLDER, lexicon, phonemes_in
from softmax_explained.studio.speech.text.spoken_sentence import spoken
from softmax_explained.studio.speech.voices import TABLE

VOCABULARY = json.loads((resources.files(hibari) / "assets" / "vocab.json").read_text("utf-8"))
WHERE = "words/en.toml: [pronunciation]"


def test_every_language_that_voices_speak_has_its_file() -> None:
    files = {file.name.removesuffix(".toml") for file in FOLDER.iterdir() if file.name.endswith(".toml")}
    assert files == {entry.language for entry in TABLE.values()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_phonemes_are_known_to_the_voices(language: str) -> None:
    known = lexicon(language)
    for said in [*known.letters.values(), *known.words.values()]:
        assert set(phonemes_in(said) or "") <= set(VOCABULARY)
    assert set(known.letters) == set("abcdefghijklmnopqrstuvwxyz")


def test_words_that_english_speakers_need_are_known_in_every_language() -> None:
    assert lexicon("en").words.items() <= lexicon("zh").words.items()


def test_a_users_pronunciation_is_said_as_words_or_as_phonemes() -> None:
    own = lexicon("en").with_words({"Nguyen": "win", "Zsa-Zsa": "zha zha", "Xi": "/ʃˈi/"}, WHERE)
    said = spoken(Sentence.parse("Nguyen, Zsa-Zsa and Xi", {}.__getitem__), "en", own)
    assert [(word.text, word.phonemes) for word in said] == [
        *[("win", None), ("zha", None), ("zha", None), ("and", None)],
        ("Xi", "ʃˈi"),
    ]
    assert lexicon("en").with_words(None, WHERE) == lexicon("en")


@pytest.mark.parametrize("value", [3, "", "  ", "x" * 101, ["win"], {"a": "b"}])
def test_a_pronunciation_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(WordsError, match=r"\[pronunciation\]: Nguyen") as caught:
        lexicon("en").with_words({"Nguyen": value}, WHERE)
    assert 'Nguyen = "win"' in caught.value.hint


def test_a_table_of_pronunciations_is_a_table() -> None:
    with pytest.raises(WordsError, match="is not a table"):
        lexicon("en").with_words("win", WHERE)
