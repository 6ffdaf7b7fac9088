"""Splits the narration into captions: short enough to read, broken at phrases, in sync with the speech."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from softmax_explained.stage.design.writing_system import Writing, width_in_signs, writing_of
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.studio.captions.phrase_breaks import ANYWHERE, Chunk, break_cost, chunks, joined


@dataclass(frozen=True)
class Limits:
    """What viewers can read."""

    characters: int  # per line
    lines: int  # per caption
    per_second: float  # characters per second
    shortest: float  # duration of a caption in seconds
    longest: float  # duration of a caption in seconds
    unbroken: tuple[str, ...] = ()  # words, in a script without spaces, that are not broken
    writing: Writing = "words"

    def length(self, text: str) -> float:
        """The length of a text in characters; in a script of signs Latin letters and digits are halves.

        >>> LIMITS["words"].length("softmax"), LIMITS["signs"].length("softmax 函数")
        (7.0, 6.0)
        """
        return width_in_signs(text) if self.writing == "signs" else float(len(text))

    @classmethod
    def of(cls, text: str, reading: Reading, width: float | None = None) -> Limits:
        """The limits of a language, from a sample of text and the settings of its words file.

        Args:
            text: a sample.
            reading: the settings.
            width: of a line in ems, if captions are burned into a picture of limited width.

        >>> Limits.of("一个神经元", Reading(caption_rate=7)).characters
        16
        """
        writing = writing_of(text)
        usual = LIMITS[writing]
        most = reading.caption_characters or usual.characters
        return replace(
            usual,
            characters=most if width is None else min(most, int(width / EMS[writing])),
            per_second=reading.caption_rate or usual.per_second,
            unbroken=reading.unbroken,
        )


LIMITS: Mapping[Writing, Limits] = MappingProxyType(
    {"words": Limits(42, 2, 20, 5 / 6, 7), "signs": Limits(16, 2, 9, 1.5, 6, writing="signs")}
)
"""By writing system: Netflix's timed text style guides for English and for Simplified Chinese."""

EMS: Mapping[Writing, float] = MappingProxyType({"words": 0.55, "signs": 1.0})
"""The average width of a character in a long line, in ems."""

GAP = 2  # frames between two captions, so that the change is noticed

_ROUNDING = 0.002  # seconds: the files have times in milliseconds
_CHANGE = 6.0  # the cost of one more caption
_UNEVEN = 16.0  # the cost of a second line that is empty
_LITTLE = 1 / 3  # of a line: a caption with less is better shown together with its neighbour

_LINGER = 1.0  # seconds for which a caption that is long enough may stay after its last word, and of the
# longest silence within


@dataclass(frozen=True)
class Spoken:
    """A sentence in the film, with the start and end of each of its tokens in seconds of the film."""

    sentence: Sentence
    times: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, sentence: Sentence, timing: BeatTiming, start: float) -> Spoken:
        """A sentence whose first word starts at a time in seconds of the film."""
        return cls(sentence, tuple((start + word.start, start + word.end) for word in timing.words))


def captions(spoken: tuple[Spoken, ...], limits: Limits, frame_rate: int, duration: float) -> tuple[Cue, ...]:
    """The captions of sentences in order, in a film of some frames per second and seconds."""
    gap = GAP / frame_rate + _ROUNDING
    cues = list[Cue]()
    for number, said in enumerate(spoken):
        free = spoken[number + 1].times[0][0] - gap if number + 1 < len(spoken) else duration
        pieces = chunks(said.sentence, said.times, limits.characters, limits.length, limits.unbroken)
        cues += _cues(tuple(pieces), limits, gap, free)
    return tuple(cues)


def _cues(pieces: tuple[Chunk, ...], limits: Limits, gap: float, free: float) -> tuple[Cue, ...]:
    """Split one sentence into captions at the lowest cost; the last one must end at time `free`."""

    def until(first: int, last: int) -> float:
        following = pieces[last].start - gap if last < len(pieces) else free
        length = limits.length(joined(pieces[first:last]))
        enough = pieces[first].start + max(limits.shortest, length / limits.per_second)
        return min(following, max(pieces[last - 1].end + _LINGER, enough))

    # From each piece on: the cost of the captions and the captions. The last piece is the first to be known.
    cheapest: list[tuple[float, tuple[Cue, ...]]] = [*((math.inf, ()) for _ in pieces), (0.0, ())]
    for first in reversed(range(len(pieces))):
        for last in range(first + 1, len(pieces) + 1):
            fitting = _lines(pieces[first:last], limits)
            if fitting is None or _silence_before(pieces, last - 1, first) > _LINGER:
                break
            line_break, lines = fitting
            start = pieces[first].start
            cost = line_break + _cost(" ".join(lines), until(first, last) - start, limits)
            cost += 1000 * max(pieces[last - 1].end - start - limits.longest, 0)
            if last < len(pieces):
                cost += break_cost(pieces[last - 1], pieces[last])
            rest, cues = cheapest[last]
            if cost + rest < cheapest[first][0]:
                end = min(until(first, last), start + limits.longest)
                cheapest[first] = cost + rest, (Cue(start, end, lines), *cues)
    return cheapest[0][1]


def _silence_before(pieces: Sequence[Chunk], number: int, first: int) -> float:
    """Seconds between a piece and the one before it, if that is one of a caption's pieces from `first` on."""
    return pieces[number].start - pieces[number - 1].end if number > first else 0.0


def _cost(text: str, seconds: float, limits: Limits) -> float:
    """The cost of a caption: `_CHANGE`, and more if it is too fast, too short, too long or a word or two."""
    length = limits.length(text)
    too_fast = max(length / max(seconds, 0.01) - limits.per_second, 0)
    too_short = max(limits.shortest - seconds, 0)
    too_little = max(1 - length / (limits.characters * _LITTLE), 0)
    return _CHANGE + 100 * too_fast + 1000 * too_short + 30 * too_little


def _lines(pieces: Sequence[Chunk], limits: Limits) -> tuple[float, tuple[str, ...]] | None:
    """One line, or two of similar length broken at the lowest cost; None if the text does not fit.

    With them, how much worse their break is than one between any two words: a caption of one line is no
    better than one of two that are broken well.
    """
    whole = joined(pieces)
    if limits.length(whole) <= limits.characters:
        return 0.0, (whole,)
    best: tuple[float, float, tuple[str, ...]] | None = None
    for cut in range(1, len(pieces)):
        halves = joined(pieces[:cut]), joined(pieces[cut:])
        lengths = [limits.length(half) for half in halves]
        if max(lengths) <= limits.characters:
            difference = abs(lengths[0] - lengths[1]) / limits.characters
            broken = break_cost(pieces[cut - 1], pieces[cut])
            if best is None or broken + _UNEVEN * difference < best[0]:
                best = broken + _UNEVEN * difference, max(broken - ANYWHERE, broken / 3), halves
    return best and best[1:]
