"""A film is planned in any language there are words for, and refused before it is drawn if there are not."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from softmax_explained.core import Lesson
from softmax_explained.errors import LessonError, WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.narration.words_file import read_words
from softmax_explained.studio.captions.segmentation import Limits, Spoken, captions
from softmax_explained.studio.planning.plan import Plan, make_plan

WORDS = resources.files("softmax_explained.assets") / "words"
RATE = 60


def film(language: str, lesson: Lesson | None = None, *names: str) -> Plan:
    return make_plan(Production(FILM, lesson, names or ("loss",), language))


def spoken(plan: Plan) -> tuple[Spoken, ...]:
    """Every sentence of a plan, with a second between them."""
    clock, said = 0.5, []
    for beat in plan.beats.values():
        said.append(
            Spoken(beat.sentence, tuple((clock + word.start, clock + word.end) for word in beat.timing.words))
        )
        clock += beat.timing.speech + 1.6
    return tuple(said)


def test_a_chinese_film_is_silent_and_timed_by_reading() -> None:
    plan = film("zh")
    assert (plan.production.language, plan.production.voice) == ("zh", "none")
    assert plan.production.words == read_words("zh", FILM.words_folder)
    assert plan.title == "softmax 与交叉熵的梯度"
    assert [chapter.title for chapter in plan.chapters] == ["损失"]
    for beat in plan.beats.values():
        signs = sum("\u4e00" <= letter <= "\u9fff" for letter in str(beat.sentence))
        assert signs / beat.timing.speech * 60 < 270, "nobody reads as fast as that"
        assert beat.speech is None


def test_a_film_in_a_made_up_language_needs_a_file_and_no_code(tmp_path: Path) -> None:
    file = tmp_path / "tlh-Latn.toml"
    file.write_text((WORDS / "en.toml").read_text("utf-8").replace('"The loss"', '"chIl"'), "utf-8")
    plan = film(str(file))
    assert (plan.production.language, plan.production.voice) == ("tlh-Latn", "none")
    assert plan.production.words == read_words(str(file), FILM.words_folder)
    assert [chapter.title for chapter in plan.chapters] == ["chIl"]


@pytest.mark.parametrize(("like", "characters", "rate"), [("en", 42, 20), ("zh", 16, 9)])
def test_captions_follow_how_a_language_is_written(
    like: str, characters: int, rate: float, tmp_path: Path
) -> None:
    file = tmp_path / "tlh.toml"
    file.write_text((WORDS / f"{like}.toml").read_text("utf-8"), "utf-8")
    plan = film(str(file), None, "neuron", "softmax", "loss", "collapse")
    said = spoken(plan)
    limits = Limits.of(" ".join(str(each.sentence) for each in said), plan.production.script.reading)
    cues = captions(said, limits, RATE, said[-1].times[-1][1] + 2)
    assert len(cues) > len(said)
    half = 0.5 if like == "zh" else 1.0  # a Latin letter or a digit beside Han characters
    assert all(width(line, half) <= characters for cue in cues for line in cue.lines)
    assert all(len(cue.lines) <= 2 for cue in cues)
    assert all(
        sum(width(line, half) for line in cue.lines) <= rate * (cue.end - cue.start) + 0.5 for cue in cues
    )


def width(line: str, half: float) -> float:
    """Characters of a line; those that Unicode calls neither wide nor full-width count as `half`."""
    return sum(1.0 if east_asian_width(sign) in "WF" else half for sign in line)


WORDS_WITHIN_SENTENCES = """
神经元 得分 类别 权重 输入 偏置 损失 标签 增量 导数 预测 梯度 概率 实数 公式 指数
对数 次方 平方 斜率 比例 求和 总和 路径 分母 长度 除以 乘以 等于 变成 代入 加权
抵消 剩下 推力 没有 已经 纹丝不动 作用 每个 离谱 互相 竞争 缩小 还原 起来 实测 方向
正好 完整 所以 所有 其余 它们 自己 失效 照样 成立
"""
"""Written down by a reader of the Chinese sentences."""


def test_chinese_captions_keep_words_and_names_whole() -> None:
    lesson = Lesson.from_logits([2, 1], ["cat", "dog"], [0, 1], names={"zh": ["哈士奇", "维吉尼亚鸢尾"]})
    plan = film("zh", lesson, "softmax", "loss", "collapse")
    said = spoken(plan)
    limits = Limits.of(" ".join(str(each.sentence) for each in said), plan.production.script.reading)
    cues = captions(said, limits, RATE, said[-1].times[-1][1] + 2)
    whole = [*WORDS_WITHIN_SENTENCES.split(), *limits.unbroken, "哈士奇", "维吉尼亚鸢尾"]
    heard = "".join(str(each.sentence) for each in said)
    read = "\n".join(line for cue in cues for line in cue.lines)
    assert [word for word in whole if read.count(word) != heard.count(word)] == []


def test_a_language_may_ask_for_shorter_captions(tmp_path: Path) -> None:
    file = tmp_path / "tlh.toml"
    asked = "\n[reading]\ncaption_characters = 30\ncaption_rate = 15\n"
    file.write_text((WORDS / "en.toml").read_text("utf-8") + asked, "utf-8")
    plan = film(str(file))
    limits = Limits.of("these are words", plan.production.script.reading)
    assert (limits.characters, limits.per_second, limits.lines) == (30, 15, 2)


def test_a_name_that_cannot_be_drawn_is_refused_before_anything_is() -> None:
    lesson = Lesson.from_logits([2, 1], ["cat", "𓃠"], [0, 1])
    with pytest.raises(LessonError, match="'𓃠'"):
        film("en", lesson)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(WordsError, match="languages: en, zh"):
        film("xx")
