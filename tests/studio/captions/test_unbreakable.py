"""No break tears a formula, a number or a name, unless its line would be too long."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.stage.design.writing_system import Writing
from softmax_explained.stage.narration.sentence import Kind, Sentence
from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.studio.captions.segmentation import LIMITS, Cue, Limits, Spoken, captions

FILLED: dict[str, tuple[str, Kind]] = {
    "n": ("−0.341", "number"),
    "huge": ("1.97 × 10⁴³⁴", "number"),
    "cls[t]": ("Golden retriever", "word"),
    "cls[i]": ("哈士奇", "word"),
    "cls[r]": ("“8”", "word"),
}

ENGLISH = {
    "`e` to the z_i": "e to the zᵢ",
    "a_i a_j": "aᵢ aⱼ",
    "minus a_i a_j": "minus aᵢ aⱼ",
    "minus y_j over a_j": "minus yⱼ over aⱼ",
    "one over `a`": "one over a",
    "the natural log of `a`": "natural log of a",
    "a_i times one minus a_i": "aᵢ times one minus aᵢ",
    "`e` to the z_i, over `S`": "e to the zᵢ, over S",
    "log `S`": "log S",
    "`a` transpose": "a transpose",
    "prediction minus target": "prediction minus target",
    "minus {n}": "minus −0.341",
    "{huge}": "1.97 × 10⁴³⁴",
    "{cls[t]}": "Golden retriever",
    "{cls[r]}": "“8”",
    "Cross-entropy": "Cross-entropy",
}
CHINESE = {
    "`e` 的 z_i 次方": "e 的 zᵢ 次方",
    " a_i 等于 `e` 的 z_i 次方": "aᵢ 等于 e 的 zᵢ 次方",
    "负的 y_j/a_j": "负的 yⱼ/aⱼ",
    "−ln `a`": "−ln a",
    " a_i(1−a_i)": "aᵢ(1−aᵢ)",
    " a_i − y_i": "aᵢ − yᵢ",
    "(a_i−y_i) x_m": "(aᵢ−yᵢ) xₘ",
    "`j` 不等于 `i`": "j 不等于 i",
    "第 `i` 段": "第 i 段",
    "从 0 到 1": "从 0 到 1",
    "同一个": "同一个",
    "每一条": "每一条",
    "{n} 步": "−0.341 步",
    "{cls[i]}": "哈士奇",
    "{cls[r]}": "“8”",
}


def shown(text: str, limits: Limits) -> tuple[Sentence, tuple[Cue, ...]]:
    """The captions of a sentence at reading speed."""
    sentence = Sentence.parse(text, FILLED.__getitem__)
    timing = reading_time(sentence)
    return sentence, captions((Spoken.of(sentence, timing, 0.0),), limits, 60, timing.speech + 0.8)


@pytest.mark.parametrize(("written", "whole"), ENGLISH.items())
def test_what_belongs_together_in_english_stays_on_a_line(written: str, whole: str) -> None:
    for before in range(14):
        _, cues = shown(f"{'so ' * before}we see {written} and more of all that is said.", LIMITS["words"])
        assert any(whole in line for cue in cues for line in cue.lines)


@pytest.mark.parametrize(("written", "whole"), CHINESE.items())
def test_what_belongs_together_in_chinese_stays_on_a_line(written: str, whole: str) -> None:
    for before in range(18):
        _, cues = shown(f"{'看' * before}，看见{written}，以及这里说到的所有东西。", LIMITS["signs"])
        lines = [line for cue in cues for line in cue.lines]
        assert any(whole in line for line in lines)
        assert not [line for line in lines if line.startswith("的") or line.endswith("的")]


def test_a_formula_longer_than_a_line_is_broken_before_an_operator() -> None:
    formula = "minus `e` to the z_j times `e` to the z_i over `S` squared times `e` to the z_k"
    _, cues = shown(f"Only {formula} stays.", LIMITS["words"])
    starts = [line.split()[0] for cue in cues for line in cue.lines]
    assert len(starts) > 1
    assert set(starts[1:]) <= {"times", "over"}


def test_the_article_a_is_not_the_symbol() -> None:
    for before in range(10):
        _, cues = shown(f"{'so ' * before}this is a thing minus a doubt, and it is a thing.", LIMITS["words"])
        lines = [line for cue in cues for line in cue.lines]
        assert not [line for line in lines if line.endswith(" a")]


LATIN_WORDS = st.tuples(
    st.sampled_from(["so", "share", "probabilities", "and", "the", "of", "it,", "grows.", "we"]),
    st.sampled_from(["", *ENGLISH]),
).map(" ".join)
SIGN_WORDS = st.tuples(
    st.sampled_from(["概率", "路径的", "损失，", "把", "对数", "变小。", "得分", "都", "变了"]),
    st.sampled_from(["", *CHINESE]),
).map("".join)


@given(words=st.lists(LATIN_WORDS, min_size=1, max_size=40), characters=st.integers(28, 42))
def test_any_english_text_keeps_its_words_within_the_lines(words: list[str], characters: int) -> None:
    check(" ".join(words), "words", characters)


@given(words=st.lists(SIGN_WORDS, min_size=1, max_size=40), characters=st.integers(12, 16))
def test_any_chinese_text_keeps_its_words_within_the_lines(words: list[str], characters: int) -> None:
    check("".join(words), "signs", characters)


def check(text: str, writing: Writing, characters: int) -> None:
    usual = LIMITS[writing]
    limits = Limits(
        characters, 2, usual.per_second, usual.shortest, usual.longest, unbroken=("同一个",), writing=writing
    )
    sentence, cues = shown(text, limits)
    lines = [line for cue in cues for line in cue.lines]
    assert "".join("".join(lines).split()) == "".join(str(sentence).split())
    assert all(len(cue.lines) <= 2 for cue in cues)
    assert all(limits.length(line) <= characters for line in lines)
    rigid = ("e to the zᵢ", "yⱼ over aⱼ", "natural log of a", "a transpose", "“8”", "−ln a", "第 i 段")
    read, said = "\n".join(lines), str(sentence)
    assert [part for part in rigid if read.count(part) != said.count(part)] == []
    assert all(one.end <= other.start for one, other in pairwise(cues))
