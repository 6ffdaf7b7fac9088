"""How a language reads symbols and words: its file in ``assets/pronunciation``, and a user's additions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from softmax_explained.core.toml_file import parse_toml
from softmax_explained.errors import WordsError

FOLDER = resources.files("softmax_explained.assets") / "pronunciation"
LONGEST = 100  # characters of a pronunciation

_PHONEMES = re.compile(r"/([^/]+)/")


@dataclass(frozen=True)
class Lexicon:
    """The pronunciations of one language; words are in lower case.

    A value between slashes is in phonemes, any other is read as words; see the files.
    """

    letters: Mapping[str, str]  # the names of letters
    words: Mapping[str, str]  # words and, in Chinese, phrases
    signs: Mapping[str, str]  # signs and Greek letters in symbols and between words
    name_signs: Mapping[str, str]  # signs that are spoken in class names; all others are silent there
    functions: Mapping[str, str]  # names in symbols that are not spelt out
    unspeakable: str  # said for a name without any character that can be pronounced

    def with_words(self, table: object, where: str) -> Lexicon:
        """Add the pronunciations of a user's table, which come before those of the language.

        Args:
            table: pronunciations by word, or None.
            where: it, for error messages.

        Raises:
            WordsError: it is not such a table.

        >>> LEXICON = lexicon("en").with_words({"Nguyen": "win"}, "words/en.toml: [pronunciation]")
        >>> LEXICON.words["nguyen"]
        'win'
        """
        if table is None:
            return self
        if not isinstance(table, Mapping):
            raise WordsError(f"{where} is not a table", hint='write Nguyen = "win"')
        for word, said in table.items():
            if not isinstance(said, str) or not 0 < len(said.strip()) <= LONGEST:
                hint = f'at most {LONGEST} characters in quotation marks, such as Nguyen = "win"'
                raise WordsError(f"{where}: {word} = {said!r}", hint=hint)
        own = {word.lower(): said.strip() for word, said in table.items()}
        return replace(self, words={**self.words, **own})


def phonemes_in(said: str) -> str | None:
    """The phonemes of a pronunciation between slashes; None if it is to be read as words.

    >>> phonemes_in("/wˈɪn/"), phonemes_in("win")
    ('wˈɪn', None)
    """
    match = _PHONEMES.fullmatch(said)
    return match[1] if match else None


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language that voices speak."""
    table = parse_toml((FOLDER / f"{language}.toml").read_bytes())
    english: Mapping[str, Any] = parse_toml((FOLDER / "en.toml").read_bytes())
    return Lexicon(
        letters=english["letters"],  # words in Latin letters are English words in every language
        words={**english["words"], **table["words"]},
        signs=table["signs"],
        name_signs=table["name_signs"],
        functions=table["functions"],
        unspeakable=table["unspeakable"],
    )
