"""What a film and its beats depend on, part by part, found without loading the renderer."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.script import sentence_keys
from softmax_explained.stage.narration.words_file import words_path
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.beat_code import BeatCode, beat_code
from softmax_explained.studio.cache.checksums import digest, sha256_or_empty
from softmax_explained.studio.cache.fingerprint import (
    FILM_PACKAGES,
    PICTURE_PACKAGES,
    Fingerprint,
    changes,
    versions,
)
from softmax_explained.studio.cache.import_graph import PROJECT, code_behind, source_of
from softmax_explained.studio.speech.text.lexicon import FOLDER
from softmax_explained.studio.speech.voices import voices_of

if TYPE_CHECKING:
    from softmax_explained.stage.scene.chapter import Chapter
    from softmax_explained.studio.planning.plan import PlannedBeat, PlannedChapter

_STUDIO = f"{PROJECT}.studio"
_MAKERS = f"{_STUDIO}.planning.plan", f"{_STUDIO}.output.make_film"
_DRAWING = f"{_STUDIO}.video.segment"

_OWN, _BEFORE = " (the beat)", " (beats before)"
"""What follows a module's name in the parts with the code of some of its beats."""

_REQUEST = "beat", "lesson", "language", "frame", "quality", "cut", "captions", "times of the words"
_PAINTING = (
    *("python", "library cairo", "package manim", "package numpy", "package av", "package pycairo"),
    *("code studio/painting/", "code studio/video/"),
    *("code stage/manim_config.py", "code stage/scene/dry_run.py"),
)


def film_fingerprint(production: Production) -> Fingerprint:
    """What the finished files of a film depend on, before it is planned."""
    film = production.film
    parts = {
        **production.settings(),
        "voice": voices_of(production.voice),
        "recordings": _recordings(production.recordings),
        "pronunciation": [_hash(file) for file in sorted(FOLDER.iterdir(), key=str)],
        "cut": production.cut.beats,
        "chapters": production.shown,
        "words": _hash(words_path(production.language, film.words_folder)),
        "captions in other languages": {
            tag: _hash(words_path(tag, film.words_folder)) for tag in production.languages[1:]
        },
        "style": _hash(resources.files("softmax_explained.assets") / "style.toml"),
        "code": dict(_film_code(*film.modules, *map(film.scenes.format, production.shown))),
        "python": platform.python_version(),
        **versions(FILM_PACKAGES),
    }
    return {part: digest(value) for part, value in parts.items()}


def _recordings(folder: Path | None) -> dict[str, str]:
    """The checksums of the files in a folder of recordings."""
    try:
        return {file.name: sha256_or_empty(file) for file in sorted(folder.iterdir())} if folder else {}
    except OSError:  # planning says what is wrong
        return {}


def beat_fingerprint(production: Production, chapter: PlannedChapter, number: int) -> Fingerprint:
    """What the segment of a beat depends on.

    The times of its words are a part of it, but not the words: other words that take as long change no frame,
    unless captions are burned in. The beats before it are played without being drawn, and leave the same
    picture behind whatever their times are. Of the code of the chapter it depends on its own and on that of
    the beats before it.

    Args:
        production: the settings.
        chapter: the chapter, with the beats that are shown.
        number: the place of the beat among them, from 0.
    """
    rate, beat = production.frame_rate, chapter.beats[number]
    parts = {
        "beat": beat.id,
        "lesson": production.lesson.picture_data(production.language),
        "frame": production.frame,
        "quality": production.quality,
        "cut": production.cut.beats,
        "captions": [
            production.caption_mode,
            [
                (round(cue.start * rate), round(cue.end * rate), cue.lines)
                for cue in beat.cues.get(production.tag, ())
                if production.caption_mode == "burn"
            ],
        ],
        "words in the picture": _words_in_picture(production, chapter.scene.name),
        "times of the words": [_times(each, rate) for each in _with_short_ones_before(chapter, number)],
    }
    return {
        **{part: digest(value) for part, value in parts.items()},
        **environment(production, chapter.scene),
        **_chapter_code(chapter.scene, beat.id),
    }


