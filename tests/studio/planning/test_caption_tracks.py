"""A film has captions in every language it has words in, at the times of the one that is spoken."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import tiny_film

from softmax_explained.core import Lesson
from softmax_explained.errors import WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.design.style import style
from softmax_explained.studio.cache.fingerprint import changes
from softmax_explained.studio.planning.fingerprints import beat_fingerprint, film_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan

ENGLISH = (tiny_film.FOLDER / "en.toml").read_text("utf-8")


def tiny(folder: Path, chinese: str | None = tiny_film.CHINESE, **settings: object) -> Production:
    """The tiny film with words in a folder of their own; its Chinese captions lack all that is not said."""
    (folder / "en.toml").write_text(ENGLISH, "utf-8")
    if chinese is not None:
        (folder / "zh.toml").write_text(chinese, "utf-8")
    return Production(replace(tiny_film.FILM, words_folder=folder), quality="draft", voice="none", **settings)


@cache
def chapters(spoken: str, *names: str) -> Plan:
    lesson = Lesson.from_logits(
        [2, 1, 0], ["cat", "dog", "fox"], [0.2, 0.7, 0.1], names={"zh": ["猫", "狗", "狐狸"]}
    )
    return make_plan(Production(FILM, lesson, names, spoken, voice="none"))


def text(plan: Plan, beat: str, language: str) -> str:
    return " ".join(line for cue in plan.beats[beat].cues[language] for line in cue.lines)


def test_every_beat_has_captions_in_both_languages_the_spoken_one_first() -> None:
    for spoken, other in (("en", "zh"), ("zh", "en")):
        plan = chapters(spoken, "loss", "collapse")
        for beat in plan.beats.values():
            assert list(beat.cues) == [spoken, other]
            end = beat.timing.speech + style().pace("breath")
            for cues in beat.cues.values():
                assert cues[0].start == pytest.approx(0.0)
                assert cues[-1].end <= end + 1e-9
                assert all(one.end < other.start for one, other in pairwise(cues))


def test_the_other_language_says_the_variant_and_the_names_of_this_lesson() -> None:
    plan = chapters("en", "loss", "collapse")
    assert "split among the classes" in text(plan, "loss.who_pays", "en")
    assert "由各个类别分摊" in text(plan, "loss.who_pays", "zh").replace(" ", "")
    assert "这里本来就是软标签" in text(plan, "collapse.soft_labels", "zh").replace(" ", "")
    assert "狐狸" in text(plan, "collapse.check", "zh")
    assert "fox" not in text(plan, "collapse.check", "zh")


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_an_answer_comes_after_the_silence_in_both_languages(spoken: str) -> None:
    beat = chapters(spoken, "collapse").beats["collapse.prediction_minus_target"]
    pause = beat.timing.pauses[0]
    for cues in beat.cues.values():
        question, answer, _ = cues
        assert question.lines[-1][-1] in "?？"
        assert answer.lines[0] in {"One.", "1。"}
        assert question.end < answer.start == pytest.approx(pause.end, abs=0.01)


def test_captions_that_are_burned_in_are_those_of_the_language_that_is_spoken() -> None:
    plan = make_plan(Production(FILM, chapters=("loss",), frame="tall", voice="none"))
    assert plan.production.cues == {beat.id: beat.cues["en"] for beat in plan.beats.values()}
    wide = make_plan(Production(FILM, chapters=("loss",), voice="none"))
    for beat in plan.beats.values():
        assert beat.cues["zh"] == wide.beats[beat.id].cues["zh"], "no file needs shorter lines for a picture"


def test_the_other_language_needs_its_sentences_and_nothing_else(tmp_path: Path) -> None:
    plan = make_plan(tiny(tmp_path))
    assert text(plan, "ending.last", "zh") == "方块在这里出现。"
    with pytest.raises(WordsError, match="title"):
        make_plan(tiny(tmp_path, language="zh"))


@pytest.mark.parametrize(
    ("sentence", "wrong", "told"),
    [
        ("这里出现一个{round|圆}。", "这里出现一个圆。", "opening.first.say: mark 'round' is missing"),
        ("{square|方块}在", "{square|方块}{here|在}", "ending.last.say: mark 'here' starts no move"),
        ("{S}", "{nothing}", "no quantity {nothing}"),
        ('say = "{square|方块}在这里出现。"', "", "ending.last.say is missing"),
        ("[film]", "[reading]\ncaption_rate = -1\n[film]", "caption_rate"),
        ("[film]", "[film", "not|TOML|line"),
    ],
)
def test_a_slip_in_the_sentences_of_another_language_is_named(
    sentence: str, wrong: str, told: str, tmp_path: Path
) -> None:
    assert tiny_film.CHINESE.count(sentence) == 1
    with pytest.raises(WordsError) as caught:
        make_plan(tiny(tmp_path, tiny_film.CHINESE.replace(sentence, wrong)))
    assert "words/zh.toml" in caught.value.message
    assert any(part in caught.value.message for part in told.split("|"))


def test_a_beat_that_is_not_shown_may_lack_its_sentence(tmp_path: Path) -> None:
    rest = tiny_film.CHINESE[: tiny_film.CHINESE.index("[ending.last]")]
    assert make_plan(tiny(tmp_path, rest, chapters=("opening",))).beats.keys() == {
        "opening.first",
        "opening.second",
    }
    with pytest.raises(WordsError, match="ending"):
        make_plan(tiny(tmp_path, rest))


def test_another_text_of_another_language_writes_captions_and_draws_no_beat_anew(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
    old, new = tiny(before), tiny(after, tiny_film.CHINESE.replace("留下", "还在"))
    assert changes(film_fingerprint(old), film_fingerprint(new)) == ["captions in other languages"]
    plans = make_plan(old), make_plan(new)
    assert text(plans[0], "opening.second", "zh") != text(plans[1], "opening.second", "zh")
    for number, _ in enumerate(plans[0].chapters[0].beats):
        prints = [beat_fingerprint(plan.production, plan.chapters[0], number) for plan in plans]
        assert prints[0] == prints[1]


def test_another_language_beside_the_film_is_a_change(tmp_path: Path) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    for folder in (alone, both):
        folder.mkdir()
    old, new = tiny(alone, None), tiny(both)
    assert (old.languages, new.languages) == (("en",), ("en", "zh"))
    assert changes(film_fingerprint(old), film_fingerprint(new)) == ["captions in other languages"]
