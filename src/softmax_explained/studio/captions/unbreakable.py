"""The parts of a sentence that a break would tear: formulas, names, numbers, and words that need each other.

They are found in an image of the sentence, in which every character of a symbol, of a number and of a name is
replaced by one that stands for its kind: the symbol a is then not the English article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from softmax_explained.stage.design.writing_system import SIGNS, is_sign
from softmax_explained.stage.narration.sentence import Sentence, Token

RIGID = 1e6
"""The cost of a break within a term, a name or a number: only if its line would be too long without."""

WHOLE = 1e4
"""The cost of a break between the terms of a formula that fits on a line."""

LONG_FORMULA = 70.0
"""The cost of a break before an operator of a formula that is longer than a line."""

BESIDE = 50.0
"""The cost of a break between a word and the symbol or number that follows it."""

COMMA = 10.0
"""The cost of a break after a comma."""

_SYMBOL, _NUMBER, _NAME = "\ue000", "\ue001", "\ue002"
_S, _N, _C = (f"{each}+" for each in (_SYMBOL, _NUMBER, _NAME))

# English formulas, as they are read out.
_ATOM = rf"(?:{_S} to the {_S}|{_S}(?: {_S})*|{_N}|{_C}|\b(?:one|zero|itself)\b)(?: squared\b| transpose\b)?"
_TERM = rf"(?:\bminus )?(?:\b(?:the natural log of|log of|log|ln|diag) )?{_ATOM}(?: over {_ATOM})?"
_FORMULA = rf"{_TERM}(?:,? (?:times|over|minus|plus|equals|is not|is) {_TERM})+"
_OF_WORDS = r"\b\w+ (?:minus|plus) (?!log\b|ln\b|the\b|one\b|zero\b)\w+"  # prediction minus target

# Formulas among Han characters: runs of symbols, numbers and signs, with the words between them.
_LATIN = rf"[^\s{SIGNS}，。：；？！、（）“”「」《》.,:;?!]"
_ITEM = rf"(?:[−+×=]|−?(?:ln|log)|(?={_LATIN}*[{_SYMBOL}{_NUMBER}\d]){_LATIN}++)"
_RUN = rf"{_ITEM}(?: {_ITEM})*"
_SIGN_ATOM = rf"(?:{_RUN} ?的 ?{_RUN} ?次方|{_RUN}(?: ?的 ?(?:平方|转置|倒数))?)"
_SIGN_TERM = rf"(?:负的 ?)?{_SIGN_ATOM}"
_SIGN_OPERATOR = r"再?(?:约等于|不等于|等于|就?是|减去|加上|乘以|除以|减|加|乘)"
_OPERATOR = re.compile(rf"(?:times|over|minus|plus|equals|is)\b|[−+×=]|{_SIGN_OPERATOR}")
_SIGN_FORMULA = rf"{_SIGN_TERM}(?:，? ?{_SIGN_OPERATOR} ?{_SIGN_TERM})+"

_MEASURES = "[个段条步类项环张次种组倍分层行列块份]"
_COUNT = "[每各某这那哪另同其整几数]?[一二两三四五六七八九十百千几半]+|[每各某这那哪几整]"
_COUNTED = rf"(?:第 ?)?(?:{_COUNT}|{_RUN})"

_RIGID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _C,
        _N,
        _TERM,
        rf"\b(?:minus|plus|times|log|ln|diag) {_LATIN}+",
        rf"{_S} to each \w+",
        rf"{_S} times(?= as\b)",
        rf"{_C}['’]s",
        _SIGN_TERM,
        rf"{_SIGN_OPERATOR} ?{_SIGN_TERM}",
        rf"{_COUNTED} ?{_MEASURES}",
        rf"从 ?{_RUN} ?到 ?{_RUN}",
    )
)
_WHOLE = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (_FORMULA, _SIGN_FORMULA, _OF_WORDS, "预测减标签")
)
_BESIDE = (re.compile(rf"\w ?(?:{_S}|{_N})"),)


def bonds(sentence: Sentence, longest: int, length: Callable[[str], float] = len) -> dict[int, float]:
    """The cost of a break before a character of a sentence, by its index; those that are not there may break.

    Args:
        sentence: whose text is broken.
        longest: of a line, in characters.
        length: of a text, in the same characters.

    >>> said = Sentence.parse("so minus a_i over a_j is small", {}.__getitem__)
    >>> sorted({str(said)[start:].split()[0] for start, cost in bonds(said, 42).items() if cost == RIGID})
    ['aᵢ', 'aⱼ', 'over']
    """
    text, image = str(sentence), image_of(sentence)
    costs = dict[int, float]()

    def raise_to(cost: float, at: int) -> None:
        costs[at] = max(costs.get(at, 0.0), cost)

    for start, end in _spans(_WHOLE, image):
        fits = length(text[start:end]) <= longest
        for at in _places(text, start, end):
            if fits or not _OPERATOR.match(image, at):
                raise_to(WHOLE, at)
            else:
                raise_to(COMMA if text[:at].rstrip()[-1] in ",，" else LONG_FORMULA, at)
    for cost, patterns in ((RIGID, _RIGID), (BESIDE, _BESIDE)):
        for start, end in _spans(patterns, image):
            for at in _places(text, start, end):
                raise_to(cost, at)
    return costs


def image_of(sentence: Sentence) -> str:
    """The sentence with every character of a symbol, a number or a name replaced by one for its kind."""
    return sentence.before + "".join(_image(token) + token.after for token in sentence.tokens)


def _image(token: Token) -> str:
    if token.kind == "word":
        return token.text if token.source in {"", token.text} else _NAME * len(token.text)
    return (_SYMBOL if token.kind == "symbol" else _NUMBER) * len(token.text)


def _spans(patterns: tuple[re.Pattern[str], ...], image: str) -> Iterator[tuple[int, int]]:
    return (match.span() for pattern in patterns for match in pattern.finditer(image))


def _places(text: str, start: int, end: int) -> Iterator[int]:
    """Where a piece of text may begin within a span: after a space, and at and after a Han character."""
    for at in range(start + 1, end):
        before, after = text[at - 1], text[at]
        if not after.isspace() and (before.isspace() or is_sign(before) or is_sign(after)):
            yield at
