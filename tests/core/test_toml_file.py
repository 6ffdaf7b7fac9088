"""Files of users are read in a time and in memory that their size explains, or refused."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.core.toml_file import DEEPEST, parse_toml

TOO_DEEP = {
    "a key": "{}a = 1",
    "a table": "[{}a]\nb = 1",
    "an inline table": "x = {{ {}a = 1 }}",
}


@pytest.mark.parametrize("where", TOO_DEEP)
@pytest.mark.parametrize("part", ["a.", '"a b" . ', "'a'\t.", r'"\".".'])
def test_a_key_of_thousands_of_parts_is_refused_before_it_is_parsed(
    where: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(_: str) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(tomllib, "loads", parsed)
    text = "title = 'x'\n" + TOO_DEEP[where].format(part * 20_000)
    with pytest.raises(ValueError, match="line 2 has a key of more than 32 parts"):
        parse_toml(text.encode())


@given(
    parts=st.integers(1, DEEPEST),
    text=st.text(st.characters(codec="utf-8", exclude_characters="'", exclude_categories=["Cc"])),
)
def test_other_files_are_read_as_ever(parts: int, text: str) -> None:
    content = f"{'.'.join('abc' for _ in range(parts))} = '{text}'\n"
    assert parse_toml(content.encode()) == tomllib.loads(content)


@pytest.mark.parametrize(
    "text", ["n = 0x" + "f" * 5000, "n = 9223372036854775808", "t = [[{n = 99999999999999999999"]
)
def test_an_integer_that_toml_does_not_have_is_refused(text: str) -> None:
    closed = text + ("}]]" if "{" in text else "")
    with pytest.raises(ValueError, match=r"an integer of more than 64 bits|not TOML"):
        parse_toml(closed.encode())


def test_the_largest_integers_are_read() -> None:
    text = b"n = [9223372036854775807, -9223372036854775808]"
    assert parse_toml(text) == {"n": [2**63 - 1, -(2**63)]}
