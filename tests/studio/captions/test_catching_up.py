"""Words that another language dictates too fast can be read all the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.captions.catching_up import unhurried
from softmax_explained.studio.captions.segmentation import LIMITS, Spoken, captions

LIMIT = LIMITS["words"]


def spoken(seconds: list[float]) -> Spoken:
    """Words of nine letters, each of which takes some seconds."""
    sentence = Sentence.parse("abcdefghi " * len(seconds), {}.__getitem__)
    clock, times = 0.0, list[tuple[float, float]]()
    for each in seconds:
        times.append((clock, clock := clock + each))
    return Spoken(sentence, tuple(times))


def test_words_with_enough_time_stay_where_they_are() -> None:
    said = spoken([0.6] * 30)
    assert unhurried(said, LIMIT, 20.0).times == pytest.approx(np.array(said.times))


def test_words_that_come_too_fast_are_late_and_catch_up() -> None:
    said = spoken([0.6] * 10 + [0.1] * 10 + [1.0] * 12)
    moved = unhurried(said, LIMIT, 20.0)
    late = [now[0] - before[0] for now, before in zip(moved.times, said.times, strict=True)]
    assert late[:10] == pytest.approx([0.0] * 10)
    assert max(late) == late[20] == pytest.approx(4.4, abs=0.1)
    assert late[-1] == pytest.approx(0.0)


def test_words_before_a_hurried_end_are_earlier() -> None:
    said = spoken([1.0] * 10 + [0.1] * 10)
    moved = unhurried(said, LIMIT, 11.0)
    assert moved.times[10][0] < said.times[10][0]
    assert moved.times[0] == said.times[0]


@given(seconds=st.lists(st.floats(0.0, 1.5), min_size=1, max_size=40), spare=st.floats(0.1, 3.0))
def test_no_word_is_lost_or_too_fast_if_there_is_time(seconds: list[float], spare: float) -> None:
    said = spoken(seconds)
    end = said.times[-1][1] + spare
    moved = unhurried(said, LIMIT, end)
    starts = [start for start, _ in moved.times]
    needed = 10 / LIMIT.per_second
    if 1.1 * needed * len(seconds) <= end:
        assert all(other - one >= needed for one, other in pairwise([*starts, end]))
    assert starts == sorted(starts)
    assert starts[0] >= -1e-9
    assert all(start <= stop for start, stop in moved.times)
    cues = captions((moved,), LIMIT, 60, end)
    assert " ".join(line for cue in cues for line in cue.lines) == str(said.sentence).strip()
