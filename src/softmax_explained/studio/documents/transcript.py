"""What a transcript says, whatever its format: `transcript_page` and `transcript_markdown` write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from softmax_explained.stage.scene.record import BeatRecord, ShownFormula, ShownNumber
from softmax_explained.studio.video.mux import ChapterMark

_LONE = re.compile(r"\w[\w′,.]*|[−+]?[\d.]+|\W", re.UNICODE)
"""The plain text of one letter, one number or one sign: a label in a picture."""


@dataclass(frozen=True)
class Symbol:
    """What a number is the value of, in three notations, and its meaning."""

    text: str  # plain text
    mathml: str
    spoken: str
    meaning: str = ""  # a phrase in the language of the film; empty if there is none


@dataclass(frozen=True)
class Transcript:
    """What is said and shown in a film, in the language it is spoken in; times in seconds of the film."""

    language: str  # its tag
    title: str
    classes: tuple[str, ...]  # the names in the pictures
    duration: float
    chapters: tuple[ChapterMark, ...]
    beats: tuple[BeatRecord, ...]
    words: Mapping[str, str]  # the words of documents, see `document_words`
    symbols: Mapping[str, Symbol] = field(default_factory=dict)  # by the key of a number
    sights: Mapping[str, str] = field(default_factory=dict)  # what is seen, by beat, in the same language

    def parts(self) -> Iterator[tuple[ChapterMark, tuple[BeatRecord, ...]]]:
        """Each chapter with its beats, in order."""
        for mark in self.chapters:
            yield mark, tuple(beat for beat in self.beats if beat.chapter == mark.name)


def formulas_of(beat: BeatRecord) -> tuple[ShownFormula, ...]:
    """The formulas of a beat that say something: not lone letters, numbers and signs; proved ones first.

    >>> shown = [ShownFormula("", text) for text in ("z_i", "0.5", "=", "−ln a", "e^z")]
    >>> beat = BeatRecord("a.b", "a", "", 0, 0, 0, 0, "", formulas=tuple(shown))
    >>> [formula.text for formula in formulas_of(beat)]
    ['−ln a', 'e^z']
    """
    telling = [formula for formula in beat.formulas if not _LONE.fullmatch(formula.text)]
    return tuple(sorted(telling, key=lambda formula: not formula.proof))


def numbers_of(beat: BeatRecord) -> tuple[ShownNumber, ...]:
    """The numbers of a beat, one for each quantity: without a plus where the same digits have none."""
    shown = dict[str, ShownNumber]()
    for number in sorted(beat.numbers, key=lambda number: number.text.startswith("+")):
        if not any(number.text.lstrip("+") == one.text for one in shown.values() if one.key == number.key):
            shown[f"{number.key} {number.text}"] = number
    return tuple(sorted(shown.values(), key=lambda number: number.key))
