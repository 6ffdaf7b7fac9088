"""Every letter of the film is introduced: none is shown or said before the beat that gives it its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from sympy import Expr

from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.errors import ProofError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.check.screen.letters import Letters
from softmax_explained.studio.check.snapshot import Snapshot

STORYBOARD = """
    opening.guess_and_truth
    opening.two_losses
    opening.one_subtraction                 C z a y    loss, score, prediction, target
    opening.road                            x          inputs
    neuron.one_neuron                       w b        weight, bias
    neuron.one_per_class
    softmax.exponentiate
    softmax.share_out                       S          the length of the strip
    softmax.formula
    softmax.competition
    softmax.only_differences                c          the same amount
    loss.who_pays
    loss.price
    loss.why_log                            p q        the shares of two examples
    goal.sensitivity                        h          the nudge
    goal.measure
    goal.letters                            i j k      nudged, answers, counts
    paths.all_outputs_move
    paths.missing_paths
    paths.add_them_up                       u v        of the chain rule
    loss_slope.the_sum_dies
    loss_slope.minus_y_over_a
    nudge.grow                              dz         the nudge of a score
    nudge.squeeze
    nudge.own_slice
    nudge.other_slices
    softmax_slope.quotient_rule             f g f' g'  top, bottom and their slopes
    softmax_slope.case_i_equals_j
    softmax_slope.case_i_not_j
    softmax_slope.jacobian                  J          the Jacobian
    collapse.put_together
    collapse.other_paths
    collapse.direct_path
    collapse.complete_sum
    collapse.prediction_minus_target
    collapse.check
    collapse.soft_labels
    squared_error.nothing_to_cancel         Q          squared error
    squared_error.race                      eta        learning rate
    descent.one_step
    descent.back_to_weights
    descent.what_flows_on                   W          the weights
    practice.second_proof
    practice.subtract_largest
    practice.remember_the_picture
"""
"""The beats in the order of the storyboard, the letters that each of them introduces, and as what."""

ROWS = [re.split(r"\s{2,}", row.strip()) for row in STORYBOARD.strip().splitlines()]
BEATS = [row[0] for row in ROWS]
FIRST = {letter: row[0] for row in ROWS if len(row) > 1 for letter in row[1].split()}

SAID = re.compile(r"`(\w+)`|(?<![A-Za-z{|])([A-Za-z])_[a-z]")
"""A letter in a sentence: `a`, or a_i."""
CONSTANTS = {"e"}
NAMES = {"η": "eta", "ε": "epsilon"}  # of Greek letters


class Watch:
    """Sees the letters of every still picture and of the end of every move, and nothing else."""

    def __init__(self) -> None:
        self.letters = Letters()

    def before(self, scene: Chapter) -> None:
        self.letters.see(scene.beat_id, scene.clock, Snapshot(scene))

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        return ()

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.before(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)

    def unproved(self, scene: Chapter, claim: Expr, error: ProofError) -> None:
        pass


def test_the_table_is_that_of_the_storyboard() -> None:
    assert FILM.introduced == FIRST
    beats = [
        f"{chapter.name}.{beat}" for chapter in map(FILM.chapter, FILM.chapters) for beat in chapter.beats()
    ]
    assert beats == BEATS


@pytest.mark.parametrize(
    ("lesson", "language", "frame"),
    [("cat-dog-fox", "en", "wide"), pytest.param("soft-labels", "zh", "tall", marks=pytest.mark.slow)],
)
def test_every_letter_is_first_shown_in_the_beat_that_introduces_it(
    lesson: str, language: str, frame: str
) -> None:
    production = Production(FILM, shipped_lesson(lesson), (), language, frame, "draft", "none")
    first: dict[str, str] = {}
    for chapter in FILM.chapters:
        watch = Watch()
        dry_run(FILM.chapter(chapter), production, observer=watch)
        for letter, (beat, _, _) in watch.letters.first.items():
            # The first picture of a chapter is the last of the one before.
            first.setdefault(letter, beat)
    assert first == FIRST


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_letter_is_said_before_it_is_introduced(language: str) -> None:
    said = list(letters_said(language))
    assert {letter for _, letter in said} >= {"z", "a", "y", "C", "S", "i", "j", "dz"}
    early = [
        (beat, letter)
        for beat, letter in said
        if letter not in FIRST or BEATS.index(beat) < BEATS.index(FIRST[letter])
    ]
    assert early == []


def letters_said(language: str) -> Iterator[tuple[str, str]]:
    """Beat and letter of every letter in a sentence."""
    words = tomllib.loads((FILM.words_folder / f"{language}.toml").read_text("utf-8"))
    for beat in BEATS:
        chapter, _, name = beat.partition(".")
        for key, sentence in words[chapter][name].items():
            if key.startswith("say"):
                for found in SAID.finditer(re.sub(r"\{\w+\|([^{}]*)\}", r"\1", sentence)):
                    letter = NAMES.get(found[1], found[1] or found[2])
                    if letter not in CONSTANTS:
                        yield beat, letter
