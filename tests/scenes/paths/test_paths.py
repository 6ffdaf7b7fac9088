"""Every path counts: one state at a time, one path against the pin, nothing known before it is derived."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.special import logsumexp, softmax
from sympy import Eq

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.formulas.symbols import S
from softmax_explained.core.number_format import parse_number
from softmax_explained.core.proof.statements import Statements
from softmax_explained.core.solution import solve
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.paths.answer import NudgedGraph
from softmax_explained.scenes.paths.comparison import SinglePath
from softmax_explained.scenes.paths.effects import AddedEffects
from softmax_explained.scenes.paths.scene import Paths
from softmax_explained.scenes.paths.total import total_of
from softmax_explained.stage import Production, strike
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout

LESSONS = {
    "three": Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]),
    "soft": Lesson.from_logits([2, 1.5, 0, -1], ["a", "b", "c", "d"], [0.2, 0.1, 0.1, 0.6]),
    "sure": Lesson.from_logits([0.0, 25.0], ["no", "yes"], [0, 1]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.0] * 9 + [1.0]),
}


class Seen:
    """The numbers at every moment of the first beat, and what stands at the end of the others."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.states = list[dict[str, float]]()
        self.texts, self.said = dict[str, dict[str, str]](), ""
        self.plain = dict[str, list[str]]()
        production = Production(FILM, lesson=lesson)
        with made(NudgedGraph) as self.graphs:
            dry_run(Paths, production, after_beat=self._look, observer=self)

    def before(self, scene: Any) -> None:
        pass

    def moments(self, scene: Any, seconds: float) -> Iterable[float]:
        return [0.4 * seconds]

    def moving(self, scene: Any, moment: float, seconds: float) -> None:
        if scene.beat_id == "paths.all_outputs_move" and self.graphs:
            graph = self.graphs[0]._graph
            numbers = {"z": graph.score_number, "C": graph.loss_number}
            numbers |= {f"a[{k}]": row.number for k, row in enumerate(graph.rows)}
            self.states.append({key: float(parse_number(each.text)) for key, each in numbers.items()})

    def held(self, scene: Any, seconds: float) -> None:
        pass

    def unproved(self, scene: Any, claim: Any, error: Exception) -> None:
        raise error

    def _look(self, chapter: Chapter, record: Any) -> None:
        beat = record.id.removeprefix("paths.")
        self.texts[beat] = {each.quantity.key: each.text for each in typeset_text_shown(chapter, Readout)}
        self.plain[beat] = [each.plain for each in typeset_text_shown(chapter, Formula)]
        if beat == "missing_paths":
            self.said = record.narration


@pytest.fixture(scope="module", params=list(LESSONS))
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def focus(lesson: Lesson) -> int:
    others = [k for k in range(lesson.K) if k != int(np.argmax(lesson.targets))]
    return max(others, key=lambda k: lesson.z[k])


def test_all_numbers_on_screen_are_of_one_state_at_every_moment(seen: Seen) -> None:
    start, i = np.array(seen.lesson.z), focus(seen.lesson)
    assert len({state["z"] for state in seen.states}) > 2, "the score has not moved"
    for state in seen.states:
        # The score is shown with fewer digits than the nudge has: the nudge is found from the loss and the
        # shares, and has to be that of the score.
        nudges = np.linspace(state["z"] - start[i] - 0.06, state["z"] - start[i] + 0.06, 241)
        gaps = []
        for nudge in nudges:
            z = start + nudge * np.eye(len(start))[i]
            shown = [state["C"], *(state[f"a[{k}]"] for k in range(len(start)))]
            gaps.append(np.abs([logsumexp(z) - seen.lesson.targets @ z, *softmax(z)] - np.array(shown)).max())
        assert min(gaps) < 1.1e-3


def test_at_the_end_the_numbers_are_those_of_the_lesson(seen: Seen) -> None:
    shown = seen.texts["all_outputs_move"]
    for k, share in enumerate(softmax(seen.lesson.z)):
        assert float(parse_number(shown[f"a[{k}]"])) == pytest.approx(share, abs=5.1e-4)


def test_the_share_of_the_nudged_score_goes_up_and_every_other_one_down(seen: Seen) -> None:
    (graph,) = seen.graphs
    assert len(graph.trends) == seen.lesson.K
    for k, head in enumerate(graph.trends):
        tips = head.get_vertices()
        pointing_up = np.mean(tips[:, 1]) < (tips[:, 1].min() + tips[:, 1].max()) / 2
        assert bool(pointing_up) is (k == focus(seen.lesson))


def test_one_path_is_said_to_miss_the_measurement_only_where_the_digits_differ(seen: Seen) -> None:
    shown, i = seen.texts["missing_paths"], focus(seen.lesson)
    y, a = np.array(seen.lesson.targets), softmax(seen.lesson.z)
    assert float(parse_number(shown["onepath"])) == pytest.approx(-y[i] * (1 - a[i]), abs=5.1e-4)
    differs = parse_number(shown["onepath"]) != parse_number(shown[f"fd[{i}]"])
    assert ("≠" in seen.plain["missing_paths"]) is differs
    assert ("same digits" not in seen.said) is differs


def test_nothing_is_known_before_it_is_derived(seen: Seen) -> None:
    families = {key.partition("[")[0] for shown in seen.texts.values() for key in shown}
    assert not families & {"term", "dCda", "J", "g"}
    assert seen.plain["add_them_up"].count("?") == 2 * seen.lesson.K


def test_the_chain_rule_stands_with_its_sum_at_the_end(seen: Seen) -> None:
    assert "∂C/∂z_i = Σ_j (∂C/∂a_j) (∂a_j/∂z_i)" in seen.plain["add_them_up"]


@pytest.mark.parametrize("count", range(2, 11))
def test_the_sum_that_is_written_is_proved_for_every_number_of_classes(count: int) -> None:
    solution = solve(
        Lesson.from_logits(np.arange(count) / 2, [f"c{n}" for n in range(count)], np.eye(count)[0])
    )
    statements = Statements(SOFTMAX)
    for place, last in product({1, 2, count - 1, count}, (True, False)):
        assert statements.proofs_of(Eq(S, total_of(count, place, last=last), evaluate=False), solution) == (
            "definition:S",
        )


@pytest.mark.parametrize("frame", sorted(FRAMES))
@pytest.mark.parametrize("name", first_fast(["ten", "three"]))
def test_the_effects_are_a_piece_per_path_over_the_node_and_fill_the_head(name: str, frame: str) -> None:
    with made(AddedEffects) as effects, made(SinglePath) as single:
        chapter = dry_run(Paths, Production(FILM, lesson=LESSONS[name], frame=frame))
    (row,), stage = effects, FRAMES[frame].stage
    assert len(row.pieces) == LESSONS[name].K
    edges = [float(edge[0]) for piece in row.pieces for edge in (piece.get_right(), piece.get_left())]
    assert edges == sorted(edges, reverse=True)
    assert stage.left <= row.question.get_left()[0] and row.question.get_right()[0] < edges[-1]
    assert edges[-1] < row.thread.get_x() < edges[0] <= stage.right + 0.01
    assert edges[0] - edges[-1] > min(0.6 * stage.width, 3.0)
    # the stroke through a term of 0 stays clear of the wire of its path
    k, term = chapter.solution.i, single[0].term
    wire = chapter._graph.rows[k].room.y
    assert not wire - 0.2 < strike(term).get_bottom()[1] < wire
    assert abs(strike(term).get_bottom()[1] - wire) > 0.15
