"""What a beat says: its caption, the sentence that is spoken, and the silences in it.

Beside a sentence, a beat's table in a words file may have:

``voice``    what is spoken instead of ``say``, with the same marks in the same order; ``voice_soft`` for
             ``say_soft``, and so on
``pauses``   seconds of silence by mark, each at the end of the sentence that contains the marked word
``waits``    seconds of silence by mark, each at the first punctuation at or after the marked word
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence, Token
from softmax_explained.stage.narration.timing import BeatTiming, Pause, WordTime, reading_lengths

SENTENCE_ENDS = ".?!…。？！"
PUNCTUATION = SENTENCE_ENDS + ",;:，；：、"
LONGEST_SILENCE = 3.0  # seconds
SILENT = 1.0  # seconds: a longer silence ends what is read
SILENCES = {"pauses": SENTENCE_ENDS, "waits": PUNCTUATION}
"""The keys of a beat that ask for silences, and the punctuation at which each puts them."""

Times = Sequence[tuple[float, float]]  # the start and end of every token of the voice, without silences


@dataclass(frozen=True)
class Silence:
    """A silence in the spoken sentence."""

    mark: str  # the mark that asks for it
    after: int  # the index of the token that it follows
    seconds: float


@dataclass(frozen=True)
class Narration:
    """What a beat says."""

    caption: Sentence  # what is read
    voice: Sentence  # what is spoken: the caption, unless the words file says otherwise
    silences: tuple[Silence, ...] = ()  # in the order they are heard

    def insertions(self, times: Times, speech: float) -> tuple[tuple[float, float], ...]:
        """The moment and the length of every silence, both in seconds.

        Args:
            times: of the tokens of the voice, without the silences.
            speech: its length without them, in seconds; the moments count from its start.
        """
        edges = [*((end + start) / 2 for (_, end), (start, _) in pairwise(times)), speech]
        return tuple((edges[silence.after], silence.seconds) for silence in self.silences)

    def timing(self, times: Times, speech: float) -> BeatTiming:
        """The times of the beat with its silences; see `insertions` for the arguments.

        The words of the caption between two marks share the time of what is spoken between them.
        """
        said = self._with_silences(times)
        total = sum(silence.seconds for silence in self.silences)
        ends = [*(start for start, _ in said[1:]), speech + total]
        pauses = tuple(
            Pause(silence.mark, said[silence.after][1], ends[silence.after]) for silence in self.silences
        )
        marks = {mark: said[index][0] for mark, index in self.voice.marks.items()}
        words = zip(self.caption.tokens, self._caption_times(said), strict=True)
        return BeatTiming(
            speech + total, tuple(WordTime(token.text, *span) for token, span in words), marks, pauses
        )

    def _with_silences(self, times: Times) -> Times:
        """Move the tokens that follow a silence."""
        moved = list[tuple[float, float]]()
        for index, (start, end) in enumerate(times):
            shift = sum(silence.seconds for silence in self.silences if silence.after < index)
            moved.append((start + shift, end + shift))
        return moved

    def _caption_times(self, said: Times) -> Times:
        if self.caption is self.voice:
            return said
        lengths, times = reading_lengths(self.caption, Reading()), list[tuple[float, float]]()
        for (first, last), (begin, end) in _aligned(self.caption, self.voice):
            clock = said[begin][0] if begin < len(said) else said[-1][1]
            whole = sum(lengths[first:last])
            rate = (said[end - 1][1] - clock) / whole if begin < end and whole else 0.0
            for length in lengths[first:last]:
                times.append((clock, clock + length * rate))
                clock += length * rate
        return times


def plain(sentence: Sentence) -> Narration:
    """A sentence that is spoken as it is written, without silences."""
    return Narration(sentence, sentence)


def timing_beside(caption: Sentence, spoken: Sentence, timing: BeatTiming) -> BeatTiming:
    """When the words of a sentence are read while a sentence in another language is spoken.

    Its words between two marks share the time of what is spoken between them. A silence is where it is in the
    speech: if words of another phrase stand before the mark that follows it, they come with that mark. What
    stands before the first mark in one language alone takes no time of its own: the sentence begins with the
    speech.

    Args:
        caption: the sentence that is read; it has the marks of the spoken one, in the same order.
        spoken: the caption in the language that is spoken.
        timing: of the words of `spoken`, with all silences.
    """
    times = [(word.start, word.end) for word in timing.words]
    read = Narration(caption, spoken).timing(times, timing.speech)
    words, marks = list(read.words), [0, *caption.marks.values()]
    for before, (mark, index) in zip(marks, caption.marks.items(), strict=False):
        if _silence_before(spoken.marks[mark], times) > SILENT:
            for at in range(_after_last_sign(caption, before, index), index):
                words[at] = replace(words[at], start=timing.marks[mark], end=timing.marks[mark])
    words[0] = replace(words[0], start=min(words[0].start, times[0][0]))
    return replace(read, words=tuple(words), pauses=timing.pauses)


def _silence_before(index: int, times: Times) -> float:
    """Seconds before a token."""
    return times[index][0] - times[index - 1][1] if index else 0.0


def _after_last_sign(sentence: Sentence, first: int, last: int) -> int:
    """The token after the last punctuation between two tokens; the second one if there is none."""
    tokens = sentence.tokens
    return max((at + 1 for at in range(first, last) if {*PUNCTUATION} & {*tokens[at].after}), default=last)


def narration_of(
    caption: Sentence, voice: Sentence | None, silences: Mapping[str, object], where: str
) -> Narration:
    """Put together what a beat says.

    Args:
        caption: the sentence of ``say`` or of one of its variants.
        voice: what is spoken instead, if the words file says so.
        silences: the tables of `SILENCES` that the beat has, by key.
        where: the beat in the words file, for error messages.

    Raises:
        WordsError: the marks of the two sentences differ; or a silence is at an unknown mark, out of range or
            no number.
    """
    said = voice or caption
    if list(said.marks) != list(caption.marks):
        raise WordsError(
            f"{where}: the voice has the marks {_names(said.marks)}, its sentence {_names(caption.marks)}",
            hint="put the same marks in the same order into both",
        )
    found = [silence for key, table in silences.items() for silence in _silences(key, table, said, where)]
    return Narration(caption, said, tuple(sorted(found, key=lambda silence: silence.after)))


def _silences(key: str, table: object, said: Sentence, where: str) -> Iterator[Silence]:
    if not isinstance(table, Mapping):
        raise WordsError(f"{where}.{key} is not a table", hint=f"{key} = {{ mark = 1.5 }}, in seconds")
    for mark, seconds in table.items():
        if mark not in said.marks:
            raise WordsError(
                f"{where}.{key}: no mark {mark!r}", hint=f"marks of its sentence: {_names(said.marks)}"
            )
        if (
            isinstance(seconds, bool)
            or not isinstance(seconds, int | float)
            or not 0 <= seconds <= LONGEST_SILENCE
        ):
            raise WordsError(
                f"{where}.{key}: {mark} = {seconds!r}", hint=f"seconds from 0 to {LONGEST_SILENCE:g}"
            )
        if seconds:
            yield Silence(mark, _next_sign(said.tokens, said.marks[mark], SILENCES[key]), float(seconds))


def _next_sign(tokens: Sequence[Token], start: int, signs: str) -> int:
    """The first token from `start` on that one of the signs follows; the last one if none does."""
    found = (
        index for index in range(start, len(tokens)) if any(sign in tokens[index].after for sign in signs)
    )
    return next(found, len(tokens) - 1)


def _aligned(caption: Sentence, voice: Sentence) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The parts of two texts that correspond: from mark to mark and, within, sentence by sentence."""
    marks = [(0, 0), *((index, voice.marks[mark]) for mark, index in caption.marks.items())]
    for (first, begin), (last, end) in pairwise([*marks, (len(caption.tokens), len(voice.tokens))]):
        ours, theirs = _sentences(caption, first, last), _sentences(voice, begin, end)
        if len(theirs) == len(ours) + 1 and _ends(caption, last) and not _ends(voice, end):
            theirs = theirs[:-1]  # the beginning of another sentence
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)
        else:
            yield (first, last), (begin, end)


def _ends(sentence: Sentence, last: int) -> bool:
    """Whether a sentence ends before a token."""
    return last > 0 and any(sign in sentence.tokens[last - 1].after for sign in SENTENCE_ENDS)


def _sentences(sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
    cuts = [
        index + 1
        for index in range(first, last - 1)
        if any(sign in sentence.tokens[index].after for sign in SENTENCE_ENDS)
    ]
    return list(pairwise([first, *cuts, last]))


def _names(marks: Mapping[str, int]) -> str:
    return ", ".join(marks) or "none"
