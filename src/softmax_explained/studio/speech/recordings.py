"""The maker's own voice: a recording of every beat, and when each word is said in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.studio.speech import recogniser
from softmax_explained.studio.speech.alignment import aligned
from softmax_explained.studio.speech.speech import Speech
from softmax_explained.studio.speech.trimming import audible_part

RECORDED = "recorded"
"""What stands in the place of the name of a voice."""

ENDINGS = ".wav", ".flac", ".mp3", ".m4a"
RATE = 48_000  # samples per second of all recordings, as in the film
LONGEST = 600.0  # seconds of a recording; more is most likely not one of a beat

_SHORTEST = 1 / 3  # of the reading time of its sentence


def files_of(folder: Path, beats: Iterable[str]) -> dict[str, Path]:
    """The recording of every beat, by its id.

    Args:
        folder: has a file for every beat, such as ``softmax.formula.wav``; others are ignored.
        beats: the ids of the beats.

    Raises:
        SpeechError: the folder cannot be read; recordings are missing, or a beat has several. All are named.
    """
    try:
        names = sorted(file.name for file in folder.iterdir())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        hint = "name a folder with a recording of every beat, such as softmax.formula.wav"
        raise SpeechError(f"--recordings {folder}: {reason}", hint=hint) from error
    found, mistakes = dict[str, Path](), list[str]()
    for beat in beats:
        candidates = [name for name in names if name.lower() in {f"{beat}{ending}" for ending in ENDINGS}]
        if len(candidates) == 1:
            found[beat] = folder / candidates[0]
        elif candidates:
            mistakes.append(f"{beat} has several: {', '.join(candidates)}")
        else:
            mistakes.append(f"{beat} has none")
    if mistakes:
        hint = f"one file for each beat, named after it: {beat}{' or '.join(ENDINGS)}"
        raise SpeechError(f"--recordings {folder}:\n  " + "\n  ".join(mistakes), hint=hint)
    return found


def read_recordings(
    folder: Path, sentences: Mapping[str, Sentence], language: str, reading: Reading
) -> dict[str, Speech]:
    """The recorded speech of every beat, by its id.

    The times of the words come from a recogniser, if one is installed; otherwise the words share the time by
    their syllables.

    Args:
        folder: of the recordings; see `files_of`.
        sentences: what is said in each beat.
        language: the tag of the language.
        reading: how fast it is read, which tells a recording that is too short.

    Raises:
        SpeechError: recordings are missing, cannot be decoded, are silent, or are too short. All are named.
    """
    files, said, mistakes = files_of(folder, sentences), dict[str, Speech](), list[str]()
    for beat, sentence in sentences.items():
        try:
            audio, _ = audible_part(_decoded(files[beat]), RATE)
        except (OSError, ValueError, SpeechError) as error:
            mistakes.append(f"{files[beat].name}: {error.args[0] if error.args else error}")
            continue
        seconds, usual = len(audio) / RATE, reading_time(sentence, reading).speech
        if seconds < _SHORTEST * usual:
            mistakes.append(
                f"{files[beat].name}: {seconds:.1f} s, and its sentence takes about {usual:.0f} s"
            )
            continue
        said[beat] = Speech(audio, RATE, _times(audio, sentence, language, reading))
    if mistakes:
        hint = "record these sentences whole, without a long silence in front"
        raise SpeechError(f"--recordings {folder}:\n  " + "\n  ".join(mistakes), hint=hint)
    return said


def _decoded(file: Path) -> NDArray[np.float64]:
    """One channel of samples at `RATE`, in [−1, 1]."""
    with file.open("rb") as opened, av.open(opened, "r") as container:
        if not container.streams.audio:
            raise ValueError("there is no sound in it")
        resampler, parts = (
            av.AudioResampler(format="flt", layout="mono", rate=RATE),
            list[NDArray[np.float32]](),
        )
        length = 0
        for frame in container.decode(audio=0):
            parts += [each.to_ndarray()[0] for each in resampler.resample(frame)]
            length = sum(map(len, parts))
            if length > LONGEST * RATE:
                raise ValueError(f"it is longer than {LONGEST:.0f} s")
        parts += [each.to_ndarray()[0] for each in resampler.resample(None)]
    if not parts:
        raise ValueError("there is no sound in it")
    return np.concatenate(parts).astype(np.float64)


def _times(
    audio: NDArray[np.int16], sentence: Sentence, language: str, reading: Reading
) -> tuple[tuple[float, float], ...]:
    """When each token is said, in seconds."""
    seconds = len(audio) / RATE
    spread = reading_time(sentence, reading)
    factor = seconds / spread.words[-1].end
    times = tuple((word.start * factor, word.end * factor) for word in spread.words)
    return aligned(audio, RATE, sentence, language, times) if recogniser.is_installed() else times
