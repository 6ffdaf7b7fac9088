"""Words and scenes must fit before a frame is drawn."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration import document_words
from softmax_explained.stage.narration.script import Script, unknown_keys
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.scene.beat import Cues, cues_of
from softmax_explained.stage.scene.chapter import Chapter


def check_words(
    script: Script, chapters: Iterable[type[Chapter]], film: Iterable[type[Chapter]] = ()
) -> None:
    """Compare a words file with the chapters that read it.

    Args:
        script: the words, filled.
        chapters: the chapters that will be drawn.
        film: every chapter the words file may have words for; `chapters` if not given.

    Raises:
        WordsError: everything that is wrong, one per line: a missing or unknown key, a placeholder that is no
            quantity, a mark that no move uses, a move whose mark is missing, a mark in a description, a label
            that is not shown, a rule of a derivation that has no name.
    """
    chapters = tuple(chapters)
    whole = {chapter.name: chapter.beats() for chapter in (*film, *chapters)}
    errors = [f"{key}: nothing reads it" for key in unknown_keys(script, whole)]

    def read(get: Callable[..., Any], *of: Any) -> Any:
        try:
            return get(*of)
        except WordsError as error:
            errors.append(error.message)

    for table, names in script.schema.shared.items():
        for name in sorted(names):
            read(script.shared, table, name)
    read(lambda: script.reading)
    for name in document_words.ENGLISH:
        read(script.document, name)
    for chapter in chapters:
        read(script.chapter_title, chapter.name)
        for name, method in chapter.beat_methods().items():
            cues = cues_of(method)
            errors += read(_beat_errors, script, f"{chapter.name}.{name}", cues) or ()
            labels = read(script.labels, f"{chapter.name}.{name}") or {}
            read(script.sights, f"{chapter.name}.{name}")
            unread = [
                label for label in labels if label not in {*cues.labels, *_literals(inspect.getfile(chapter))}
            ]
            errors += [f"{chapter.name}.{name}.labels.{label}: not shown" for label in unread]
    _raise_if_any(errors, script)


def check_sentences(script: Script, chapters: Iterable[type[Chapter]], beats: Container[str]) -> None:
    """Compare the sentences of a words file that is only read in captions with the chapters.

    Its titles and labels are not written anywhere, and its letters are drawn by the player.

    Args:
        script: the words, filled.
        chapters: the chapters that are shown.
        beats: the ids of the beats that are shown.

    Raises:
        WordsError: everything that is wrong, one per line: a missing sentence, a placeholder that is no
            quantity, marks that are not those of the moves, a wrong reading speed.
    """
    errors = list[str]()
    try:
        _ = script.reading
    except WordsError as error:
        errors.append(error.message)
    for chapter in chapters:
        for name, method in chapter.beat_methods().items():
            if (beat := f"{chapter.name}.{name}") in beats:
                try:
                    errors += _sentence_errors(script.sentences(beat), beat, cues_of(method))
                except WordsError as error:
                    errors.append(error.message)
    _raise_if_any(errors, script)


def _raise_if_any(errors: list[str], script: Script) -> None:
    if errors:
        raise WordsError(
            f"{script.file} does not fit the film:\n  " + "\n  ".join(errors),
            hint="marks: {name|words} in a sentence, self.on(name) in the beat; labels: self.label(name)",
        )


def _beat_errors(script: Script, beat: str, cues: Cues) -> list[str]:
    script.title(beat)
    written = script.labels(beat)
    captions = {key: narration.caption for key, narration in script.narrations(beat).items()}
    errors = _sentence_errors(captions, beat, cues)
    return errors + [f"{beat}.labels.{name} is missing" for name in cues.labels if name not in written]


def _sentence_errors(captions: Mapping[str, Sentence], beat: str, cues: Cues) -> list[str]:
    """Where the marks of the sentences of a beat, by key, are not those of its moves."""
    errors = list[str]()
    for key, caption in captions.items():
        marks, where = tuple(caption.marks), f"{beat}.{key}"
        errors += [f"{where}: mark {mark!r} starts no move" for mark in marks if mark not in cues.marks]
        errors += [f"{where}: mark {mark!r} is missing" for mark in cues.marks if mark not in marks]
        if set(marks) == set(cues.marks) and marks != cues.marks:
            errors.append(f"{where}: the moves come in another order: {', '.join(cues.marks)}")
    return errors


@cache
def _literals(module: str) -> frozenset[str]:
    """The string literals in the modules beside a ``scene.py``, which may show labels of its beats too."""
    file = Path(module)
    modules = sorted(file.parent.glob("*.py")) if file.name == "scene.py" else []
    nodes = (node for module in modules for node in ast.walk(ast.parse(module.read_text("utf-8"))))
    return frozenset(
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
