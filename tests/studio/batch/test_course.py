"""A course is read whole, or all that is wrong with it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.errors import CourseError
from softmax_explained.scenes.film import FILM
from softmax_explained.studio.batch.course import Course, load_course, name_of
from softmax_explained.studio.batch.schema import FilmTable

OWN = "classes = ['yes', 'no']\nlogits = [2, 1]\ntargets = [0, 1]\n"


def course(text: str, folder: Path) -> Course:
    (folder / "mine.toml").write_text(text, "utf-8")
    return load_course(folder / "mine.toml", FILM)


def names(course: Course) -> list[str]:
    return [film.name for film in course.films]


def test_every_lesson_comes_in_every_language_frame_and_cut(tmp_path: Path) -> None:
    text = 'lessons = ["cat-dog-fox", "iris"]\nlanguages = ["en", "zh"]\ncuts = ["full", "short"]'
    assert names(course(text, tmp_path)) == [
        "cat-dog-fox-en-wide",
        "cat-dog-fox-en-wide-short",
        "cat-dog-fox-zh-wide",
        "cat-dog-fox-zh-wide-short",
        "iris-en-wide",
        "iris-en-wide-short",
        "iris-zh-wide",
        "iris-zh-wide-short",
    ]


def test_a_single_film_has_settings_of_its_own(tmp_path: Path) -> None:
    text = 'lessons = ["iris"]\n[[film]]\nlesson = "iris"\nvoice = "none"\nname = "Iris, silent"'
    plain, silent = course(text, tmp_path).films
    assert (plain.name, silent.name) == ("iris-en-wide", "Iris-silent")
    assert (plain.production.voice, silent.production.voice) == (None, "none")
    assert plain.production.lesson == silent.production.lesson == shipped_lesson("iris")


def test_captions_and_sounds_are_set_for_a_course_and_for_a_film(tmp_path: Path) -> None:
    text = (
        'lessons = ["iris"]\ncaptions = "burn"\nsounds = false\n'
        '[[film]]\nlesson = "binary"\ncaptions = "lane"'
    )
    first, second = course(text, tmp_path).films
    assert (first.production.captions, first.production.sounds) == ("burn", False)
    assert (second.production.captions, second.production.sounds) == ("lane", True)


def test_paths_start_at_the_course_and_the_films_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "own.toml").write_text(OWN, "utf-8")
    made = course('lessons = ["lessons/own.toml"]\nlanguages = ["words/fr.toml"]', tmp_path)
    assert (made.title, made.out, names(made)) == ("mine", tmp_path / "mine", ["own-fr-wide"])
    assert made.films[0].production.lesson.classes == ("yes", "no")
    assert made.films[0].production.language == str(tmp_path / "words" / "fr.toml")
    assert course('lessons = ["iris"]\nout = "films"', tmp_path).out == tmp_path / "films"
    assert load_course(tmp_path / "mine.toml", FILM, Path("elsewhere")).out == Path("elsewhere")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lessons = ["iris"]\nframes = ["round"]', "frames[0]: 'round'; allowed: 'wide', 'tall' or 'square'"),
        ('lessons = ["iris"]\nqualities = ["best"]', "qualities[0]: 'best'"),
        ('lessons = ["iris"]\ncuts = []', "cuts: []"),
        ('lessons = ["iris"]\nlanguages = [1]', "languages[0]: 1; allowed: text in quotes"),
        ('lessons = "iris"', "lessons: 'iris'; allowed: a list"),
        ('lesson = ["iris"]', "lesson: there is no such key; allowed: title, out, lessons"),
        ('lessons = ["iris"]\ntitle = "two\\nlines"', "title: 'two\\nlines'; allowed: one line of text"),
        ("[[film]]\nframe = 'wide'", "film[0].lesson: this key is missing"),
        ("[[film]]\nlesson = 'iris'\nlang = 'en'", "film[0].lang: there is no such key; allowed: lesson"),
        ('lessons = ["irs"]', "no lesson 'irs'; did you mean iris?"),
        ('lessons = ["gone.toml"]', "gone.toml: there is no such file"),
        ('lessons = ["nul\\u0000.toml"]', "there is no such file"),
        ("", "the course has no films"),
        ("lessons = [", "this is not TOML"),
        ("[" * 5000, "this is not TOML"),
    ],
)
def test_a_mistake_names_the_file_the_key_what_was_found_and_what_is_allowed(
    text: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(CourseError) as caught:
        course(text, tmp_path)
    assert "mine.toml: 1 error; no film was started" in str(caught.value)
    assert told in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("classes = 1", "utf-8")
    with pytest.raises(CourseError) as caught:
        course('lessons = ["bad.toml", "irs", "iris", "iris"]\nframes = ["wide", "tall"]', tmp_path)
    bad, misspelt, *twice = caught.value.mistakes
    assert "bad.toml" in bad
    assert "irs" in misspelt
    assert [mistake.partition(";")[0] for mistake in twice] == [
        "two films would be in the folder 'iris-en-wide'",
        "two films would be in the folder 'iris-en-tall'",
    ]


@pytest.mark.parametrize("one, other", [("a/own.toml", "b/own.toml"), ("own.toml", "OWN.toml")])
def test_lessons_that_would_share_a_folder_are_told(one: str, other: str, tmp_path: Path) -> None:
    for file in (one, other):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(OWN, "utf-8")
    with pytest.raises(CourseError, match="two films would be in the folder"):
        course(f'lessons = ["{one}", "{other}"]', tmp_path)


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ("gone.toml", "there is no such file"),
        (".", "this is a directory"),
        ("nul\x00.toml", "there is no such file"),
    ],
)
def test_a_course_that_cannot_be_read_is_told(missing: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=f"{why}; give the path of a course file"):
        load_course(tmp_path / missing, FILM)


def test_more_films_than_anybody_means_are_refused_at_once(tmp_path: Path) -> None:
    many = ", ".join(f'"lesson {n}"' for n in range(1001))
    with pytest.raises(CourseError, match="more than 1000 films"):
        course(f"lessons = [{many}]", tmp_path)


@given(st.text(max_size=80, alphabet=st.characters(exclude_categories=["Cc", "Cs"])), st.text(min_size=1))
def test_a_folder_has_a_plain_name_whatever_is_typed(title: str, lesson: str) -> None:
    for film in (FilmTable(lesson=lesson[:1000], name=title or None), FilmTable(lesson=lesson[:1000])):
        name = name_of(film)
        assert name
        assert not set(name) & set("/\\.:<>\"'&?*\x00 ")
        assert name[0] not in "-_"
        assert len(name.encode()) <= 255


def test_letters_of_every_script_stay_readable() -> None:
    assert name_of(FilmTable(lesson="课程/猫和狗.toml", language="zh")) == "猫和狗-zh-wide"
