"""What a chapter leaves behind beside its picture: per beat its times and everything that was shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class ShownNumber:
    """A number on screen at the end of a beat.

    Attributes:
        key: the quantity it stands for.
        text: its digits as drawn.
        value: the exact value in the core.
        exponent: the value is ``value`` times ten to this power.
    """

    key: str
    text: str
    value: float
    exponent: int = 0


@dataclass(frozen=True)
class ShownFormula:
    """A formula on screen at the end of a beat.

    Attributes:
        typst: its Typst source without colour ids.
        text: as plain text.
        proof: per relation in it, the line, identity or definition it is; empty for what claims nothing.
        part_of: of what claims nothing, a statement that has it as one side, if there is one.
    """

    typst: str
    text: str
    proof: tuple[str, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True)
class MarkedMove:
    """A move that starts on a word: the mark, when the word is said and when the move started, in seconds."""

    mark: str
    word: float
    start: float


@dataclass(frozen=True)
class BeatRecord:
    """One beat as it was played; times in seconds from the start of the reel.

    Attributes:
        id: ``chapter.name``.
        chapter: its name.
        title: as on screen.
        start: when the beat begins.
        speech_start: when its first word is said.
        speech_end: when its last word has been said.
        end: when the next beat begins, or the reel ends.
        narration: the sentence as captions show it.
        moves: the moves that start on a word.
        numbers: the numbers on screen at the end.
        formulas: the formulas on screen at the end.
        words: the words on screen at the end.
    """

    id: str
    chapter: str
    title: str
    start: float
    speech_start: float
    speech_end: float
    end: float
    narration: str
    moves: tuple[MarkedMove, ...] = ()
    numbers: tuple[ShownNumber, ...] = ()
    formulas: tuple[ShownFormula, ...] = ()
    words: tuple[str, ...] = field(default_factory=tuple)

    def later(self, seconds: float) -> BeatRecord:
        """The beat so many seconds later; earlier, if they are negative."""
        return replace(
            self,
            start=self.start + seconds,
            speech_start=self.speech_start + seconds,
            speech_end=self.speech_end + seconds,
            end=self.end + seconds,
            moves=tuple(
                replace(move, word=move.word + seconds, start=move.start + seconds) for move in self.moves
            ),
        )
