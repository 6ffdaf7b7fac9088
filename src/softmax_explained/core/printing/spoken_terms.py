"""The words in which formulas are read aloud, by language; `spoken` says what goes where.

English follows ClearSpeak and MathSpeak (see `spoken`). Chinese puts the variable before "derivative" and the
denominator before the numerator, as textbooks read them: 分母在前, "a 分之 b"; what could be read in two ways
has a word at its end, such as 分式完.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from softmax_explained.core.printing.boxes import GREEK, PRIME

ENGLISH = "en"


@dataclass(frozen=True)
class Terms:
    """The wording of one language; the names in braces are filled with parts that are already words."""

    letters: Mapping[str, str]  # the letters that have another name in words
    before: Mapping[str, str]  # signs that belong to what follows them
    between: Mapping[str, str]  # all other signs
    powers: Mapping[str, str]  # exponents with a word of their own
    times: str  # between factors, whether a dot is drawn or not
    negative: str  # the sign of a displayed number
    positive: str
    prime: str
    bold: str  # {of}: the letter of a vector or a matrix
    sub: str  # {of} {index}
    long_index: str  # {of}: an index that is no single letter or number
    power: str  # {of} {exponent}, a single letter or number
    long_power: str  # {of} {exponent}, anything else
    power_of_ten: str  # {mantissa} {exponent}
    short_fraction: str  # {top} {bottom}, both single
    fraction: str  # {top} {bottom}
    slope: str  # {of} {to}: ∂of/∂to
    operator: str  # {to}: ∂/∂to, before an expression
    gradient: str  # {of} {to}
    sum: str  # {over} {of}
    sum_to: str  # {over} {to} {of}: with both bounds
    sum_without: str  # {over} {missing} {of}: over all but one
    long_sum: str  # {of}: what is summed, if it could be read as going on
    fence: str  # {of}: in parentheses
    norm: str  # {of}
    transposed: str  # {of}
    cases: str  # {count} {of}, of which each is a `case`
    case: str  # {value} {when}


_EN = Terms(
    letters={"Delta": "capital delta"},
    before={"−": "minus"},
    between={
        "+": "plus",
        "−": "minus",
        "·": "times",
        "/": "slash",
        ",": ", comma,",
        "⋯": "and so on",
        "=": "equals",
        "≠": "is not equal to",
        "<": "is less than",
        "≤": "is less than or equal to",
        ">": "is greater than",
        "≥": "is greater than or equal to",
        "≈": "is approximately equal to",
        "←": "becomes",
        "ln": "the natural log of",
        "diag": "the diagonal matrix of",
        PRIME: "prime",
    },
    powers={"2": "{of} squared", "3": "{of} cubed"},
    times="times",
    negative="minus",
    positive="plus",
    prime="prime",
    bold="bold {of}",
    sub="{of} sub {index}",
    long_index="{of}, end sub,",
    power="{of} to the {exponent}",
    long_power="{of} to the power of {exponent}, end power,",
    power_of_ten="{mantissa} times 10 to the {exponent}",
    short_fraction="{top} over {bottom}",
    fraction="the fraction {top}, over {bottom}, end fraction,",
    slope="the partial derivative of {of} with respect to {to}",
    operator="the partial derivative with respect to {to} of",
    gradient="the gradient of {of} with respect to {to}",
    sum="the sum over {over} of {of}",
    sum_to="the sum from {over} to {to} of {of}",
    sum_without="the sum over {over} not equal to {missing} of {of}",
    long_sum="{of}, end sum,",
    fence="open paren {of} close paren",
    norm="the norm of {of}, end norm,",
    transposed="{of} transposed",
    cases="{count} cases: {of} end of cases,",
    case="{value} if {when};",
)

_ZH = Terms(
    letters=GREEK,
    before={"−": "负"},
    between={
        "+": "加",
        "−": "减",
        "·": "乘以",
        "/": "斜线",
        ",": "，逗号，",
        "⋯": "等等",
        "=": "等于",
        "≠": "不等于",
        "<": "小于",
        "≤": "小于等于",
        ">": "大于",
        "≥": "大于等于",
        "≈": "约等于",
        "←": "更新为",
        "ln": "自然对数",
        "diag": "对角矩阵",
        PRIME: "撇",
    },
    powers={"2": "{of} 的平方", "3": "{of} 的立方"},
    times="乘以",
    negative="负",
    positive="正",
    prime="撇",
    bold="粗体 {of}",
    sub="{of} {index}",
    long_index="下标 {of}，下标完，",
    power="{of} 的 {exponent} 次方",
    long_power="{of} 的幂，指数 {exponent}，指数完，",
    power_of_ten="{mantissa} 乘以 10 的 {exponent} 次方",
    short_fraction="{bottom} 分之 {top}",
    fraction="分式，分子 {top}，分母 {bottom}，分式完，",
    slope="{of} 对 {to} 的偏导数",
    operator="对 {to} 求偏导，",
    gradient="{of} 对 {to} 的梯度",
    sum="对 {over} 求和，{of}",
    sum_to="从 {over} 到 {to} 求和，{of}",
    sum_without="对不等于 {missing} 的 {over} 求和，{of}",
    long_sum="{of}，求和完，",
    fence="左括号 {of} 右括号",
    norm="范数，{of}，范数完，",
    transposed="{of} 的转置",
    cases="分 {count} 种情况：{of} 情况完，",
    case="{when} 时，{value}；",
)

TERMS: Mapping[str, Terms] = MappingProxyType({ENGLISH: _EN, "zh": _ZH})
"""By primary language subtag."""


def spoken_language(tag: str) -> str:
    """The language in which formulas are read aloud in a film of a language.

    >>> spoken_language("zh-TW"), spoken_language("fr")
    ('zh', 'en')
    """
    primary = tag.partition("-")[0]
    return primary if primary in TERMS else ENGLISH
