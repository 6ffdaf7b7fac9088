"""PACE and CAPTIONS: whether people can follow what is said, and read it along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.narration.writing_system import is_sign, writing_of
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.captions.segmentation import Cue, Limits, Spoken, captions
from softmax_explained.studio.check.finding import Placed, Sighting, Told
from softmax_explained.studio.check.thresholds import SIGNS_A_MINUTE, TIME_ROUNDING, WORDS_A_MINUTE

Said = tuple[BeatRecord, Sentence, BeatTiming]
"""A beat as it was played, what it says, and when."""

WORD_IN_SIGNS = 1.6
"""A number or a Latin word in a Chinese sentence takes as long as so many characters: 240 to 150 a minute."""

OF_THE_FILM = "change the pace of the voice or of [pace.reading], or cut the sentences differently"
OF_A_CHAPTER = "if it sounds hurried or slow, cut its sentences differently; only the film has to meet this"
"""What to do about the pace of a film, and of one chapter."""


def told(said: Sequence[Said]) -> Told:
    """How much is said in a chapter, and in how long.

    Words are counted as captions show them, where the norm was measured: 0.242 is one.

    Args:
        said: the beats of the chapter.
    """
    signs = writing_of(" ".join(str(sentence) for _, sentence, _ in said)) == "signs"
    length = sum(_length(sentence, signs=signs) for _, sentence, _ in said)
    return Told(length, sum(timing.speech for _, _, timing in said) / 60, signs)


def pace(chapters: Sequence[Told], hint: str) -> Iterator[Sighting]:
    """A film, or a chapter of it, that is told too slowly or too fast.

    A sentence alone may well be slow, for a formula, or quick: it is not measured.

    Args:
        chapters: what is said in each; chapters without words left out.
        hint: what to do about it, `OF_THE_FILM` or `OF_A_CHAPTER`.
    """
    minutes = sum(chapter.minutes for chapter in chapters)
    if not minutes:
        return
    signs = any(chapter.signs for chapter in chapters)
    low, high = SIGNS_A_MINUTE if signs else WORDS_A_MINUTE
    measured = sum(chapter.length for chapter in chapters) / minutes
    if not low <= round(measured) <= high:
        yield Sighting(
            "PACE",
            ("the narration",),
            f"{measured:.0f} {'characters' if signs else 'words'} a minute",
            f"{low:.0f} to {high:.0f}",
            abs(measured - (low + high) / 2),
            hint,
        )


def unreadable_captions(said: Sequence[Said], limits: Limits, frame_rate: int) -> Iterator[Placed]:
    """Captions that are too long, too fast, or gone too soon.

    Args:
        said: the beats of the chapter.
        limits: what people can read in the language.
        frame_rate: frames a second of the film.
    """
    lines = tuple(
        Spoken(
            sentence,
            tuple((beat.speech_start + word.start, beat.speech_start + word.end) for word in timing.words),
        )
        for beat, sentence, timing in said
    )
    for cue in captions(lines, limits, frame_rate, said[-1][0].end):
        beat = next(beat for beat, _, _ in reversed(said) if beat.speech_start <= cue.start + TIME_ROUNDING)
        for measured, norm, excess in _broken(cue, limits):
            yield Placed(
                beat.id,
                cue.start,
                Sighting(
                    "CAPTIONS",
                    (" / ".join(cue.lines),),
                    measured,
                    norm,
                    excess,
                    "shorten the sentence or give it a comma, where a caption can end",
                ),
            )


def _length(sentence: Sentence, *, signs: bool) -> float:
    if signs:
        return sum(len(each.text) if is_sign(each.text) else WORD_IN_SIGNS for each in sentence.tokens)
    return len(sentence.tokens)


def _broken(cue: Cue, limits: Limits) -> Iterator[tuple[str, str, float]]:
    """What is measured, the norm, and by how much it is broken."""
    seconds = cue.end - cue.start
    longest, rate = max(map(len, cue.lines)), sum(map(len, cue.lines)) / max(seconds, TIME_ROUNDING)
    if longest > limits.characters:
        yield f"{longest} characters in a line", f"at most {limits.characters}", longest - limits.characters
    if len(cue.lines) > limits.lines:
        yield f"{len(cue.lines)} lines", f"at most {limits.lines}", len(cue.lines) - limits.lines
    if round(rate) > limits.per_second:
        yield f"{rate:.0f} characters a second", f"at most {limits.per_second:.0f}", rate - limits.per_second
    if seconds < limits.shortest - TIME_ROUNDING:
        yield f"{seconds:.2f} s", f"at least {limits.shortest:.2f} s", limits.shortest - seconds
    if seconds > limits.longest + TIME_ROUNDING:
        yield f"{seconds:.1f} s", f"at most {limits.longest:.0f} s", seconds - limits.longest
