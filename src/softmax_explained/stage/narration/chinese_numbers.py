"""Numbers as they are read out in Chinese, which gives the time that a silent film leaves for them."""

from __future__ import annotations

from softmax_explained.core.number_format import MINUS, parse_number, split_power

_DIGITS = "零一二三四五六七八九"
_UNITS = "", "十", "百", "千"
_GROUPS = "", "万", "亿", "万亿"  # of four digits each


def chinese_number(text: str) -> str:
    """A displayed number in Chinese characters, one for each syllable; beyond 16 digits, digit by digit.

    Raises:
        ValueError: the text is not a displayed number; see `parse_number`.

    >>> chinese_number("0.659"), chinese_number("−12"), chinese_number("1.97 × 10⁴³⁴")
    ('零点六五九', '负十二', '一点九七乘以十的四百三十四次方')
    """
    parse_number(text)
    mantissa, power = split_power(text)
    sign = "负" if mantissa.startswith(MINUS) else "正" if mantissa.startswith("+") else ""
    whole, _, part = mantissa.lstrip(f"{MINUS}+").partition(".")
    read = sign + _cardinal(whole) + (f"点{_digit_by_digit(part)}" if part else "")
    return read + (f"乘以十的{chinese_number(power)}次方" if power else "")


def _cardinal(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    if len(digits) > 4 * len(_GROUPS) or digits == "0":
        return _digit_by_digit(digits)
    padded = digits.zfill(-(-len(digits) // 4) * 4)
    groups = [padded[start : start + 4] for start in range(0, len(padded), 4)]
    read, gap = "", False
    for place, group in zip(reversed(range(len(groups))), groups, strict=True):
        if not int(group):
            gap = bool(read)
            continue
        read += (
            ("零" if read and (gap or group.startswith("0")) else "") + _four_digits(group) + _GROUPS[place]
        )
        gap = False
    return read.removeprefix("一") if read.startswith("一十") else read


def _four_digits(group: str) -> str:
    """Up to four digits; zeros in between are read once, those at the end not at all."""
    read, gap = "", False
    for place, digit in zip(reversed(range(4)), group, strict=True):
        if digit == "0":
            gap = bool(read)
            continue
        read += ("零" if gap else "") + _DIGITS[int(digit)] + _UNITS[place]
        gap = False
    return read


def _digit_by_digit(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)
