"""What is said in phrases that a model says in one go, and the times of the words in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, Utterance, ends_sentence

MOST_PHONEMES = 400
"""The models were trained on sentences of up to 510 phonemes; a longer one is split between two words."""

_SECONDS = 0.025  # per unit of duration: 600 samples of 24,000 a second
_SILENT = " ,;:.?!…—"  # phonemes after a word that are not a part of it


def phrases(words: Sequence[SpokenWord], phonemes: Sequence[str], *, most: int) -> Iterator[list[str]]:
    """The phonemes of every word, in phrases that end with a sentence, or where they would be too long.

    Args:
        words: what is said.
        phonemes: of each word, with the pause after it.
        most: the number of phonemes of a phrase that a model can say.

    Raises:
        SpeechError: a single word is longer than the model can say.
    """
    phrase, length = list[str](), 0
    for word, said in zip(words, phonemes, strict=True):
        if len(said) > most:
            message = f"the voice cannot say a word of {len(word.text)} letters: {word.text[:40]}…"
            raise SpeechError(message, hint="shorten the name, or render with --voice none")
        if phrase and length + len(said) > most:
            yield phrase
            phrase, length = [], 0
        phrase.append(said)
        length += len(said)
        if ends_sentence(word):
            yield phrase
            phrase, length = [], 0
    if phrase:
        yield phrase


def token_ids(
    phrase: Sequence[str], vocabulary: Mapping[str, int]
) -> tuple[list[int], list[tuple[int, int]]]:
    """The numbers that a model takes for a phrase, and the first and the last + 1 of each word.

    >>> token_ids(["kæt, ", "dɔɡ."], {"k": 5, "æ": 6, "t": 7, ",": 3, " ": 4, "d": 8, "ɔ": 9, "ɡ": 10})
    ([0, 5, 6, 7, 3, 4, 8, 9, 10, 0], [(1, 4), (6, 9)])
    """
    ids, edges = [0], list[tuple[int, int]]()
    for phonemes in phrase:
        spoken = sum(phoneme in vocabulary for phoneme in phonemes.rstrip(_SILENT))
        edges.append((len(ids), len(ids) + spoken))
        ids += [vocabulary[phoneme] for phoneme in phonemes if phoneme in vocabulary]
    return [*ids, 0], edges


def word_spans(
    durations: NDArray[np.float32], edges: Sequence[tuple[int, int]], onset: float
) -> tuple[tuple[float, float], ...]:
    """The start and end of every word of a phrase in seconds.

    Args:
        durations: of every token in units of 25 ms, (n,) or (1, n).
        edges: the first and the last + 1 token of each word.
        onset: seconds by which a word is audible before the model starts it.

    >>> word_spans(np.array([4, 2, 2, 4.0]), [(1, 3)], onset=0.05)
    ((0.05, 0.15),)
    """
    clock = np.concatenate([[0.0], np.cumsum(durations.ravel())]) * _SECONDS
    clock = np.maximum(clock - onset, 0.0)
    return tuple((round(float(clock[first]), 6), round(float(clock[last]), 6)) for first, last in edges)


def one_after_another(said: Iterable[Utterance], rate: int) -> Utterance:
    """Utterances as one.

    Args:
        said: at least one.
        rate: samples per second.
    """
    audio, spans, clock = list[NDArray[np.float32]](), list[tuple[float, float]](), 0.0
    for utterance in said:
        spans += [(clock + start, clock + end) for start, end in utterance.spans]
        audio.append(utterance.audio)
        clock += len(utterance.audio) / rate
    return Utterance(np.concatenate(audio), tuple(spans))
