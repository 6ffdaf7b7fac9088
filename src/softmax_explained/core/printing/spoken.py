"""SymPy → words, as somebody reads a formula aloud: for screen readers, and where no formula can be drawn.

The wording follows ClearSpeak, with the closing words of MathSpeak where a listener could not tell how far
something goes: a fraction of single letters is "a over b", any other "the fraction … over …, end fraction"
(B. Brownstein, N. Soiffer, L. Frankel, "ClearSpeak Rules and Preferences", ETS 2015; A. Nemeth, "MathSpeak",
gh LLC). Short forms never stand inside a fraction or an exponent, so that every text can be read in one way
only; commas are pauses and carry no meaning. `spoken_terms` has the wording of each language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from softmax_explained.core.number_format import split_power
from softmax_explained.core.printing.boxes import (
    Box,
    Choice,
    Digits,
    Fence,
    Letter,
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
    inside,
    is_partial_operator,
)
from softmax_explained.core.printing.layout import Layout
from softmax_explained.core.printing.spoken_terms import TERMS, Terms, spoken_language
from softmax_explained.errors import UsageError

_PARTIAL, _NABLA, _SUM = (Sign(char, "before") for char in "∂∇∑")
_PAUSES = re.compile(r"(?: *[,，])+ *(?=[,，;；:：]|$)|(?<=[；：])，")
"""Pauses that another sign or the end of the text takes the place of."""
_NEEDLESS = re.compile(
    r"\s+(?=[,;，：；])|(?<=[，：；])\s+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\s+(?=\s)"
)
"""Spaces before punctuation, after that of Chinese, and between two Han characters."""


def to_spoken(expr: Any, language: str = "en", *, bounds: bool = False) -> str:
    """Print a formula as words.

    Args:
        expr: as for `Layout`, which also raises the errors.
        language: a tag, such as en or zh-TW; a language without wording here is read in English.
        bounds: as for `Layout`.

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> result = DERIVATIONS["collapse"].equations[-1]
    >>> to_spoken(result)
    'the partial derivative of C with respect to z sub i equals a sub i minus y sub i'
    >>> to_spoken(result, "zh")
    'C 对 z i 的偏导数等于 a i 减 y i'
    """
    words = _Speaker(TERMS[spoken_language(language)]).say(Layout(expr, bounds=bounds).box)
    return _PAUSES.sub("", _NEEDLESS.sub("", words)).strip()


@dataclass(frozen=True)
class _Speaker:
    """Reads boxes aloud; `nested` is inside a fraction or an exponent, where short forms would be unclear."""

    terms: Terms
    nested: bool = False

    def say(self, box: Box) -> str:
        match box:
            case Owned(_, body):
                return self.say(body)
            case Letter():
                return self._letter(box)
            case Digits(text):
                return self._digits(text)
            case Sign(char, place):
                return self._sign(char, place)
            case Text(text):
                return f"“{text}”"
            case Row():
                return self._row(box)
            case Over():
                return self._fraction(box)
            case Script():
                return self._script(box)
            case Fence(body, kind):
                return self._filled("norm" if kind == "bars" else "fence", of=self.say(body))
            case Choice(rows):
                cases = [
                    self._filled("case", value=self.say(value), when=self.say(when)) for value, when in rows
                ]
                return self._filled("cases", count=str(len(rows)), of=" ".join(cases))

    @property
    def _inner(self) -> _Speaker:
        return _Speaker(self.terms, nested=True)

    def _filled(self, form: str, **parts: str) -> str:
        return str(getattr(self.terms, form)).format(**parts)

    def _letter(self, letter: Letter) -> str:
        stem, _, below = letter.stem.partition("_")
        if stem and below:  # the ce of n_ce is below the n
            return self._filled("sub", of=self._letter(Letter(stem)), index=below)
        name = self.terms.letters.get(letter.stem, letter.stem)
        said = " ".join([name, *[self.terms.prime] * len(letter.primes)])
        return self._filled("bold", of=said) if letter.bold else said

    def _digits(self, text: str) -> str:
        mantissa, exponent = split_power(text)
        if exponent:
            return self._filled(
                "power_of_ten", mantissa=self._digits(mantissa), exponent=self._digits(exponent)
            )
        lead = {"−": self.terms.negative, "+": self.terms.positive}.get(mantissa[0], "")
        return f"{lead} {mantissa.lstrip('−+')}".strip()

    def _sign(self, char: str, place: str) -> str:
        signs = self.terms.before if place == "before" else self.terms.between
        if char not in signs:
            raise UsageError(
                f"no words for the sign {char!r}",
                hint="add it to `before` or `between` in core.printing.spoken_terms, in every language",
            )
        return signs[char]

    def _row(self, row: Row) -> str:
        first = inside(row.items[0])
        if row.kind == "indices":
            return " ".join(self._index(item) for item in row.items)
        if isinstance(first, Script) and inside(first.base) == _NABLA and first.below:
            return self._filled("gradient", of=self.say(row.items[1]), to=self.say(first.below))
        if isinstance(first, Script) and inside(first.base) == _SUM:
            return self._sum(row)
        if row.kind == "product":
            return self._product(row)
        return " ".join(self.say(item) for item in row.items)

    def _index(self, index: Box) -> str:
        said = self.say(index)
        return said if isinstance(inside(index), Letter | Digits) else self._filled("long_index", of=said)

    def _product(self, row: Row) -> str:
        factors = [item for item in row.items if not isinstance(inside(item), Sign)]
        said = self.say(factors[0])
        for left, right in pairwise(factors):
            times = [] if is_partial_operator(left) else [self.terms.times]
            said = " ".join([said, *times, self.say(right)])
        return said

    def _sum(self, row: Row) -> str:
        """Σ_j Σ_k body, which is one row: signs, and then what is summed."""
        *signs, body = row.items
        said = self.say(body)
        if not (_is_single(body) or isinstance(inside(body), Fence)):
            said = self._filled("long_sum", of=said)
        for sign in reversed(signs):
            script = inside(sign)
            if not isinstance(script, Script) or script.below is None:
                raise UsageError("no words for this sum", hint="a Σ has its index below it")
            below, above = inside(script.below), script.above
            if above is not None:
                said = self._filled("sum_to", over=self.say(below), to=self.say(above), of=said)
            elif isinstance(below, Row) and Sign("≠") in below.items:
                index, _, missing = map(self.say, below.items)
                said = self._filled("sum_without", over=index, missing=missing, of=said)
            else:
                said = self._filled("sum", over=self.say(below), of=said)
        return said

    def _fraction(self, box: Over) -> str:
        if is_partial_operator(box):
            return self._filled("operator", to=self.say(_after_partial(box.bottom)))
        if isinstance(top := inside(box.top), Row) and inside(top.items[0]) == _PARTIAL:
            of, to = _after_partial(top), _after_partial(box.bottom)
            return self._filled("slope", of=self.say(of), to=self.say(to))
        short = not self.nested and _is_single(box.top) and _is_single(box.bottom)
        speaker = self if short else self._inner
        top_said, bottom_said = speaker.say(box.top), speaker.say(box.bottom)
        return self._filled("short_fraction" if short else "fraction", top=top_said, bottom=bottom_said)

    def _script(self, script: Script) -> str:
        said = self.say(script.base)
        if script.below:
            said = self._filled("sub", of=said, index=self.say(script.below))
        if script.above is None:
            return said
        above = inside(script.above)
        if above == Letter("T", upright=True):
            return self._filled("transposed", of=said)
        if isinstance(above, Sign):
            return f"{said} {self._sign(above.char, 'between')}"
        if isinstance(above, Digits) and above.text in self.terms.powers:
            return self.terms.powers[above.text].format(of=said)
        form = "power" if _is_single(above) else "long_power"
        return self._filled(form, of=said, exponent=self._inner.say(above))


def _after_partial(box: Box) -> Box:
    """What follows the ∂ in a row."""
    row = inside(box)
    if not isinstance(row, Row) or len(row.items) != 2:
        raise UsageError("no words for this derivative", hint="∂ stands before one letter or expression")
    return row.items[1]


def _is_single(box: Box) -> bool:
    """Whether a box is one letter or one number, with single indices or without."""
    box = inside(box)
    if isinstance(box, Digits):
        return box.text[0].isdigit() and "×" not in box.text
    if isinstance(box, Script):
        row = box.below and inside(box.below)
        plain = isinstance(row, Row) and all(isinstance(inside(each), Letter | Digits) for each in row.items)
        return plain and box.above is None and isinstance(inside(box.base), Letter)
    return isinstance(box, Letter)