def same_but_for_beats_before(fingerprint: Fingerprint, other: Fingerprint) -> bool:
    """Whether they differ in nothing but the code of beats before it in its chapter.

    Then a beat that begins in the same state has the same pictures.
    """
    return all(part.endswith(_BEFORE) for part in changes(fingerprint, other))


def request(fingerprint: Fingerprint) -> Fingerprint:
    """The part of it that is asked for with a film: all but code, style, packages and words in the picture.

    >>> request({"beat": "1", "frame": "2", "style": "3", "code scenes/loss/scene.py": "4"})
    {'beat': '1', 'frame': '2'}
    """
    return {part: fingerprint[part] for part in _REQUEST if part in fingerprint}


def painting(fingerprint: Fingerprint) -> Fingerprint:
    """The part of it that decides how pictures are painted and encoded, and not what they show.

    >>> painting({"package av": "1", "code studio/painting/rows.py": "2", "code scenes/film.py": "3"})
    {'package av': '1', 'code studio/painting/rows.py': '2'}
    """
    return {part: value for part, value in fingerprint.items() if part.startswith(_PAINTING)}


def _chapter_code(scene: type[Chapter], beat: str) -> Fingerprint:
    """The code of a chapter's own module that a beat depends on, in place of that of the whole module."""
    code = _code_of_beats(scene.__module__, scene.__name__)
    file, name = _part_of(scene.__module__), beat.partition(".")[2]
    if name not in code.beats:  # of a class that this one is derived from, or not told apart
        return {}
    before = [*code.beats.items()][: [*code.beats].index(name)]
    return {file: code.common, f"{file}{_OWN}": code.beats[name], f"{file}{_BEFORE}": digest(before)}


@cache
def _code_of_beats(module: str, chapter: str) -> BeatCode:
    return beat_code(source_of(module), chapter)


def _times(beat: PlannedBeat, rate: int) -> list[object]:
    timing = beat.timing
    marks = [(mark, round(time * rate)) for mark, time in timing.marks.items()]
    return [beat.id, round(timing.speech * rate), marks]


def _with_short_ones_before(chapter: PlannedChapter, number: int) -> Iterator[PlannedBeat]:
    """A beat, and those before it that are so short that a title of theirs still stands when it begins."""
    pace = style().pace
    yield chapter.beats[number]
    for beat in reversed(chapter.beats[:number]):
        if beat.timing.speech + pace("breath") > pace("title") + pace("lead"):
            return
        yield beat


def environment(production: Production, scene: type[Chapter]) -> Fingerprint:
    """The part of it that depends on the machine: code, style and packages."""
    parts = {
        "language": production.language,
        "style": dict(style().tables),
        "python": platform.python_version(),
        **versions(PICTURE_PACKAGES),
    }
    return {part: digest(value) for part, value in parts.items()} | {
        _part_of(module): found
        for module, found in _picture_code(*production.film.modules, scene.__module__).items()
    }


def _part_of(module: str) -> str:
    """The name of the part of a fingerprint with the code of a module."""
    return f"code {module.removeprefix(f'{PROJECT}.').replace('.', '/')}.py"


@cache
def _film_code(*modules: str) -> Fingerprint:
    return code_behind(*_MAKERS, *modules)


@cache
def _picture_code(*modules: str) -> Mapping[str, str]:
    return code_behind(_DRAWING, *modules)


def _words_in_picture(production: Production, chapter: str) -> dict[str, object]:
    """The tables that a chapter reads, without the sentences."""
    schema, words = production.film.schema, production.script.words
    sentences = sentence_keys(schema)
    return {name: _without(sentences, words.get(name)) for name in (chapter, *schema.shared)}


def _without(keys: set[str], table: object) -> object:
    if not isinstance(table, Mapping):
        return table
    return {key: _without(keys, value) for key, value in table.items() if key not in keys}


def _hash(file: Traversable) -> str | None:
    """The hash of a file, or None if it cannot be read: then no film was made from it."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
