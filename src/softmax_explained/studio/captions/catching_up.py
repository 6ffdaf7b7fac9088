"""Moves the words of a caption track whose pace is dictated by another language, so that they can be read."""

from __future__ import annotations

from dataclasses import replace

from softmax_explained.studio.captions.segmentation import Limits, Spoken

_PACE = 0.92  # of the fastest pace: captions lose the gaps between them


def unhurried(spoken: Spoken, limits: Limits, end: float) -> Spoken:
    """Words that come faster than people can read are late, and catch up where there is time to spare.

    If there is none before the end, the words before them are earlier instead.

    Args:
        spoken: the words, and when they should be read.
        limits: of the language of the words.
        end: when all of them must have been read, in the same seconds.
    """
    tokens, first = spoken.sentence.tokens, spoken.times[0][0]
    lengths = [limits.length(token.text + token.after) for token in tokens]
    pace = max(limits.per_second * _PACE, sum(lengths) / max(end - first, 0.01))  # characters per second
    starts, clock = list[float](), first
    for length, (start, _) in zip(lengths, spoken.times, strict=True):
        starts.append(max(start, clock))
        clock = starts[-1] + length / pace
    clock = end
    for number in reversed(range(len(starts))):
        clock = starts[number] = min(starts[number], clock - lengths[number] / pace)
    later = zip(starts, spoken.times, strict=True)
    return replace(spoken, times=tuple((at, max(at, at + stop - start)) for at, (start, stop) in later))
