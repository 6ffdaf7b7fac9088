"""PACE and CAPTIONS: whether viewers can follow what is said, and read the captions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from softmax_explained.stage.design.writing_system import is_sign, writing_of
from softmax_explained.stage.narration.chinese_numbers import chinese_number
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.narration import Narration
from softmax_explained.stage.narration.sentence import Sentence, Token
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.captions.segmentation import Limits, Spoken, captions
from softmax_explained.studio.check.finding import NarrationLength, Rule, Violation
from softmax_explained.studio.check.thresholds import (
    LONG_AMONG_SIGNS,
    LONG_WORD,
    SIGNS_PER_MINUTE,
    TIME_ROUNDING,
    WORD_IN_SIGNS,
    WORDS_PER_MINUTE,
)

Said = tuple[BeatRecord, Narration, BeatTiming]
"""A beat as it was played, what it says, and when its words are said."""

FILM_HINT = "change the pace of the voice or of [pace.reading], or rephrase the sentences"
CHAPTER_HINT = "if it sounds hurried or slow, rephrase its sentences; only the whole film has to meet this"

PACE = Rule("PACE", "{}", FILM_HINT)
CAPTIONS = Rule("CAPTIONS", "{}", "shorten the sentence, or add a comma, where a caption can end")


def narration_length(said: Sequence[Said]) -> NarrationLength:
    """How much is spoken in the beats of a chapter, and in what time without the silences asked for.

    As in captions and for the norm, 0.242 is one word; in Chinese it is the five characters it is read as.
    """
    signs = writing_of(" ".join(str(narration.voice) for _, narration, _ in said)) == "signs"
    length = sum(_length(narration.voice, signs=signs) for _, narration, _ in said)
    seconds = sum(
        timing.speech - sum(silence.seconds for silence in narration.silences)
        for _, narration, timing in said
    )
    return NarrationLength(length, seconds / 60, signs)


def pace(chapters: Sequence[NarrationLength], hint: str) -> Iterator[Violation]:
    """A film, or a chapter of it, that is narrated too slowly or too fast.

    Single sentences are not measured: one may well be slow, for a formula, or fast.
    """
    minutes = sum(chapter.minutes for chapter in chapters)
    if not minutes:
        return
    signs = any(chapter.signs for chapter in chapters)
    low, high = SIGNS_PER_MINUTE if signs else WORDS_PER_MINUTE
    measured = sum(chapter.length for chapter in chapters) / minutes
    if not low <= round(measured) <= high:
        yield PACE.violation(
            "the narration",
            measured=f"{measured:.0f} {'characters' if signs else 'words'} per minute",
            excess=abs(measured - (low + high) / 2),
            limit=f"{low:.0f} to {high:.0f}",
            hint=hint,
        )


def unreadable_captions(said: Sequence[Said], limits: Limits, frame_rate: int) -> Iterator[Violation]:
    """Captions of a chapter that are too long, too fast, or too short."""
    spoken = tuple(
        Spoken.of(narration.caption, timing, beat.speech_start) for beat, narration, timing in said
    )
    for cue in captions(spoken, limits, frame_rate, said[-1][0].end):
        beat = next(beat for beat, _, _ in reversed(said) if beat.speech_start <= cue.start + TIME_ROUNDING)
        for measured, limit, excess in _exceeded(cue, limits):
            text = " / ".join(cue.lines)
            violation = CAPTIONS.violation(text, measured=measured, excess=excess, limit=limit)
            yield violation.at(beat.id, cue.start)


def _length(sentence: Sentence, *, signs: bool) -> float:
    if signs:
        return sum(map(_signs_in, sentence.tokens))
    return sum(map(_words_in, sentence.tokens))


def _words_in(token: Token) -> float:
    if token.kind == "number":
        return 1.0
    if is_sign(token.text):
        return len(token.text) / WORD_IN_SIGNS
    return max(1.0, len(token.text) / LONG_WORD)


def _signs_in(token: Token) -> float:
    if token.kind == "number":
        return len(chinese_number(token.text.removeprefix("≈").strip()))
    if is_sign(token.text):
        return len(token.text)
    return WORD_IN_SIGNS * max(1.0, len(token.text) / LONG_AMONG_SIGNS)


def _caption_length(line: str, limits: Limits) -> float:
    """Characters of a line; in a language of signs, those that are half as wide are halves."""
    if limits.writing == "words":
        return len(line)
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.5 for sign in line)


def _exceeded(cue: Cue, limits: Limits) -> Iterator[tuple[str, str, float]]:
    """What is measured, the limit, and by how much it is exceeded."""
    seconds = cue.end - cue.start
    lengths = [_caption_length(line, limits) for line in cue.lines]
    longest, rate = max(lengths), sum(lengths) / max(seconds, TIME_ROUNDING)
    if longest > limits.characters:
        yield (
            f"{longest:.0f} characters in a line",
            f"at most {limits.characters}",
            longest - limits.characters,
        )
    if len(cue.lines) > limits.lines:
        yield f"{len(cue.lines)} lines", f"at most {limits.lines}", len(cue.lines) - limits.lines
    if round(rate) > limits.per_second:
        yield (
            f"{rate:.0f} characters per second",
            f"at most {limits.per_second:.0f}",
            rate - limits.per_second,
        )
    if seconds < limits.shortest - TIME_ROUNDING:
        yield f"{seconds:.2f} s", f"at least {limits.shortest:.2f} s", limits.shortest - seconds
    if seconds > limits.longest + TIME_ROUNDING:
        yield f"{seconds:.1f} s", f"at most {limits.longest:.0f} s", seconds - limits.longest
