"""A course: many films, each in a folder of its own."""

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

MOST_FILMS = 1000  # more films in one course are most likely a mistake
_LONGEST_NAME = 80  # bytes of the part of a folder name that comes from the user

_FILE = ".toml"
_DEFAULTS = FilmTable.model_fields["cut"].default, FilmTable.model_fields["quality"].default


@dataclass(frozen=True)
class CourseFilm:
    """One film of a course: the name of its folder, and its settings."""

    name: str
    production: Production


@dataclass(frozen=True)
class Course:
    """The films to make, in order, and the folder for their folders and their index."""

    where: str
    title: str
    out: Path
    films: tuple[CourseFilm, ...]


def load_course(file: Path, film: Film, out: Path | None = None) -> Course:
    """Read a course, and the lessons in it.

    Args:
        file: the course file; paths in it start at its folder.
        film: what is shown with every lesson.
        out: the folder of the films, in place of the one in the file.

    Raises:
        CourseError: the file or a lesson is invalid, or two films have one folder; it lists all errors.
    """
    table = read_course(file)
    wanted = list(itertools.islice(_tables(table), MOST_FILMS + 1))
    if not wanted:
        raise CourseError(str(file), ['lessons: the course has no films; write lessons = ["iris"]'])
    if len(wanted) > MOST_FILMS:
        raise CourseError(str(file), [f"it has more than {MOST_FILMS} films; split it into several courses"])
    films, mistakes = list[CourseFilm](), dict[str, None]()
    read_lesson = cache(lambda asked: film.read_lesson(asked, file.parent))
    for one in wanted:
        try:
            production = _production(film, one, read_lesson(one.lesson), file.parent)
            films.append(CourseFilm(name_of(one), production))
        except SoftmaxExplainedError as error:
            mistakes[f"{error.message}; {error.hint}"] = None
    if found := [*mistakes, *_collisions(films)]:
        raise CourseError(str(file), found)
    out = out or file.parent / (table.out or file.stem)
    return Course(str(file), table.title or file.stem, out, tuple(films))


def name_of(film: FilmTable) -> str:
    """The name of the folder of a film: readable, and a single path component whatever was typed.

    Default settings are left out, so that folders keep their names when a course grows.

    >>> name_of(FilmTable(lesson="lessons/My lesson.toml", language="zh", cut="short"))
    'My-lesson-zh-wide-short'
    >>> name_of(FilmTable(lesson="iris", name="../../etc"))
    'etc'
    """
    if film.name:
        return _safe(film.name) or "film"
    parts = _stem(film.lesson), _stem(film.language), film.frame
    special = [each for each in (film.cut, film.quality) if each not in _DEFAULTS]
    return "-".join([*(_safe(each) or "film" for each in parts), *special])


def _tables(course: CourseTable) -> Iterator[FilmTable]:
    """Every film of a course."""
    grid = itertools.product(course.lessons, course.languages, course.frames, course.cuts, course.qualities)
    for lesson, language, frame, cut, quality in grid:
        yield FilmTable(
            lesson=lesson,
            language=language,
            frame=frame,
            cut=cut,
            quality=quality,
            voice=course.voice,
            captions=course.captions,
            sounds=course.sounds,
        )
    yield from course.film


def _production(film: Film, table: FilmTable, lesson: FilmLesson, folder: Path) -> Production:
    own_words = table.language.endswith(_FILE)
    return Production(
        film,
        lesson,
        language=str(folder / table.language) if own_words else table.language,
        frame=table.frame,
        quality=table.quality,
        voice=table.voice,
        cut=film.cut(table.cut),
        captions=table.captions,
        sounds=table.sounds,
    )


def _collisions(films: list[CourseFilm]) -> Iterator[str]:
    """Films with the same folder; some file systems ignore case."""
    seen = dict[str, str]()
    for film in films:
        key = unicodedata.normalize("NFKC", film.name).casefold()
        if key in seen:
            hint = 'list each of them once, or give one a table [[film]] with a name = "…" of its own'
            yield f"two films would be in the folder {film.name!r}; {hint}"
        seen[key] = film.name


def _stem(path: str) -> str:
    return Path(path).stem if path.endswith(_FILE) else path


def _safe(typed: str) -> str:
    """Letters and digits of any script, with hyphens in place of everything else."""
    plain = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", typed)).strip("-_")
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore").strip("-_")
