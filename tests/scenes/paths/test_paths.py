"""The chapter on the paths: what they carry, what it adds up to, and what one of them alone would give."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.paths.network import PathNetwork
from softmax_explained.scenes.paths.scene import Paths
from softmax_explained.scenes.paths.signed_stack import SignedStack
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.text import Readout, TypesetText

LESSONS = {
    "three": default_lesson(),
    "soft": Lesson.from_logits([2, 1.5, 0, -1], ["a", "b", "c", "d"], [0.2, 0.1, 0.1, 0.6]),
    "sure": Lesson.from_logits([0.0, 25.0], ["no", "yes"], [0, 1]),
}


class Seen:
    """What stands on the stage at the end of every beat."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.levels, self.trends, self.signs = list[float](), list[bool](), list[str]()
        self.numbers = dict[str, dict[str, str]]()
        with made(PathNetwork) as self.networks:
            dry_run(Paths, Production(FILM, lesson=lesson), after_beat=self._look)

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("paths.")
        self.numbers[beat] = {each.quantity.key: each.text for each in typeset_text_shown(chapter, Readout)}
        if beat == "all_outputs_move":
            (network,) = self.networks
            for meter in network.meters:
                self.levels.append(float(meter.level.width / meter.track.width))
                tip, base = meter.trend.get_top()[1], meter.trend.get_bottom()[1]
                middle = float(np.mean(meter.trend.get_vertices()[:, 1]))
                self.trends.append(middle < (tip + base) / 2)
        if beat == "missing_paths":
            self.said = record.narration
            self.signs = [
                each.plain
                for each in typeset_text_shown(chapter, TypesetText)
                if getattr(each, "plain", "") == "≠"
            ]


@pytest.fixture(scope="module", params=list(LESSONS))
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def test_levels_are_as_long_as_the_shares_once_the_nudge_is_over(seen: Seen) -> None:
    assert seen.levels == pytest.approx(softmax(seen.lesson.z), abs=1e-6)


def test_the_share_of_the_nudged_score_goes_up_and_every_other_one_down(seen: Seen) -> None:
    z = np.array(seen.lesson.z)
    i = max((k for k in range(len(z)) if k != int(np.argmax(seen.lesson.targets))), key=lambda k: z[k])
    assert seen.trends == [k == i for k in range(len(z))]


def test_one_path_is_said_to_miss_the_measurement_only_where_the_digits_differ(seen: Seen) -> None:
    shown = seen.numbers["missing_paths"]
    (measured,) = (text for key, text in shown.items() if key.startswith("fd["))
    differs = shown["onepath"] != measured
    assert bool(seen.signs) is differs
    assert ("disagrees" in seen.said) is differs


def test_the_effects_shown_add_up_to_the_gradient_shown(seen: Seen) -> None:
    shown = seen.numbers["add_them_up"]
    y, a = np.array(seen.lesson.targets), softmax(seen.lesson.z)
    (i,) = (int(key[2:-1]) for key in shown if key.startswith("g["))
    effects = np.where(np.arange(len(a)) == i, -y[i] * (1 - a[i]), y * a[i])
    for k, effect in enumerate(effects):
        assert float(shown[f"term[{k}]"].replace("−", "-")) == pytest.approx(effect, abs=5.1e-4)
    assert float(shown[f"g[{i}]"].replace("−", "-")) == pytest.approx(effects.sum(), abs=5.1e-4)


def test_the_stack_ends_at_the_sum_of_its_terms() -> None:
    solution = solve(LESSONS["soft"])
    terms, total = [solution[f"term[{k}]"] for k in range(4)], solution["g[i]"]
    stack = SignedStack(terms, total, Region(0, 0, 4, 3))
    rising = [
        block.height
        for block, term in zip(stack.blocks, sorted(terms, key=lambda t: t.value < 0), strict=True)
    ]
    signs = [np.sign(term.value) for term in sorted(terms, key=lambda t: t.value < 0)]
    (hanging,) = (block for block, sign in zip(stack.blocks, signs, strict=True) if sign < 0)
    unit = sum(h for h, s in zip(rising, signs, strict=True) if s > 0) / sum(
        t.value for t in terms if t.value > 0
    )
    reached = (hanging.get_bottom()[1] - stack.base.get_y()) / unit
    assert reached == pytest.approx(total.value, abs=0.03)
