"""One spoken sentence: its words, the symbols and numbers among them, and the marks moves start on.

The notation of a sentence in ``assets/words``:

``{S}`` ``{a[t]}``      a quantity of the solution, with the digits it has in all the film
``{cls[t]}``            a class by name: t the true one, i the focus, o the other
``{total|Divide}``      the mark ``total`` sits on the words after the bar; a move starts with their first
``a_i`` or `` `a` ``    a symbol: ``aᵢ`` in captions, spelt by the voice; a lone letter needs the backticks
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration.writing_system import SIGNS, is_sign

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
    """One word, symbol or number of a sentence.

    Attributes:
        text: as captions show it: ``Divide``, ``aᵢ``, ``0.242``.
        after: the punctuation and blanks up to the next token.
        kind: what the voice has to make of it.
        source: as the words file writes it: ``a_i`` for ``aᵢ``, the quantity's key for a number.
        mark: the mark that sits on this token, if one does.
    """

    text: str
    after: str = ""
    kind: Kind = "word"
    source: str = ""
    mark: str | None = None


@dataclass(frozen=True)
class Sentence:
    """What a beat says, as tokens. ``str(sentence)`` is the caption's text.

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
        """Each mark and the index of the token it sits on, in the order they are spoken."""
        return {token.mark: index for index, token in enumerate(self.tokens) if token.mark}

    @classmethod
    def parse(
        cls, text: str, fill: Callable[[str], tuple[str, Kind]], *, where: str = "sentence"
    ) -> Sentence:
        """Read a sentence of the words file and fill its placeholders.

        Args:
            text: the sentence in the notation above.
            fill: gives a placeholder's text and kind; raises ``KeyError`` for an unknown one.
            where: the key of the words file, for errors.

        Raises:
            WordsError: an unknown placeholder, an unclosed or empty or repeated mark, or no words at all.
        """
        before, tokens = "", list[Token]()
        for piece in _pieces(text, fill, where):
            if isinstance(piece, Token):
                tokens.append(piece)
            elif tokens:
                last = tokens[-1]
                tokens[-1] = Token(last.text, last.after + piece, last.kind, last.source, last.mark)
            else:
                before += piece
        marks = [token.mark for token in tokens if token.mark]
        for mark in marks:
            if marks.count(mark) > 1:
                raise WordsError(
                    f"{where}: mark {mark!r} stands twice", hint="a mark names one moment: rename one"
                )
        if not tokens:
            raise WordsError(f"{where}: nothing to say", hint="a sentence needs at least one word")
        return cls(before, _spaced(tokens))


def _spaced(tokens: list[Token]) -> tuple[Token, ...]:
    """Put a blank between Chinese and what is not, where a name or a number has come to stand against it.

    >>> str(Sentence.parse("只提高{cls[i]}的得分", {"cls[i]": ("fox", "word")}.__getitem__))
    '只提高 fox 的得分'
    """
    spaced = tokens[:1]
    for token in tokens[1:]:
        before = spaced[-1]
        filled = {before.source, token.source} - {before.text, token.text}
        if filled and not before.after and is_sign(before.text[-1:]) != is_sign(token.text):
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
            token = Token(token.text, token.after, token.kind, token.source, waiting)
            waiting = None
        yield token
    if open_mark:
        raise WordsError(f"{where}: a mark is never closed", hint="a mark is written {name|words}")


def _token(match: re.Match[str], fill: Callable[[str], tuple[str, Kind]], where: str) -> Token | str:
    if key := match["key"]:
        try:
            shown, kind = fill(key)
        except KeyError as error:
            raise WordsError(f"{where}: no quantity {{{key}}}", hint=f"what there is: {error}") from error
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
    """A symbol as plain text shows it.

    >>> subscripted("z_i"), subscripted("a")
    ('zᵢ', 'a')
    """
    head, _, index = symbol.partition("_")
    return head + index.translate(_SUBSCRIPTS)
