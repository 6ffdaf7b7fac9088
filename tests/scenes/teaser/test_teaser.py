"""The teaser: a minute that begins with a picture, shows what it says, and ends with the result."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax
from stills import play

from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.teaser.scene import Teaser
from softmax_explained.stage import Production, Strip
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.planning.plan import make_plan

LANGUAGES = ("en", "zh")


def teaser(language: str, frame: str) -> Production:
    return Production(
        FILM, language=language, frame=frame, cut=FILM.cuts["teaser"], quality="draft", voice="none"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_everything_that_is_said_is_a_caption_in_the_picture(language: str, frame: str) -> None:
    plan = make_plan(teaser(language, frame))
    script = FILM.script(language, plan.production.solution)
    assert list(plan.production.cues) == [f"teaser.{beat}" for beat in Teaser.beats()]
    for beat, cues in plan.production.cues.items():
        written = "".join(line for cue in cues for line in cue.lines)
        assert letters(written) == letters(str(script.narration(beat).caption))


def letters(text: str) -> str:
    """Without the spaces, some of which are the ends of lines."""
    return "".join(text.split())


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_the_first_frame_shows_one_mistake_of_two_networks(frame: str) -> None:
    production, seen = teaser("en", frame), FirstPicture()
    dry_run(Teaser, production, observer=seen)
    solution = production.solution
    shares = softmax([solution[f"start[{k}]"].value for k in range(solution.K)])
    assert shares.argmax() != solution.t
    assert seen.segments == pytest.approx(sorted(shares) * 2)


class FirstPicture:
    """Notes the lengths of the segments of every strip, as parts of it, before anything moves."""

    def __init__(self) -> None:
        self.segments: list[float] = []

    def before(self, scene: Chapter) -> None:
        if not self.segments:
            family = [part for mobject in scene.mobjects for part in mobject.get_family()]
            for strip in (part for part in family if isinstance(part, Strip)):
                starts = [start for start, _ in strip.spans]  # a drawn segment ends before the next one
                lengths = np.diff([*starts, strip.spans[-1][1]])
                self.segments += sorted(lengths / lengths.sum())

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        """What moves is not part of the first picture."""

    def held(self, scene: Chapter, seconds: float) -> None:
        """What stands later is not part of it either."""


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_the_teaser_ends_with_the_result(frame: str) -> None:
    last = play(Teaser, teaser("en", frame)).still("result").record
    assert [formula.text for formula in last.formulas] == ["∂C/∂z_i = a_i − y_i"]
