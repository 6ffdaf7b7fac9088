"""A language is one file: the film's own, or one from anywhere."""

from __future__ import annotations

import pickle
from importlib import resources
from pathlib import Path

import pytest

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.errors import WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.stage.narration.words_file import languages, read_words
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.planning.words_check import check_words

WORDS = resources.files("softmax_explained.assets") / "words"
ENGLISH = (WORDS / "en.toml").read_text("utf-8")
KLINGON = ENGLISH.replace('title = "The loss"', 'title = "chIl"').replace('"one-hot"', '"wa’ tuj"')


def made_up(folder: Path, text: str = KLINGON, name: str = "tlh.toml") -> str:
    """The path of a words file in a language that the film does not know."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_the_film_has_a_file_for_each_of_its_languages() -> None:
    assert languages(FILM.words_folder) == tuple(sorted(Path(str(file)).stem for file in WORDS.iterdir()))


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_the_words_of_every_language_fit_the_film(language: str) -> None:
    check_words(
        FILM.script(language, solve(default_lesson())), FILM.chapter_classes(), film=FILM.chapter_classes()
    )


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_every_language_of_the_film_has_words_for_all_of_it(language: str) -> None:
    english, other = (FILM.script(each, solve(default_lesson())) for each in ("en", language))
    assert set(FILM.chapters) < set(english.words)
    for table in english.words:
        beats = [name for name, beat in english.words[table].items() if isinstance(beat, dict)]
        for beat in (f"{table}.{name}" for name in beats):
            theirs, ours = (
                {key: tuple(sentence.marks) for key, sentence in script.sentences(beat).items()}
                for script in (english, other)
            )
            assert ours == theirs, beat
            assert other.labels(beat).keys() == english.labels(beat).keys()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_classes_called_by_numbers_or_letters_are_quoted_when_they_are_said(language: str) -> None:
    lesson = Lesson.from_logits([2.0, 1.0, 0.1], ("b", "7", "fox"), [0, 1, 0])
    said = str(FILM.script(language, solve(lesson)).sentence("opening.guess_and_truth"))
    assert said.count("“7”") == said.count("7") == 2
    assert said.count("“b”") == 1


def test_a_made_up_language_tells_a_chapter(tmp_path: Path) -> None:
    lesson = Lesson.from_logits([2, 1], ["cat", "dog"], [0, 1], names={"tlh": ["vIghro’", "Ha’DIbaH"]})
    script = FILM.script(made_up(tmp_path), solve(lesson))
    check_words(script, [FILM.chapter("loss")], film=FILM.chapter_classes())
    assert script.language == "tlh"
    assert script.chapter_title("loss") == "chIl"
    assert script.classes == ("vIghro’", "Ha’DIbaH")


def test_a_chapter_draws_the_words_of_a_file_of_ones_own(tmp_path: Path) -> None:
    words = read_words(made_up(tmp_path), FILM.words_folder)
    told = FILM.chapter("loss")(Production(FILM, language="tlh", words=words))
    assert told.script.chapter_title("loss") == "chIl"
    assert told.words("chIl").text == "chIl"


def test_words_travel_with_the_production_and_stay_what_they_were(tmp_path: Path) -> None:
    file = made_up(tmp_path)
    sent = pickle.dumps(Production(FILM, language="tlh", words=read_words(file, FILM.words_folder)))
    Path(file).unlink()  # on another machine, or a minute later
    assert FILM.chapter("loss")(pickle.loads(sent)).script.chapter_title("loss") == "chIl"


def test_a_file_may_be_in_a_language_that_the_film_has_too(tmp_path: Path) -> None:
    mine = made_up(tmp_path, ENGLISH.replace('"The loss"', '"The price"'), "en.toml")
    assert FILM.script(mine, solve(default_lesson())).chapter_title("loss") == "The price"
    assert FILM.script("en", solve(default_lesson())).chapter_title("loss") == "The loss"


def test_a_slip_is_told_with_the_file_it_stands_in(tmp_path: Path) -> None:
    mine = made_up(tmp_path, KLINGON.replace("[loss.price]", "[loss.prise]"))
    with pytest.raises(WordsError) as caught:
        check_words(
            FILM.script(mine, solve(default_lesson())), [FILM.chapter("loss")], film=FILM.chapter_classes()
        )
    assert str(caught.value).startswith(mine)
    assert "loss.prise: nothing reads it" in str(caught.value)


def test_a_language_nobody_has_brings_those_there_are() -> None:
    with pytest.raises(WordsError, match="no words for language 'fr'") as caught:
        read_words("fr", FILM.words_folder)
    assert "languages: en, zh; or the path of a words file" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("tlh.toml", None, "there is no such file"),
        ("Klingon words.toml", b"", "'Klingon words' is not a language tag"),
        ("tlh.toml", b"[film\n", "tlh.toml: this is not TOML: Expected"),
        ("tlh.toml", b"# caf\xe9\n[film]", "line 1 is not UTF-8"),
        ("tlh.toml", b"x = " + b"[" * 5000, "tlh.toml: "),
        ("tlh.toml", b"#" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_words_file_says_why(
    name: str, content: bytes | None, complaint: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(WordsError) as caught:
        read_words(str(tmp_path / name), FILM.words_folder)
        pytest.fail("it was read")
    assert complaint in str(caught.value)


def test_a_directory_is_no_words_file(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").mkdir()
    with pytest.raises(WordsError, match="this is a directory"):
        read_words(str(tmp_path / "fr.toml"), FILM.words_folder)


def test_a_language_may_be_read_slower(tmp_path: Path) -> None:
    slow = KLINGON + "\n[reading]\nwords_per_minute = 75\n"
    usual, slower = (
        FILM.script(made_up(tmp_path / name, text), solve(default_lesson()))
        for name, text in (("usual", KLINGON), ("slow", slow))
    )
    sentence = usual.sentence("loss.price")
    in_words, in_slow_words = (reading_time(sentence, script.reading).speech for script in (usual, slower))
    assert in_slow_words == pytest.approx(2 * in_words, rel=0.1)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"word_a_minute": 1}, "unknown key 'word_a_minute'"),
        ({"words_per_minute": "fast"}, "words_per_minute = 'fast'"),
        ({"words_per_minute": 0}, "words_per_minute = 0"),
        ({"caption_characters": 37.5}, "caption_characters = 37.5"),
        ({"caption_rate": True}, "caption_rate = True"),
        ({"caption_rate": float("nan")}, "caption_rate = nan"),
        ({"unbroken": "神经元"}, "unbroken = '神经元'"),
        ({"unbroken": [""]}, "unbroken = ['']"),
        ("fast", "is not a table"),
    ],
)
def test_a_slip_in_how_fast_it_is_read_is_named(table: object, complaint: str) -> None:
    with pytest.raises(WordsError) as caught:
        Reading.of(table, "words/tlh.toml: [reading]")
    assert complaint in str(caught.value)
