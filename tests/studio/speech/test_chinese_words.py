"""Every Chinese character is said as it is read in its phrase, and numbers and signs are said in Chinese."""

import json
from importlib import resources

import hibari
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices import need_model

need_model()

from pypinyin import pinyin_dict  # noqa: E402

from softmax_explained.errors import SpeechError  # noqa: E402
from softmax_explained.scenes.film import FILM  # noqa: E402
from softmax_explained.stage.narration.sentence import Sentence  # noqa: E402
from softmax_explained.stage.scene.production import Production  # noqa: E402
from softmax_explained.studio.speech.text.chinese_words import ChineseText, _phonemes  # noqa: E402
from softmax_explained.studio.speech.text.lexicon import lexicon  # noqa: E402
from softmax_explained.studio.speech.text.spoken_sentence import spoken  # noqa: E402

VOCABULARY = json.loads((resources.files(hibari) / "assets" / "vocab.json").read_text("utf-8"))


def sentence(text: str, **fill: tuple[str, str]) -> Sentence:
    return Sentence.parse(text, fill.__getitem__)


def said(text: str, **fill: tuple[str, str]) -> str:
    return "".join(word.text + word.pause for word in spoken(sentence(text, **fill), "zh"))


def pinyin(text: str) -> str:
    """The pinyin of a text, word by word."""
    known = ChineseText(lexicon("zh"))
    return " ".join(syllable for word in known._cut(text) for syllable in known._pinyin(word))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("为什么", "wei4 shen2 me5"),
        ("概率为一", "gai4 lv4 wei2 yi1"),
        ("标签之和为一", "biao1 qian1 zhi1 he2 wei2 yi1"),
        ("变为", "bian4 wei2"),
        ("它那一段就变长", "ta1 na4 yi1 duan4 jiu4 bian4 chang2"),
        ("整条就长出了这么多", "zheng3 tiao2 jiu4 chang2 chu1 le5 zhe4 me5 duo1"),
        ("就是全长", "jiu4 shi4 quan2 chang2"),
        ("分子的导数乘分母", "fen1 zi3 de5 dao3 shu4 cheng2 fen1 mu3"),
        ("对数的导数是倒数", "dui4 shu4 de5 dao3 shu4 shi4 dao4 shu4"),
        ("得分之间的差", "de2 fen1 zhi1 jian1 de5 cha1"),
        ("已经差不多了", "yi3 jing1 cha4 bu4 duo1 le5"),
        ("两种损失分别调得分", "liang3 zhong3 sun3 shi1 fen1 bie2 tiao2 de2 fen1"),
        ("错得很离谱", "cuo4 de5 hen3 li2 pu3"),
        ("曲线的斜率", "qu1 xian4 de5 xie2 lv4"),
        ("雅可比矩阵", "ya3 ke3 bi3 ju3 zhen4"),
        ("权重", "quan2 zhong4"),
        ("哈士奇", "ha1 shi4 qi2"),
    ],
)
def test_a_character_is_read_as_in_its_phrase(text: str, read: str) -> None:
    assert pinyin(text) == read


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("约 11.213。", "约十一点二一三."),
        ("−0.341", "负零点三四一"),
        ("得分，概率、损失；对吗？", "得分,概率,损失;对吗?"),
        ("预测 − 标签", "预测减标签"),
    ],
)
def test_numbers_signs_and_punctuation_are_said_in_chinese(text: str, heard: str) -> None:
    filled = text.replace("11.213", "{x}").replace("−0.341", "{y}")
    assert said(filled, x=("11.213", "number"), y=("−0.341", "number")) == heard


def test_a_letter_and_a_term_are_said_in_english_among_syllables() -> None:
    words = spoken(sentence("蓝色的，`i`，softmax"), "zh")
    assert [word.text for word in words] == ["蓝", "色", "的", "i", "softmax"]
    assert [word.phonemes for word in words[3:]] == ["ˈI", "sˈɔftmæks"]


@pytest.mark.parametrize("name", ["�", "---", "\u202e", "𐍊", "❶"])
def test_a_name_without_a_sound_is_called_this_class(name: str) -> None:
    assert said("给{cls[t]}的", **{"cls[t]": (name, "word")}) == "给这一类的"


@pytest.mark.parametrize(
    ("name", "heard"), [("狐狸", "狐狸"), ("“8”", "八"), ("C++", "C加加"), ("第3类", "第三类"), ("か", "か")]
)
def test_a_class_is_only_ever_read_out(name: str, heard: str) -> None:
    assert said("是{cls[t]}。", **{"cls[t]": (name, "word")}) == f"是{heard}."


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(SpeechError, match="cannot read the number '1,5'"):
        said("{x}", x=("1,5", "number"))


def test_every_syllable_of_a_common_character_is_in_the_vocabulary_of_the_voices() -> None:
    from pypinyin import Style, lazy_pinyin

    characters = [chr(code) for code in pinyin_dict.pinyin_dict if 0x4E00 <= code <= 0x9FA5]
    syllables = {
        lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0] for character in characters
    }
    assert len(syllables) > 1200
    unknown = set()
    for syllable in syllables:
        try:
            phonemes = _phonemes(syllable)
        except SpeechError:  # interjections such as m̀, which no word of a film contains
            unknown.add(syllable)
        else:
            assert phonemes
            assert set(phonemes) <= set(VOCABULARY), syllable
    assert len(unknown) < 12, unknown


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), min_size=1, max_size=20))
def test_every_token_is_said_in_order_whatever_is_written(name: str) -> None:
    filled = sentence("甲{cls[t]}乙。", **{"cls[t]": (name, "word")})
    words = spoken(filled, "zh")
    tokens = [word.token for word in words]
    assert tokens == sorted(tokens)
    assert set(tokens) == set(range(len(filled.tokens)))
    assert all(character.isalpha() or character in "-'" for word in words for character in word.text)


def test_no_sentence_of_the_film_needs_a_letter_but_the_names_of_indices() -> None:
    script = Production(FILM, language="zh").script
    for chapter in FILM.chapter_classes():
        for name in chapter.beats():
            for narration in script.narrations(f"{chapter.name}.{name}").values():
                letters = {token.source for token in narration.voice.tokens if token.kind == "symbol"}
                assert letters <= {"i", "j", "k"}, name


def test_a_pronunciation_of_the_user_comes_first() -> None:
    own = lexicon("zh").with_words(
        {"重庆": "chong2 qing4", "Nguyen": "阮", "logit": "/lˈOʤɪt/"}, "words/zh.toml: [pronunciation]"
    )
    words = spoken(sentence("重庆 Nguyen logit"), "zh", own)
    assert [word.text for word in words] == ["重", "庆", "阮", "logit"]
    assert words[0].phonemes == _phonemes("chong2")
    assert words[3].phonemes == "lˈOʤɪt"


@pytest.mark.parametrize("given_as", ["chong2", "zhong4 qing4 shi4", "/ab/"])
def test_a_pronunciation_that_does_not_fit_its_phrase_is_refused(given_as: str) -> None:
    own = lexicon("zh").with_words({"重庆": given_as}, "words/zh.toml: [pronunciation]")
    with pytest.raises(SpeechError, match="重庆") as caught:
        spoken(sentence("重庆"), "zh", own)
    assert "chong2 qing4" in caught.value.hint


@pytest.mark.parametrize("syllable", ["xyz4", "q1", "zhong9"])
def test_a_syllable_that_is_none_is_refused(syllable: str) -> None:
    with pytest.raises(SpeechError, match="no syllable"):
        _phonemes(syllable)
