"""Sentences: words, symbols, numbers and marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.errors import UnknownQuantityError, WordsError
from softmax_explained.stage.narration.sentence import Kind, Sentence

QUANTITIES: dict[str, tuple[str, Kind]] = {
    "S": ("11.213", "number"),
    "g[i]": ("−0.341", "number"),
    "cls[t]": ("dog", "word"),
}


def parse(text: str) -> Sentence:
    return Sentence.parse(text, QUANTITIES.__getitem__, where="chapter.beat.say")


def test_a_placeholder_becomes_the_digits_of_its_quantity() -> None:
    said = parse("They measure {S}, not {g[i]}.")
    assert str(said) == "They measure 11.213, not −0.341."
    assert [(token.text, token.source) for token in said.tokens if token.kind == "number"] == [
        ("11.213", "S"),
        ("−0.341", "g[i]"),
    ]


def test_a_symbol_shows_its_index_as_a_subscript() -> None:
    said = parse("Push z_i, then `a` and y_j.")
    assert str(said) == "Push zᵢ, then a and yⱼ."
    assert [token.source for token in said.tokens if token.kind == "symbol"] == ["z_i", "a", "y_j"]


def test_a_mark_sits_on_the_first_word_after_its_bar() -> None:
    said = parse("{lay|Lay the pieces} down: {total|{S}} in {all|`a`}.")
    assert {mark: said.tokens[index].text for mark, index in said.marks.items()} == {
        "lay": "Lay",
        "total": "11.213",
        "all": "a",
    }


def test_every_chinese_character_is_a_token_of_its_own() -> None:
    assert [token.text for token in parse("把各段 softmax").tokens] == ["把", "各", "段", "softmax"]


def test_a_class_name_with_braces_is_not_read_as_notation() -> None:
    said = Sentence.parse("It is {cls[t]}.", lambda key: ("{no|way} `x` a_i", "word"))
    assert str(said) == "It is {no|way} `x` a_i."
    assert not said.marks


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("A {nonsense} here.", "no quantity {nonsense}"),
        ("{one|a} and {one|b}", "mark 'one' is used twice"),
        ("{one|} word", "a mark without words"),
        ("{one|never closed", "never closed"),
        ("{one|a {two|b}}", "a mark inside a mark"),
        ("a } b", "a lone }"),
        ("a ` b", "a lone `"),
        ("a { b", "a lone {"),
        ("…", "no words"),
    ],
)
def test_a_slip_in_the_notation_is_named_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(WordsError) as slip:
        parse(text)
    assert complaint in str(slip.value)
    assert "chapter.beat.say" in str(slip.value)


@given(st.text(st.characters(blacklist_characters="{}`|_", blacklist_categories=["Cs"])))
def test_plain_text_is_kept_to_the_letter(text: str) -> None:
    if any(character.isalnum() for character in text):
        try:
            assert str(parse(text)) == text
        except WordsError as nothing:  # letters that no word is made of, such as a lone superscript
            assert "no words" in str(nothing)


def test_an_unknown_quantity_comes_with_the_hint_of_the_solution() -> None:
    def fill(key: str) -> tuple[str, Kind]:
        raise UnknownQuantityError("there is none", hint="similar keys: S")

    with pytest.raises(WordsError) as caught:
        Sentence.parse("It is {s}.", fill, where="loss.price.say")
    assert str(caught.value) == "loss.price.say: no quantity {s}\n  similar keys: S"
