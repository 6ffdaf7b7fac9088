"""Where the text of a sentence can be broken, and at what cost."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from softmax_explained.stage.design.writing_system import SIGNS, is_sign
from softmax_explained.stage.narration.sentence import Sentence

_OPENING = "（「『《〈【“‘"
_CLOSING = rf"[^\w\s{SIGNS}{_OPENING}]*"
_CHUNK = rf"[{_OPENING}]*[{SIGNS}]{_CLOSING}|[^\s{SIGNS}{_OPENING}]+|[{_OPENING}]+"
_OPENS = re.compile("and|or|but|because|so|that|which|when|although|over|from|than|for")  # a phrase
_CLINGS = re.compile("a|an|the|of|to|by|its|it|every|all|each|is|are|in|no|one")  # to what follows
_HOLDS = set("第每各同这那把给对用从被以于在按不没与和乘除减加再又先最也都只就而")
"""Chinese words that belong to what follows: a good place for a break is before them."""
_LEANS = set("的地得了着过们个次段项条里上中时等度")
"""Chinese words that belong to what precedes: a good place for a break is after them."""
_COUNTS = re.compile("同?[一两几每各某这那哪整][个条段种类项组张步环份次]")
"""A Chinese determiner with its classifier: it belongs to the noun that follows."""
_NEVER = {"minus", "plus", "−", "+", "log", "ln", "−ln"}  # never separated from what follows

ANYWHERE = 2.0
"""The cost of a break between two words of a phrase."""


@dataclass(frozen=True)
class Chunk:
    """An unbreakable piece of text: a word with its punctuation, Chinese words included.

    `space` is whether a space precedes it; `start` and `end` of its speech are in seconds.
    """

    text: str
    space: bool
    start: float
    end: float


def chunks(
    sentence: Sentence,
    times: tuple[tuple[float, float], ...],
    longest: int,
    length: Callable[[str], float] = len,
    unbroken: tuple[str, ...] = (),
) -> list[Chunk]:
    """The pieces of a sentence, with the times of the tokens in them.

    Pieces that are longer than `longest` are split into parts of the same size. In a text without spaces the
    words are those of the segmenter jieba, and the `unbroken` words and names, which it may not know.
    """
    text, heard, position = str(sentence), dict[int, tuple[float, float]](), len(sentence.before)
    for token, span in zip(sentence.tokens, times, strict=True):
        heard[position] = span
        position += len(token.text + token.after)
    pieces, clock = list[Chunk](), times[0][0]
    for begin, stop in _words(text, _pattern(sentence, unbroken)):
        spans = [heard[at] for at in range(begin, stop) if at in heard]
        start, end = (spans[0][0], spans[-1][1]) if spans else (clock, clock)
        clock = end
        space = begin > 0 and text[begin - 1].isspace()
        word = text[begin:stop]
        size = math.ceil(len(word) / math.ceil(length(word) / longest))
        for cut in range(0, len(word), size):
            pieces.append(Chunk(word[cut : cut + size], space and cut == 0, start, end))
    return pieces


def _words(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The spans of the words: what the pattern matches, but Chinese characters of one word together."""
    import rjieba  # only now: its dictionary takes 0.1 s, and other languages do without it

    words = rjieba.cut(text)
    number_of_word = [number for number, word in enumerate(words) for _ in word]  # by character
    spans = list[tuple[int, int]]()
    for match in pattern.finditer(text):
        start = match.start()
        follows = start > 0 and number_of_word[start - 1] == number_of_word[start]
        if follows and spans and spans[-1][1] == start and is_sign(text[start]):
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
    return spans


def _pattern(sentence: Sentence, unbroken: tuple[str, ...]) -> re.Pattern[str]:
    """Matches one piece: an unbroken word with its punctuation, or else a sign or a word."""
    names = {token.text for token in sentence.tokens if is_sign(token.text) and len(token.text) > 1}
    whole = sorted({*unbroken, *names}, key=len, reverse=True)
    return re.compile("|".join([rf"[{_OPENING}]*{re.escape(word)}{_CLOSING}" for word in whole] + [_CHUNK]))


def joined(pieces: Sequence[Chunk]) -> str:
    """The text of consecutive pieces."""
    return "".join(
        (" " if piece.space and number else "") + piece.text for number, piece in enumerate(pieces)
    )


def break_cost(before: Chunk, after: Chunk) -> float:
    """The cost of a break between two pieces; 0 at the end of a sentence.

    >>> def cost(before, after):
    ...     return break_cost(Chunk(before, True, 0, 0), Chunk(after, True, 0, 0))
    >>> cost("total.", "Every") < cost("total,", "each") < cost("total", "and") < cost("the", "total")
    True
    >>> cost("minus", "0.341") > 10 * cost("the", "total")
    True
    >>> cost("每个", "数") > cost("数", "沿着")
    True
    """
    word = before.text.lower()
    if word[-1] in ".?!。？！":
        return 0.0
    if word[-1] in ",;:，；：、—":
        return 0.5
    if word in _NEVER or after.text[0] in "−+=×" or word in {"=", "×"}:
        return 60.0
    if _CLINGS.fullmatch(word) or _COUNTS.fullmatch(word) or word in _HOLDS or after.text[0] in _LEANS:
        return 4.0
    if is_sign(word) and (word[-1] in _LEANS or after.text in _HOLDS):
        return 1.0
    return 1.0 if _OPENS.fullmatch(after.text.lower()) else ANYWHERE
