"""When each word of a beat is spoken: from the voice or, without one, from the reading speed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from softmax_explained.stage.design.style import style
from softmax_explained.stage.design.writing_system import is_sign
from softmax_explained.stage.narration.chinese_numbers import chinese_number
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence, Token

LONG_WORD = 12  # letters: a longer word, such as the name of a class, takes longer
LONGER = 1.5  # what a word of twice as many letters takes more, in words: it is read alone
LONG_AMONG_SIGNS = 6  # the same among Han characters, where captions are read more slowly

_PAUSES = {",": 0.15, ";": 0.25, ":": 0.25, ".": 0.4, "?": 0.4, "!": 0.4}
_PAUSES |= {"、": 0.1, "，": 0.15, "；": 0.25, "：": 0.25, "。": 0.4, "？": 0.4, "！": 0.4}


@dataclass(frozen=True)
class WordTime:
    """A token of the sentence and when it is spoken, in seconds from the start of the speech."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Pause:
    """A silence that the words file asks for, from the word before it to the word after it, in seconds."""

    mark: str  # the mark that asks for it
    start: float
    end: float

    def later(self, seconds: float) -> Pause:
        """The pause shifted by a number of seconds; earlier if it is negative."""
        return replace(self, start=self.start + seconds, end=self.end + seconds)


@dataclass(frozen=True)
class BeatTiming:
    """The times of one beat's speech, in seconds from its start."""

    speech: float  # to the end of the last word, and of the pause after it
    words: tuple[WordTime, ...]  # one entry per token of the caption, in order
    marks: Mapping[str, float]  # to the word of each mark
    pauses: tuple[Pause, ...] = ()  # in order

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))

    def __reduce__(self) -> tuple[type[BeatTiming], tuple[object, ...]]:
        """Pickle the marks as a dictionary, since mapping proxies cannot be pickled."""
        return BeatTiming, (self.speech, self.words, dict(self.marks), self.pauses)

    def later(self, seconds: float) -> BeatTiming:
        """The times with a number of seconds before the speech, which are a part of it."""
        words = (replace(word, start=word.start + seconds, end=word.end + seconds) for word in self.words)
        marks = {mark: start + seconds for mark, start in self.marks.items()}
        pauses = tuple(pause.later(seconds) for pause in self.pauses)
        return BeatTiming(self.speech + seconds, tuple(words), marks, pauses)

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
    """Times for a silent film at reading speed, with short breaks at the punctuation.

    The breaks are subtracted from the words' time, so that the overall speed is kept.

    Args:
        sentence: what is read.
        reading: the speed for its language, if it is not that of ``style.toml``.

    >>> said = Sentence.parse("Every {grows|value} becomes positive.", dict().__getitem__)
    >>> timing = reading_time(said)
    >>> round(timing.speech, 2), round(timing.marks["grows"], 2)
    (1.6, 0.3)
    """
    lengths = reading_lengths(sentence, reading or Reading())
    breaks = [_break(token) for token in sentence.tokens]
    total = sum(lengths)
    share = max(total - sum(breaks), total / 2) / total
    clock, times = 0.0, list[tuple[float, float]]()
    for length, pause in zip(lengths, breaks, strict=True):
        times.append((clock, clock + length * share))
        clock += length * share + pause
    return BeatTiming.of(sentence, tuple(times), clock)


def reading_lengths(sentence: Sentence, reading: Reading) -> tuple[float, ...]:
    """Seconds for every token at reading speed.

    In a text of Han characters a number takes as long as its digits read out: 0.659 is five syllables. A word
    of more than `LONG_WORD` letters takes longer than others, among Han characters one of more than
    `LONG_AMONG_SIGNS`.

    >>> said = Sentence.parse("概率{p}", {"p": ("0.659", "number")}.__getitem__)
    >>> [round(seconds, 2) for seconds in reading_lengths(said, Reading())]
    [0.25, 0.25, 1.25]
    """
    a_word = 60 / (reading.words_per_minute or style().reading("words_per_minute"))
    a_sign = 60 / (reading.characters_per_minute or style().reading("characters_per_minute"))
    words = [token for token in sentence.tokens if token.kind == "word"]
    signs = 2 * sum(is_sign(token.text) for token in words) > len(words)  # a long name counts as one word

    def length(token: Token) -> float:
        if is_sign(token.text):
            return a_sign * len(token.text)
        digits = token.text.removeprefix("≈").strip(" “”")
        if signs and (token.kind == "number" or (digits.isascii() and digits.isdigit())):
            return a_sign * len(chinese_number(digits))
        usual = LONG_AMONG_SIGNS if signs else LONG_WORD
        return a_word * max(1.0, 1.0 + LONGER * (len(token.text) - usual) / usual)

    return tuple(map(length, sentence.tokens))


def _break(token: Token) -> float:
    return max((_PAUSES.get(mark, 0.0) for mark in token.after), default=0.0)
