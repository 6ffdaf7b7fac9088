"""What a chapter leaves behind beside its picture: per beat its times and everything that was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from softmax_explained.stage.narration.timing import Pause


@dataclass(frozen=True)
class ShownNumber:
    """A number on screen at the end of a beat; its exact value is value · 10^exponent."""

    key: str  # of the quantity
    text: str  # its digits as drawn
    value: float
    exponent: int = 0


@dataclass(frozen=True)
class ShownFormula:
    """A formula on screen at the end of a beat."""

    typst: str  # without colour ids
    text: str
    proof: tuple[str, ...] = ()  # per relation in it, the line, identity or definition it is
    part_of: str | None = None  # if it claims nothing, a statement that has it as one side
    mathml: str = ""  # for a line of its own
    spoken: str = ""  # in words, in the language of the film, or in English


@dataclass(frozen=True)
class MarkedMove:
    """A move that starts on a word: the mark, when the word is said and when the move started, in seconds."""

    mark: str
    word: float
    start: float


SOUNDS: Mapping[str, str] = MappingProxyType(
    {
        "cancel": "a term is struck out",
        "land": "something arrives at its place",
        "count": "a counter goes one up",
    }
)
"""The sounds that a beat may ask for, and what each of them goes with."""


@dataclass(frozen=True)
class RequestedSound:
    """A sound that goes with a move: a key of `SOUNDS`, and when it starts, in seconds."""

    kind: str
    start: float


@dataclass(frozen=True)
class BeatRecord:
    """One beat as it was played; times in seconds from the start of the segment."""

    id: str  # chapter.name
    chapter: str
    title: str
    start: float
    speech_start: float
    speech_end: float
    end: float  # the next beat begins, or the segment ends
    narration: str  # the sentence as captions show it
    moves: tuple[MarkedMove, ...] = ()
    numbers: tuple[ShownNumber, ...] = ()  # on screen at the end, as what follows
    formulas: tuple[ShownFormula, ...] = ()
    words: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()  # the silences in the speech that the words file asks for
    sounds: tuple[RequestedSound, ...] = ()  # beside the speech

    def later(self, seconds: float) -> BeatRecord:
        """The beat shifted by a number of seconds; earlier if it is negative."""
        names = "start", "speech_start", "speech_end", "end"
        times: dict[str, Any] = {name: getattr(self, name) + seconds for name in names}
        moves = (replace(each, word=each.word + seconds, start=each.start + seconds) for each in self.moves)
        pauses = tuple(pause.later(seconds) for pause in self.pauses)
        sounds = tuple(replace(each, start=each.start + seconds) for each in self.sounds)
        return replace(self, **times, moves=tuple(moves), pauses=pauses, sounds=sounds)
