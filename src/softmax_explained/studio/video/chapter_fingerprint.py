"""Everything that the picture of a chapter depends on, part by part, so that a difference can be named."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache

from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import PICTURE_PACKAGES, Fingerprint, versions
from softmax_explained.studio.cache.import_graph import PROJECT, code_behind, hashes
from softmax_explained.studio.planning.plan import PlannedChapter

_DRAWING = "softmax_explained.studio.video.segment"
_JOINING = "softmax_explained.studio.workers.takes", "softmax_explained.studio.video.mux"


def chapter_fingerprint(production: Production, chapter: PlannedChapter) -> Fingerprint:
    """What the segment of a chapter depends on.

    The times of the words are a part of it, but not the words: other words that take as long change no frame.
    """
    rate = production.frame_rate
    parts = {
        "lesson": production.lesson.picture_data(production.language),
        "frame": production.frame,
        "quality": production.quality,
        "cut": production.cut.beats,
        "words in the picture": _words_in_picture(production, chapter.scene.name),
        "times of the words": [
            [
                beat.id,
                round(beat.timing.speech * rate),
                [(mark, round(time * rate)) for mark, time in beat.timing.marks.items()],
            ]
            for beat in chapter.beats
        ],
    }
    return {part: digest(value) for part, value in parts.items()} | dict(
        environment(production, chapter.scene)
    )


def environment(production: Production, scene: type[Chapter]) -> Fingerprint:
    """The part of it that depends on the machine: code, style and packages."""
    parts = {
        "language": production.language,
        "style": dict(style().tables),
        "python": platform.python_version(),
        **versions(PICTURE_PACKAGES),
    }
    return {part: digest(value) for part, value in parts.items()} | {
        f"code {module.removeprefix(f'{PROJECT}.').replace('.', '/')}.py": found
        for module, found in _code(production.film.module, scene.__module__).items()
    }


@cache
def _code(film: str, scene: str) -> Mapping[str, str]:
    return {**code_behind(film, scene, _DRAWING), **hashes(*_JOINING)}


def _words_in_picture(production: Production, chapter: str) -> dict[str, object]:
    """The tables that a chapter reads, without the sentences."""
    schema, words = production.film.words, production.script.words
    sentences = {"say", *schema.variants}
    return {name: _without(sentences, words.get(name)) for name in (chapter, *schema.shared)}


def _without(keys: set[str], table: object) -> object:
    if not isinstance(table, Mapping):
        return table
    return {key: _without(keys, value) for key, value in table.items() if key not in keys}
