"""The phonemes of English words, from hibari's port of misaki."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock

from hibari.g2p import G2P
from hibari.g2p.token import Tok

from softmax_explained.studio.speech.text.spoken_word import SpokenWord

_TAGS = {",": ",", ".": ".", "?": ".", "!": "."}  # all other punctuation is tagged as a colon


class EnglishPhonemes:
    """Looks words up in a dictionary that is loaded when it is first asked; several threads may ask it."""

    def __init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def _g2p(self) -> G2P:
        return G2P()

    def of(self, words: Sequence[SpokenWord]) -> list[str]:
        """The phonemes of each word and the pause after it; in one go, because they depend on neighbours."""
        with self._lock:
            pieces = list[Tok]()
            for word in words:
                parts = [(word.text, "")] if word.phonemes else self._g2p.tokenizer(word.text)
                pieces += [Tok(text, "", "", word.phonemes) for text, _ in parts]
                pieces[-1].whitespace = "" if word.pause else " "
                if word.pause:
                    pieces.append(Tok(word.pause, "", " "))
            tags = self._g2p.tagger([piece.text for piece in pieces])
            for piece, tag in zip(pieces, tags, strict=True):
                piece.tag = _TAGS.get(piece.text, ":") if not piece.text[0].isalpha() else tag
            return _by_word(words, self._g2p.phonemize_tokens(pieces))


def _by_word(words: Sequence[SpokenWord], tokens: list[Tok]) -> list[str]:
    """The phonemes of each word, collected from the engine's tokens by counting letters."""
    phonemes, rest = list[str](), iter(tokens)
    for word in words:
        missing, said = len(word.text + word.pause), ""
        while missing > 0:
            token = next(rest)
            missing -= len(token.text)
            said += (token.phonemes or "") + (" " if token.whitespace else "")
        phonemes.append(said)
    return phonemes
