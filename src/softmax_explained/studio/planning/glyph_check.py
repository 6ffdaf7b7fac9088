"""Finds characters that no font of the film has before a frame is drawn.

For a character without a glyph, a font draws a placeholder box: the outline that a code point which is not a
character has too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from softmax_explained.core.printing import typst
from softmax_explained.errors import LessonError, WordsError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.text.typesetter import typeset

_NO_CHARACTER = "\U0010fffe"


def without_glyph(text: str, language: str) -> list[str]:
    """The characters of a text that no font has, in order.

    >>> without_glyph("猫, gato, кот, γάτα, קט, பூனை: aᵢ − yᵢ", "zh")
    []
    >>> without_glyph("cat 𓃠", "en")
    ['𓃠']
    """
    box = _outlines(_NO_CHARACTER, language)[0]

    def boxed(part: str) -> bool:
        same = (glyph for glyph in _outlines(part, language) if glyph.shape == box.shape)
        return any(np.allclose(glyph, box, atol=1e-3) for glyph in same)

    if not boxed(text):
        return []
    return [letter for letter in dict.fromkeys(text) if not letter.isspace() and boxed(letter)] or [text]


def check_glyphs(script: Script, beats: Mapping[str, tuple[str, ...]]) -> None:
    """Make sure that all words of some chapters can be drawn.

    Args:
        script: the words, filled.
        beats: per chapter, the names of its beats.

    Raises:
        LessonError: the name of a class has a character without a glyph.
        WordsError: a title, a label, a sentence or a description has one.
    """
    lesson, language = script.solution.lesson, script.language
    for name in script.classes:
        for letter in without_glyph(name, language):
            key = "classes" if name in lesson.classes else "names"
            raise LessonError(
                lesson.source, key, f"{name!r} has {_unknown(letter)}", "letters that they have"
            )
    written = dict(_written(script, beats))
    if not without_glyph("".join(dict.fromkeys("".join(written.values()))), language):
        return
    for where, text in written.items():
        for letter in without_glyph(text, language):
            raise WordsError(
                f"{script.file}: {where} has {_unknown(letter)}", hint="choose letters they have"
            )


def _unknown(letter: str) -> str:
    return f"{letter!r} (U+{ord(letter[0]):04X}), which the fonts of the film do not have"


def _written(script: Script, beats: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What some chapters write or say, by the table it stands in."""
    for table, names in script.schema.shared.items():
        yield f"[{table}]", " ".join(script.shared(table, name) for name in sorted(names))
    for chapter, of_chapter in beats.items():
        yield f"[{chapter}]", script.chapter_title(chapter)
        for beat in (f"{chapter}.{name}" for name in of_chapter):
            said = map(str, (*script.sentences(beat).values(), *script.sights(beat).values()))
            yield f"[{beat}]", " ".join((script.title(beat), *script.labels(beat).values(), *said))


def _outlines(text: str, language: str) -> list[NDArray[np.float64]]:
    """The outlines of a text's glyphs, wherever in the line they stand."""
    families = ", ".join(typst.string(family) for family in style().fonts(language))
    setting = typeset(f"#{typst.string(text)}", f"#set text(font: ({families},))")
    return [each.points - each.points.min(axis=0) for each in setting.outlines if len(each.points)]
