"""Numbers read out in Chinese, as a primary-school book has them."""

import pytest

from softmax_explained.stage.narration.chinese_numbers import chinese_number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0", "零"),
        ("4", "四"),
        ("10", "十"),
        ("12", "十二"),
        ("20", "二十"),
        ("61", "六十一"),
        ("100", "一百"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("1001", "一千零一"),
        ("10305", "一万零三百零五"),
        ("100000", "十万"),
        ("100050", "十万零五十"),
        ("110000", "十一万"),
        ("500300", "五十万零三百"),
        ("200000001", "二亿零一"),
        ("0.659", "零点六五九"),
        ("11.213", "十一点二一三"),
        ("−0.758", "负零点七五八"),
        ("+0.5", "正零点五"),
        ("1.97 × 10⁴³⁴", "一点九七乘以十的四百三十四次方"),
        ("2.0 × 10⁻⁵", "二点零乘以十的负五次方"),
        ("12345678901234567", "一二三四五六七八九零一二三四五六七"),
    ],
)
def test_a_number_is_read_as_in_speech(text: str, read: str) -> None:
    assert chinese_number(text) == read


def test_what_is_no_number_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="not a displayed number"):
        chinese_number("many")
