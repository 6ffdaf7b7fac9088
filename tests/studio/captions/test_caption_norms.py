"""The caption files of the films that come with the program keep the norms, in both languages.

The sentences are timed by the language that is spoken: the other one has to follow.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from norms import NORMS, badly_broken, beyond_the_norm, in_a_thought, of_a_word_or_two, read_back, torn

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.planning.plan import Plan, make_plan

LESSONS = ("cat-dog-fox", "binary", "confidently-wrong", "iris", "soft-labels", "ten-digits")
LANGUAGES = ("en", "zh")
RATE = 60
ANSWERS = {"One.", "1。"}
"""A caption of one word, between two silences in which viewers think."""


@cache
def silent_film(lesson: str, spoken: str, cut: str) -> Plan:
    settings = {"language": spoken, "voice": "none", "cut": FILM.cut(cut)}
    return make_plan(Production(FILM, FILM.read_lesson(lesson, Path()), **settings))


def check_captions(plan: Plan, frame_rate: int = RATE) -> None:
    """All norms and all rules for breaks, on the files in both languages."""
    files = read_back(plan)
    assert sorted(files) == sorted(LANGUAGES)
    for language, shown in files.items():
        script = FILM.script(language, plan.production.solution)
        said = "\n".join(str(script.sentence(beat)) for beat in plan.beats)
        lines = [line for cue in shown for line in cue.lines]
        norm = NORMS[language]
        assert "".join("".join(lines).split()) == "".join(said.split())
        assert [cue.beat for cue in shown if cue.beat not in plan.beats] == []
        assert list(beyond_the_norm(shown, norm, frame_rate)) == []
        assert torn(said, lines, language, script.classes) == []
        assert list(badly_broken(shown, language)) == []
        assert len(in_a_thought(shown)) <= 1
        assert set(of_a_word_or_two(shown, norm)) <= ANSWERS


@pytest.mark.parametrize("cut", ["full", "teaser"])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_captions_of_the_film_keep_the_norms_in_both_languages(spoken: str, cut: str) -> None:
    check_captions(silent_film(LESSONS[0], spoken, cut))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_captions_in_the_picture_of_a_tall_film_keep_the_norms_too(spoken: str) -> None:
    settings = {"language": spoken, "voice": "none", "frame": "tall", "quality": "draft"}
    plan = make_plan(Production(FILM, cut=FILM.cut("teaser"), **settings))
    assert plan.production.caption_mode == "burn"
    check_captions(plan, plan.production.frame_rate)


@pytest.mark.slow
@pytest.mark.parametrize("cut", FILM.cuts)
@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_captions_of_every_film_keep_the_norms_in_both_languages(lesson: str, spoken: str, cut: str) -> None:
    check_captions(silent_film(lesson, spoken, cut))
