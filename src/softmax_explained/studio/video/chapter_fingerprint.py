"""All that a chapter's picture depends on, part by part, so that a difference can be told by name."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from functools import cache

from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.script import SHARED_TABLES, VARIANTS, Script
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import PICTURE_PACKAGES, Fingerprint, versions
from softmax_explained.studio.cache.import_graph import PROJECT, code_behind, hashes
from softmax_explained.studio.planning.plan import PlannedChapter

_DRAWING = "softmax_explained.studio.video.segment"
_CUTTING = "softmax_explained.studio.workers.takes", "softmax_explained.studio.video.mux"
_SAID = frozenset({"say", *VARIANTS})


def fingerprint(production: Production, script: Script, chapter: PlannedChapter) -> Fingerprint:
    """What the reel of a chapter is made of.

    What is said is no part of it, but when: new words that take as long change no picture.

    Args:
        production: the settings.
        script: the words.
        chapter: with the times of its words.
    """
    parts = {
        "lesson": production.lesson.picture_data(production.language),
        "frame": production.frame,
        "quality": production.quality,
        "cut": production.cut.beats,
        "words in the picture": _written(script.words, chapter.scene.name),
        "times of the words": list(_times(chapter, production.frame_rate)),
    }
    return {part: digest(value) for part, value in parts.items()} | dict(
        tools(chapter.scene, production.language)
    )


def tools(scene: type[Chapter], language: str) -> Fingerprint:
    """The part of it that is not the film's but the machine's: the code, the style, the packages.

    Args:
        scene: the chapter.
        language: of the film.
    """
    parts = {
        "language": language,
        "style": dict(style().tables),
        "python": platform.python_version(),
        **versions(PICTURE_PACKAGES),
    }
    code = _code(scene.__module__)
    return {part: digest(value) for part, value in parts.items()} | {
        f"code {_file(module)}": found for module, found in code.items()
    }


@cache
def _code(scene: str) -> Mapping[str, str]:
    return {**code_behind(scene, _DRAWING), **hashes(*_CUTTING)}


def _file(module: str) -> str:
    return module.removeprefix(f"{PROJECT}.").replace(".", "/") + ".py"


def _written(words: Mapping[str, object], chapter: str) -> dict[str, object]:
    """The tables that a chapter reads, but for what is said."""
    tables = {name: words.get(name) for name in (chapter, *SHARED_TABLES)}
    return {name: _unsaid(table) for name, table in tables.items()}


def _unsaid(table: object) -> object:
    if not isinstance(table, Mapping):
        return table
    return {key: _unsaid(value) for key, value in table.items() if key not in _SAID}


def _times(chapter: PlannedChapter, rate: int) -> Iterator[list[object]]:
    """When each beat's marks are and how long it is said, in whole frames."""
    for beat in chapter.beats:
        marks = {mark: round(time * rate) for mark, time in beat.timing.marks.items()}
        yield [beat.id, round(beat.timing.speech * rate), list(marks.items())]
