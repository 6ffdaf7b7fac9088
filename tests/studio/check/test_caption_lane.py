"""Burned captions are no part of the picture that is judged, but nothing else may stand in their place."""

from __future__ import annotations

from dataclasses import replace

import pytest
import tiny_film
from manim import FadeIn

from films import production_of
from softmax_explained.stage import Chapter, Production, beat
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.studio.check.check_chapter import check_chapter
from softmax_explained.studio.planning.plan import make_plan


class Low(Chapter):
    """A word where captions go."""

    @beat
    def one(self) -> None:
        word = self.words("cat").set_y(self.frame.captions.y)
        self.on("here", FadeIn(word))


def outside(production: Production, chapter: type[Chapter]) -> list[str]:
    findings = check_chapter(chapter, production).findings
    return [" / ".join(each.objects) for each in findings if each.code == "OUTSIDE"]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_caption_in_its_lane_is_not_outside(frame: str) -> None:
    burned = make_plan(replace(tiny_film.PRODUCTION, frame=frame, captions="burn")).production
    assert burned.cues
    assert outside(burned, tiny_film.Opening) == []


@pytest.mark.parametrize("frame", ["wide", "square"])
def test_what_stands_in_the_lane_is_outside(frame: str) -> None:
    say = {"one": {"title": "One", "say": "A word is {here|here}, far too low for what comes below it."}}
    cues = {"low.one": (Cue(0.0, 2.0, ("A word is here",)),)}
    for mode in ("burn", "lane"):
        production = production_of(Low, say, frame=frame, captions=mode, cues=cues)
        assert any("cat" in found for found in outside(production, Low))
