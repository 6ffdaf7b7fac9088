"""When each word of a beat is spoken: from the voice or, without one, from the reading speed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from softmax_explained.stage.design.style import style
from softmax_explained.stage.design.writing_system import is_sign
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence, Token

_PAUSES = {",": 0.15, ";": 0.25, ":": 0.25, ".": 0.4, "?": 0.4, "!": 0.4}
_PAUSES |= {"、": 0.1, "，": 0.15, "；": 0.25, "：": 0.25, "。": 0.4, "？": 0.4, "！": 0.4}


@dataclass(frozen=True)
class WordTime:
    """A token of the sentence and when it is spoken, in seconds from the start of the speech."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class BeatTiming:
    """The times of one beat's speech."""

    speech: float  # seconds from the first word to the end of the last
    words: tuple[WordTime, ...]  # one entry per token of the sentence, in order
    marks: Mapping[str, float]  # seconds from the start of the speech to each mark's word

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))

    def __reduce__(self) -> tuple[type[BeatTiming], tuple[object, ...]]:
        """Pickle the marks as a dictionary, since mapping proxies cannot be pickled."""
        return BeatTiming, (self.speech, self.words, dict(self.marks))

    @classmethod
    def of(cls, sentence: Sentence, times: tuple[tuple[float, float], ...], speech: float) -> BeatTiming:
        """Combine a sentence with the start and end of each of its tokens."""
        words = tuple(
            WordTime(token.text, start, end)
            for token, (start, end) in zip(sentence.tokens, times, strict=True)
        )
        marks = {mark: words[index].start for mark, index in sentence.marks.items()}
        return cls(speech, words, marks)


def reading_time(sentence: Sentence, reading: Reading | None = None) -> BeatTiming:
    """Times for a silent film at reading speed, with pauses at the punctuation.

    The pauses are subtracted from the words' time, so that the overall speed is kept.

    Args:
        sentence: what is read.
        reading: the speed for its language, if it is not that of ``style.toml``.

    >>> said = Sentence.parse("Every {grows|value} becomes positive.", dict().__getitem__)
    >>> timing = reading_time(said)
    >>> round(timing.speech, 2), round(timing.marks["grows"], 2)
    (1.6, 0.3)
    """
    own, usual = reading or Reading(), style().reading
    a_word = 60 / (own.words_per_minute or usual("words_per_minute"))
    a_sign = 60 / (own.characters_per_minute or usual("characters_per_minute"))
    lengths = [a_sign * len(token.text) if is_sign(token.text) else a_word for token in sentence.tokens]
    pauses = [_pause(token) for token in sentence.tokens]
    total = sum(lengths)
    share = max(total - sum(pauses), total / 2) / total
    clock, times = 0.0, list[tuple[float, float]]()
    for length, pause in zip(lengths, pauses, strict=True):
        times.append((clock, clock + length * share))
        clock += length * share + pause
    return BeatTiming.of(sentence, tuple(times), clock)


def _pause(token: Token) -> float:
    return max((_PAUSES.get(mark, 0.0) for mark in token.after), default=0.0)
