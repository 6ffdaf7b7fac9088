"""Symbols and numbers become words in one place, and nothing a class is called can be anything but a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.text.english_numbers import number_words
from softmax_explained.studio.speech.text.spoken_sentence import spoken
from softmax_explained.studio.speech.text.spoken_word import SpokenWord


def spelled(words: tuple[SpokenWord, ...]) -> str:
    return " ".join(word.text + word.pause for word in words)


def said(text: str, **fill: tuple[str, str]) -> str:
    return spelled(spoken(Sentence.parse(text, fill.__getitem__)))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("−0.341", "minus zero point three four one"),
        ("+0.225", "plus zero point two two five"),
        ("11.212", "eleven point two one two"),
        ("0.100", "zero point one zero zero"),
        ("0", "zero"),
        ("61", "sixty-one"),
        ("1040", "one thousand and forty"),
        ("2000300", "two million three hundred"),
        ("1234005", "one million two hundred and thirty-four thousand and five"),
        ("1.97 × 10⁴³⁴", "one point nine seven times ten to the four hundred and thirty-four"),
        ("−2.5 × 10⁻⁷", "minus two point five times ten to the minus seven"),
        ("≈ 0.160", "about zero point one six zero"),
        ("9" * 5000, " ".join(["nine"] * 5000)),
    ],
)
def test_a_number_is_read_as_it_is_printed(number: str, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("text", ["", "nan", "1,5", "1.", "--1", "[1](/x/)", "1 2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(SpeechError, match="cannot read the number"):
        number_words(text)


def in_digits(words: str) -> int:
    """Read number words back: an independent reader, by adding and multiplying."""
    small = {number_words(str(n)): n for n in [*range(20), *range(20, 100, 10)]}
    total, group = 0, 0
    for word in words.replace("-", " ").replace(" and ", " ").split():
        if word == "hundred":
            group *= 100
        elif word in (scales := {"thousand": 10**3, "million": 10**6, "billion": 10**9}):
            total, group = total + group * scales[word], 0
        else:
            group += small[word]
    return total + group


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_can_be_read_back(number: int) -> None:
    assert in_digits(number_words(str(number))) == number


def test_symbols_are_spelt_letter_by_letter() -> None:
    assert said("divide `a_i` by `S`, minus y_j over a_j.") == "divide a i by S, minus y j over a j."
    assert said("`dz` and `ln`: `(1-ε)`") == "d z and log: one epsilon"
    assert said("the square `a_i^2`") == "the square a i squared"


def test_the_symbol_a_is_a_letter_and_the_word_a_is_an_article() -> None:
    article, letter = spoken(Sentence.parse("a `a`", {}.__getitem__))
    assert article.phonemes is None
    assert letter.phonemes == "ˈA"


def test_signs_between_words_are_said() -> None:
    assert said("prediction − target = error") == "prediction minus target equals error"


def test_the_voice_hears_the_punctuation_of_the_sentence() -> None:
    assert said("First: one, two; three – four? (Yes.)") == "First: one, two; three— four? Yes."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no", "no"),
        ("cat-3", "cat three"),
        ("“8”", "eight"),
        ("“b”", "b"),
        ("C++", "C plus plus"),
        ("R&D", "R and D"),
        ("[dog](/fˈɑks/)", "dog"),
        ("a", "a"),
        ("naïve Bayes", "naïve Bayes"),
        ("猫", "that class"),
        ("𐍊", "that class"),
        ("\u202e", "that class"),
        ("---", "that class"),
        ("❶", "that class"),
    ],
)
def test_a_class_is_only_ever_read_out(name: str, words: str) -> None:
    sentence = Sentence.parse("{cls[t]} wins", {"cls[t]": (name, "word")}.__getitem__)
    assert spelled(spoken(sentence)) == f"{words} wins"
    assert all(word.phonemes is None or len(word.text) == 1 for word in spoken(sentence))


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["word", "symbol"])), min_size=1, max_size=5))
def test_every_token_is_said_and_holds_no_syntax(parts: list[tuple[str, str]]) -> None:
    fill = {f"k{n}": part for n, part in enumerate(parts)}
    words = spoken(Sentence.parse(" ".join(f"{{k{n}}}" for n in range(len(parts))), fill.__getitem__))
    assert [word.token for word in words] == sorted(word.token for word in words)
    assert {word.token for word in words} == set(range(len(parts)))
    assert all(character.isalpha() or character in "-'" for word in words for character in word.text)
