"""A course: many films, each with a folder of its own."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from softmax_explained.core.interfaces import FilmLesson
from softmax_explained.errors import CourseError, SoftmaxExplainedError
from softmax_explained.stage.scene.film import Film
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.batch.schema import CourseTable, FilmTable, read_course

MOST_FILMS = 1000
"""More in one course is a mistake in a list rather than a wish."""

_LONGEST_NAME = 80
"""Bytes of a folder's name that come from a user."""

_FILE = ".toml"
_USUAL = FilmTable.model_fields["cut"].default, FilmTable.model_fields["quality"].default


@dataclass(frozen=True)
class CourseFilm:
    """One film of a course.

    Attributes:
        name: of its folder.
        production: its settings.
    """

    name: str
    production: Production


@dataclass(frozen=True)
class Course:
    """Films to make.

    Attributes:
        where: the course file.
        title: of the course.
        out: the folder of the films' folders and of their index.
        films: in the order they are made.
    """

    where: str
    title: str
    out: Path
    films: tuple[CourseFilm, ...]


def load_course(file: Path, show: Film, out: Path | None = None) -> Course:
    """Read a course, and the lessons in it.

    Args:
        file: the course file; paths in it start at its folder.
        show: what is shown with every lesson.
        out: the folder of the films, in place of the one the file names.

    Raises:
        CourseError: the file or a lesson is wrong, or two films would lie in one folder; all of it is told.
    """
    table = read_course(file)
    wanted = list(itertools.islice(_tables(table), MOST_FILMS + 1))
    if not wanted:
        raise CourseError(str(file), ['lessons: there is no film in it; write lessons = ["iris"], for one'])
    if len(wanted) > MOST_FILMS:
        raise CourseError(str(file), [f"it asks for more than {MOST_FILMS} films; make it several courses"])
    films, mistakes = list[CourseFilm](), dict[str, None]()
    read_lesson = cache(lambda asked: show.read_lesson(asked, file.parent))
    for one in wanted:
        try:
            films.append(
                CourseFilm(name_of(one), _production(show, one, read_lesson(one.lesson), file.parent))
            )
        except SoftmaxExplainedError as error:
            mistakes[f"{error.message}; {error.hint}"] = None
    if found := [*mistakes, *_collisions(films)]:
        raise CourseError(str(file), found)
    return Course(
        str(file), table.title or file.stem, out or file.parent / (table.out or file.stem), tuple(films)
    )


def name_of(film: FilmTable) -> str:
    """The name of a film's folder: readable, and no path, whatever was typed.

    What is as usual is left out, so that a course that grows renames nothing.

    >>> name_of(FilmTable(lesson="lessons/My lesson.toml", language="zh", cut="short"))
    'My-lesson-zh-wide-short'
    >>> name_of(FilmTable(lesson="iris", name="../../etc"))
    'etc'
    """
    if film.name:
        return _safe(film.name) or "film"
    told = _stem(film.lesson), _stem(film.language), film.frame
    special = [each for each in (film.cut, film.quality) if each not in _USUAL]
    return "-".join([*(_safe(each) or "film" for each in told), *special])


def _tables(course: CourseTable) -> Iterator[FilmTable]:
    """Every film of a course, one by one."""
    grid = itertools.product(course.lessons, course.languages, course.frames, course.cuts, course.qualities)
    for lesson, language, frame, cut, quality in grid:
        yield FilmTable(
            lesson=lesson, language=language, frame=frame, cut=cut, quality=quality, voice=course.voice
        )
    yield from course.film


def _production(show: Film, film: FilmTable, lesson: FilmLesson, folder: Path) -> Production:
    own_words = film.language.endswith(_FILE)
    return Production(
        show,
        lesson,
        language=str(folder / film.language) if own_words else film.language,
        frame=film.frame,
        quality=film.quality,
        voice=film.voice,
        cut=show.cut(film.cut),
    )


def _collisions(films: list[CourseFilm]) -> Iterator[str]:
    """Films with one folder; some disks take capitals for small letters."""
    seen = dict[str, str]()
    for film in films:
        key = unicodedata.normalize("NFKC", film.name).casefold()
        if key in seen:
            yield (
                f"two films would lie in the folder {film.name!r}; ask for each of them once, "
                f'or give one a table [[film]] with a name = "…" of its own'
            )
        seen[key] = film.name


def _stem(path: str) -> str:
    return Path(path).stem if path.endswith(_FILE) else path


def _safe(typed: str) -> str:
    """Letters and digits of any script, with hyphens for all else."""
    plain = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", typed)).strip("-_")
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore").strip("-_")
