"""Words and scenes must fit before a frame is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration.script import Script, unknown_keys
from softmax_explained.stage.scene.beat import cues_of
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
        WordsError: everything that is wrong, one a line: a missing or unknown key, a placeholder that is no
            quantity, a mark that no move uses, a move whose mark is missing, a label that is not shown, a
            rule of a derivation that has no name.
    """
    chapters = tuple(chapters)
    whole = {chapter.name: chapter.beats() for chapter in (*film, *chapters)}
    wrong = [f"{key}: nothing reads it" for key in unknown_keys(script, whole)]
    for table, names in script.schema.shared.items():
        for name in sorted(names):
            wrong += _complaint(script.shared, table, name)
    wrong += _complaint(lambda: script.reading)
    for chapter in chapters:
        wrong += _complaint(script.chapter_title, chapter.name)
        for name, method in chapter.beat_methods().items():
            cues = cues_of(method)
            wrong += _wrong_with(script, f"{chapter.name}.{name}", cues.marks, cues.labels)
    if wrong:
        raise WordsError(
            f"{script.file} does not fit the film:\n  " + "\n  ".join(wrong),
            hint="marks: {name|words} in a sentence, self.on(name) in the beat; labels: self.label(name)",
        )


def _complaint(read: Callable[..., object], *of: str) -> list[str]:
    """What is wrong with what is read, if anything is."""
    try:
        read(*of)
    except WordsError as error:
        return [error.message]
    return []


def _wrong_with(script: Script, beat: str, marks: tuple[str, ...], labels: tuple[str, ...]) -> list[str]:
    try:
        script.title(beat)
        sentences, written = script.sentences(beat), script.labels(beat)
    except WordsError as error:
        return [error.message]
    wrong = []
    for key, sentence in sentences.items():
        wrong += [
            f"{beat}.{key}: mark {mark!r} starts no move" for mark in sentence.marks if mark not in marks
        ]
        wrong += [f"{beat}.{key}: mark {mark!r} is missing" for mark in marks if mark not in sentence.marks]
        if set(sentence.marks) == set(marks) and tuple(sentence.marks) != marks:
            wrong.append(f"{beat}.{key}: the moves come in another order: {', '.join(marks)}")
    wrong += [f"{beat}.labels.{name}: not shown" for name in written if name not in labels]
    return wrong + [f"{beat}.labels.{name} is missing" for name in labels if name not in written]
