"""What a voice says of a sentence, in the language that it speaks."""

from __future__ import annotations

from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.text.lexicon import Lexicon, lexicon
from softmax_explained.studio.speech.text.spoken_word import SpokenWord
from softmax_explained.studio.speech.text.text_normalization import EnglishText


def spoken(
    sentence: Sentence, language: str = "en", pronunciations: Lexicon | None = None
) -> tuple[SpokenWord, ...]:
    """The words of a sentence in the order they are said, at least one for each of its tokens.

    Args:
        sentence: what is said.
        language: what the voice speaks, ``en`` or ``zh``.
        pronunciations: the lexicon of that language if not given.

    Raises:
        SpeechError: a number cannot be read.

    >>> filled = {"cls[t]": ("cat-3", "word"), "g": ("−0.1", "number")}
    >>> [word.text for word in spoken(Sentence.parse("For {cls[t]}: {g}.", filled.__getitem__))]
    ['For', 'cat', 'three', 'minus', 'zero', 'point', 'one']
    """
    known = pronunciations or lexicon(language)
    if language == "zh":
        from softmax_explained.studio.speech.text.chinese_words import ChineseText  # needs the extra voice-zh

        return ChineseText(known).words(sentence)
    return EnglishText(known).words(sentence)
