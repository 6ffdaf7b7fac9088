"""Writing systems: texts with spaces between words, and texts of Han characters and kana without."""

import re
import unicodedata
from typing import Literal

Writing = Literal["words", "signs"]  # chinese and Japanese have no spaces between words
# Han characters and kana, for use inside a character class of a regular expression
SIGNS = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SIGN = re.compile(f"[{SIGNS}]")
_LETTER = re.compile(rf"[^\W\d_{SIGNS}]")


def is_sign(text: str) -> bool:
    """Whether a text begins with a Han character or kana.

    >>> is_sign("猫"), is_sign("か"), is_sign("cat"), is_sign("고양이")
    (True, True, False, False)
    """
    return _SIGN.match(text) is not None


def name_in_sentence(name: str) -> str:
    """A class name as it stands in a sentence: in quotation marks if it reads as a number or a symbol.

    >>> [name_in_sentence(name) for name in ("cat", "猫", "8", "3–5", "b", "σ", "B1")]
    ['cat', '猫', '“8”', '“3–5”', '“b”', '“σ”', 'B1']
    """
    is_symbol = len(name) == 1 and unicodedata.name(name, "").startswith(("LATIN", "GREEK"))
    return f"“{name}”" if is_symbol or not any(map(str.isalpha, name)) else name


def width_in_signs(text: str) -> float:
    """The length of a text in full-width characters: a Latin letter or a digit is half as wide.

    >>> width_in_signs("概率是 0.659，"), width_in_signs("softmax")
    (7.0, 3.5)
    """
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.5 for each in text)


def rise_of(text: str) -> float:
    """Ems from the baseline to the top of the highest letter; larger with Han characters.

    >>> rise_of("The loss") < rise_of("3  损失")
    True
    """
    return 0.88 if _SIGN.search(text) else 0.75


def writing_of(text: str) -> Writing:
    """How most of a text is written; a few Latin letters in a Chinese text do not matter.

    >>> writing_of("softmax 先以 e 为底、以得分为指数。每个值都变成正数。")
    'signs'
    >>> writing_of("The true class is 猫."), writing_of("0.242")
    ('words', 'words')
    """
    signs = len(_SIGN.findall(text))
    return "signs" if 2 * signs > signs + len(_LETTER.findall(text)) else "words"
