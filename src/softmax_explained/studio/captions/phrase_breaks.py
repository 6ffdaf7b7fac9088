"""Where the text of a sentence can be broken, and at what cost."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from softmax_explained.stage.design.writing_system import SIGNS, is_sign
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.captions.unbreakable import COMMA, RIGID, bonds

_OPENING = "（「『《〈【“‘"
_CLOSING = rf"[^\w\s{SIGNS}{_OPENING}(\[{{−+±=×≈<~#@&$€£¥-]*"
_STOPS = "，。：；？！、"
_CHUNK = rf"[{_OPENING}]*(?:[{SIGNS}]|[^\s{SIGNS}{_OPENING}{_STOPS}]+){_CLOSING}|\S"
_OPENS = re.compile(
    "and|or|but|because|so|that|which|when|where|while|although|if|yet|"
    "as|at|before|by|for|from|in|into|of|on|over|to|than|through|under|with|a|an|the|its|their|our|this|these|each|every"
)
"""Words that open a phrase: a good place for a break is before them."""
_STRANDED = re.compile(
    "a|an|the|of|to|by|in|on|at|for|from|with|over|under|through|into|inside|before|behind|along|without|per|"
    "near|beside|across|between|among|and|or|but|nor|so|because|that|which|when|where|while|although|if|yet|as|"
    "than|its|every|all|each|no|how"
)
"""Articles, prepositions and conjunctions: at the end of a line they are lost without what follows."""
_CLINGS = re.compile("it|is|are|one|not|their|our|this|these|only|what|.+['’]s|.+s['’]")
"""Words that belong to what follows, but less."""
_HOLDS = set("第每各同这那把给对用从被以于在按它不没与和又先最也都只就而再会要能该可")
"""Chinese words that belong to what follows: a good place for a break is before them."""
_LEANS = set("地得了着过到们里上中时等度")
"""Chinese words that belong to what precedes: a good place for a break is after them."""
_COUNTS = re.compile("同?[一两几每各某这那哪整][个条段种类项组张步环份次块]")
"""A Chinese determiner with its classifier: it belongs to the noun that follows."""
_OPERATORS = {"减", "加", "乘", "除以", "乘以", "减去", "加上"}

SENTENCE, CLAUSE = 0.0, 4.0
OPENS = 20.0
ANYWHERE = 30.0
"""The cost of a break between two words of a phrase."""
_CLOSE = 50.0  # between words that belong together
_APART = 70.0  # after a word that is lost without what follows
_TORN = 2000.0  # between Chinese words of which one says nothing without the other


@dataclass(frozen=True)
class Chunk:
    """An unbreakable piece of text: a word with its punctuation, Chinese words included.

    `space` is whether a space precedes it; `start` and `end` of its speech are in seconds; `bond` is what a
    break before it costs at least, because of the formula, name or number that it is a part of.
    """

    text: str
    space: bool
    start: float
    end: float
    bond: float = 0.0


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
    pieces, clock, bonded = list[Chunk](), times[0][0], bonds(sentence, longest, length)
    for begin, stop in _words(text, _pattern(sentence, unbroken)):
        spans = [heard[at] for at in range(begin, stop) if at in heard]
        start, end = (spans[0][0], spans[-1][1]) if spans else (clock, clock)
        clock = end
        space = begin > 0 and text[begin - 1].isspace()
        word = text[begin:stop]
        size = math.ceil(len(word) / math.ceil(length(word) / longest))
        for cut in range(0, len(word), size):
            bond = 0.0 if cut else bonded.get(begin, 0.0)
            pieces.append(Chunk(word[cut : cut + size], space and cut == 0, start, end, bond))
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
    >>> cost("每个", "数") > cost("数", "沿着")
    True
    >>> cost("概率", "的") > cost("的", "导数") > 10 * cost("每个", "数")
    True
    """
    return max(after.bond, _phrase_cost(before.text.lower(), after.text.lower()))


def _phrase_cost(word: str, following: str) -> float:
    """The cost of a break between two pieces as words of a phrase."""
    if word[-1] in ".?!。？！":
        return SENTENCE
    if word[-1] in ";:：；—":
        return CLAUSE
    if word[-1] in ",，、":
        return COMMA
    if is_sign(word) or is_sign(following):
        return _sign_cost(word, following.rstrip("，。：；？！、）”"))
    if _STRANDED.fullmatch(word):
        return _APART
    return _CLOSE if _CLINGS.fullmatch(word) else OPENS if _OPENS.fullmatch(following) else ANYWHERE


def _sign_cost(word: str, following: str) -> float:
    """The same for Chinese words."""
    if following[:1] == "的":
        return RIGID
    if word[-1] == "的":
        return _TORN
    if word in _OPERATORS or following in _OPERATORS:
        return _APART
    if _COUNTS.fullmatch(word) or word in _HOLDS or following in _LEANS:
        return _CLOSE
    return OPENS if word[-1] in _LEANS or following in _HOLDS else ANYWHERE
