"""A spoken sentence: its words, the symbols and numbers in it, and the marks that start animations.

The notation of a sentence in ``assets/words``:

``{S}`` ``{a[t]}``      a quantity of the solution, with the digits used throughout the film
``{cls[t]}``            the name of a class: t the true one, i the focus, o the other
``{total|Divide}``      the mark ``total`` on the words after the bar; an animation starts with the first one
``a_i`` or `` `a` ``    a symbol: ``aᵢ`` in captions, spelt out by the voice; a single letter needs backticks
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from softmax_explained.errors import UnknownQuantityError, WordsError
from softmax_explained.stage.design.writing_system import SIGNS, is_sign

Kind = Literal["word", "symbol", "number"]

_SUBSCRIPTS = str.maketrans("ijkm", "ᵢⱼₖₘ")
_PIECE = re.compile(
    rf"""(?P<open>\{{(?P<mark>[a-z][a-z0-9_]*)\|)   # {{mark|
       | (?P<close>\}})                             # }}
       | \{{(?P<key>[^{{}}|]+)\}}                   # {{quantity}}
       | `(?P<tick>[^`]+)`                          # `symbol`
       | (?P<symbol>\b[A-Za-z]_[a-z]\b)             # a_i
       | (?P<word>[{SIGNS}]|[^\W{SIGNS}]+(?:['’\-][^\W{SIGNS}]+)*)
       | (?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A word, symbol or number of a sentence."""

    text: str  # as in captions: ``Divide``, ``aᵢ``, ``0.242``
    after: str = ""  # punctuation and spaces up to the next token
    kind: Kind = "word"  # how it is pronounced
    source: str = ""  # as in the words file: ``a_i`` for ``aᵢ``, the key of the quantity for a number
    mark: str | None = None  # the mark on this token, if any


@dataclass(frozen=True)
class Sentence:
    """What a beat says, as tokens. ``str(sentence)`` is the text of the captions.

    >>> words = {"S": ("11.212", "number"), "cls[t]": ("dog", "word")}
    >>> said = Sentence.parse("Together {S}. {total|Divide} by it: a_i of {cls[t]}.", words.__getitem__)
    >>> str(said)
    'Together 11.212. Divide by it: aᵢ of dog.'
    >>> said.marks
    {'total': 2}
    """

    before: str
    tokens: tuple[Token, ...]

    def __str__(self) -> str:
        return self.before + "".join(token.text + token.after for token in self.tokens)

    @property
    def marks(self) -> dict[str, int]:
        """Each mark with the index of its token, in spoken order."""
        return {token.mark: index for index, token in enumerate(self.tokens) if token.mark}

    @classmethod
    def parse(
        cls, text: str, fill: Callable[[str], tuple[str, Kind]], *, where: str = "sentence"
    ) -> Sentence:
        """Parse a sentence of the words file and fill its placeholders.

        Args:
            text: the sentence in the notation above.
            fill: returns the text and kind of a placeholder; raises `UnknownQuantityError`, or another
                ``KeyError``, if it is unknown.
            where: the key in the words file, for error messages.

        Raises:
            WordsError: an unknown placeholder, an unclosed, empty or repeated mark, or no words at all.
        """
        before, tokens = "", list[Token]()
        for piece in _pieces(text, fill, where):
            if isinstance(piece, Token):
                tokens.append(piece)
            elif tokens:
                last = tokens[-1]
                tokens[-1] = replace(last, after=last.after + piece)
            else:
                before += piece
        marks = [token.mark for token in tokens if token.mark]
        for mark in marks:
            if marks.count(mark) > 1:
                raise WordsError(f"{where}: mark {mark!r} is used twice", hint="rename one of the two")
        if not tokens:
            raise WordsError(f"{where}: no words", hint="a sentence needs at least one word")
        return cls(before, _spaced(tokens))


def _spaced(tokens: list[Token]) -> tuple[Token, ...]:
    """Insert a space between Han characters and a filled-in name or number of another script.

    >>> str(Sentence.parse("只提高{cls[i]}的得分", {"cls[i]": ("fox", "word")}.__getitem__))
    '只提高 fox 的得分'
    >>> str(Sentence.parse("只提高{cls[i]}的得分", {"cls[i]": ("“8”", "word")}.__getitem__))
    '只提高“8”的得分'
    """
    spaced = tokens[:1]
    for token in tokens[1:]:
        before = spaced[-1]
        filled = {before.source, token.source} - {before.text, token.text}
        is_quoted = before.text.endswith("”") or token.text.startswith("“")
        if filled and not (before.after or is_quoted) and is_sign(before.text[-1:]) != is_sign(token.text):
            spaced[-1] = replace(before, after=" ")
        spaced.append(token)
    return tuple(spaced)


def _pieces(text: str, fill: Callable[[str], tuple[str, Kind]], where: str) -> Iterator[Token | str]:
    waiting: str | None = None  # the mark that the next token takes
    open_mark = False
    for match in _PIECE.finditer(text):
        if match["open"]:
            if open_mark:
                raise WordsError(f"{where}: a mark inside a mark", hint="close the first one with } before")
            waiting, open_mark = match["mark"], True
            continue
        if match["close"]:
            if not open_mark or waiting is not None:
                raise WordsError(
                    f"{where}: {'a mark without words' if open_mark else 'a lone }'}",
                    hint="a mark is written {name|words}",
                )
            open_mark = False
            continue
        token = _token(match, fill, where)
        if isinstance(token, Token) and waiting is not None:
            token, waiting = replace(token, mark=waiting), None
        yield token
    if open_mark:
        raise WordsError(f"{where}: a mark is never closed", hint="a mark is written {name|words}")


def _token(match: re.Match[str], fill: Callable[[str], tuple[str, Kind]], where: str) -> Token | str:
    if key := match["key"]:
        try:
            shown, kind = fill(key)
        except KeyError as error:
            hint = error.hint if isinstance(error, UnknownQuantityError) else ""
            raise WordsError(f"{where}: no quantity {{{key}}}", hint=hint) from error
        return Token(shown, kind=kind, source=key)
    if symbol := match["tick"] or match["symbol"]:
        return Token(subscripted(symbol), kind="symbol", source=symbol)
    if word := match["word"]:
        return Token(word, source=word)
    rest = match["rest"]
    if rest in "{`":
        raise WordsError(
            f"{where}: a lone {rest} at character {match.start() + 1}",
            hint="placeholders are {key}, marks {name|words}, symbols `a`",
        )
    return rest


def subscripted(symbol: str) -> str:
    """A symbol as plain text.

    >>> subscripted("z_i"), subscripted("a")
    ('zᵢ', 'a')
    """
    head, _, index = symbol.partition("_")
    return head + index.translate(_SUBSCRIPTS)
