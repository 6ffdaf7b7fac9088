"""The names of the voices and what they speak, without loading any of them."""

from __future__ import annotations

from softmax_explained.errors import SpeechError

SILENT = "none"
HEART = "heart"  # hibari_voice.HibariVoice
LANGUAGE_OF = {HEART: "en"}  # a film in any other language is silent
VOICES = (*LANGUAGE_OF, SILENT)  # those that can be requested


def voice_for(language: str, asked: str | None = None) -> str:
    """The requested voice for a film in a language; else the first that speaks it; else ``none``.

    Raises:
        SpeechError: the requested voice speaks another language.

    >>> voice_for("en"), voice_for("zh"), voice_for("en", "none")
    ('heart', 'none', 'none')
    """
    if asked is None:
        return next((voice for voice, speaks in LANGUAGE_OF.items() if speaks == language), SILENT)
    if LANGUAGE_OF.get(asked, language) != language:
        message = f"the voice {asked!r} speaks {LANGUAGE_OF[asked]!r}, not {language!r}"
        raise SpeechError(message, hint="omit --voice: the film is then silent and timed at reading speed")
    return asked
