"""The teaser: a minute that begins with a picture, shows what it says, and ends with the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import softmax
from stills import play

from softmax_explained.core import load_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.teaser.scene import Teaser
from softmax_explained.stage import Production, Strip
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.planning.plan import make_plan

LANGUAGES = ("en", "zh")
BINARY = Path(__file__).parents[3] / "assets/lessons/binary.toml"


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


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_a_number_within_a_piece_stays_in_it_while_a_score_is_raised(frame: str) -> None:
    seen = Numbers()
    dry_run(Teaser, replace(teaser("en", frame), lesson=load_lesson(BINARY)), observer=seen)
    assert len(seen.inside) >= 20
    assert min(seen.inside) >= 0


class Numbers:
    """Notes by how much each number in a piece of the strip is narrower than the piece, in every frame."""

    def __init__(self) -> None:
        self.inside: list[float] = []

    def before(self, scene: Chapter) -> None:
        """Nothing has moved yet."""

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0.0, seconds, 9))

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        for shares in (mobject for mobject in scene.mobjects if isinstance(mobject, ShareStrip)):
            for k in shares.tags.inside:
                start, end = shares.strip.spans[k]
                self.inside.append(end - start - shares.tags.tag(k)[-1].width)

    def held(self, scene: Chapter, seconds: float) -> None:
        """What stands has moved before."""
