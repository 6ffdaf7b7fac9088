"""The teaser: about a minute, with sentences of its own, and the result at its end."""

from __future__ import annotations

import pytest
from stills import play

from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.teaser.scene import Teaser
from softmax_explained.stage import Production
from softmax_explained.studio.planning.plan import make_plan

LANGUAGES = ("en", "zh")


def teaser(language: str, frame: str) -> Production:
    return Production(
        FILM, language=language, frame=frame, cut=FILM.cuts["teaser"], quality="draft", voice="none"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_teaser_lasts_about_a_minute(language: str) -> None:
    plan = make_plan(teaser(language, "tall"))
    assert 45 < sum(chapter.seconds for chapter in plan.chapters) < 65


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_the_teaser_ends_with_the_result(frame: str) -> None:
    last = play(Teaser, teaser("en", frame)).still("result").record
    assert any("a_i − y_i" in formula.text for formula in last.formulas)
