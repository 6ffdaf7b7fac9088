"""What a voice is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.narration.narration import SENTENCE_ENDS


@dataclass(frozen=True)
class SpokenWord:
    """One word as it is said; in Chinese one syllable."""

    text: str  # letters, hyphens and apostrophes only, so that a class name cannot contain engine markup
    token: int  # the index of its token in the sentence
    phonemes: str | None = None  # its pronunciation, where the dictionary of the voice would be wrong
    pause: str = ""  # the punctuation after it that is audible, if any


@dataclass(frozen=True)
class Utterance:
    """Sound, (n,) in [−1, 1], and the start and end of every spoken word in seconds."""

    audio: NDArray[np.float32]
    spans: tuple[tuple[float, float], ...]


PAUSES = {
    **{sign: sign for sign in ",;:.?!…—"},
    **{"–": "—", "，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "？": "?", "！": "!"},
}
"""Audible punctuation, as the voices write it."""


def pause_after(punctuation: str) -> str:
    """The first audible sign of what follows a word, as the voices write it; empty if there is none.

    >>> pause_after("，"), pause_after("?) "), pause_after(" ")
    (',', '?', '')
    """
    return next((PAUSES[sign] for sign in punctuation if sign in PAUSES), "")


def ends_sentence(word: SpokenWord) -> bool:
    """Whether a sentence ends after a word."""
    return word.pause != "" and word.pause in SENTENCE_ENDS
