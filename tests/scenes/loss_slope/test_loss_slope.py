"""The chapter on the first link: every term is written, and the slopes are those of the logarithm."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from softmax_explained.core import Lesson
from softmax_explained.core.formulas.symbols import a, y
from softmax_explained.core.number_format import parse_number
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss_slope.expanded_sum import ExpandedSum
from softmax_explained.scenes.loss_slope.scene import LossSlope
from softmax_explained.stage import Production, Readout, Region
from softmax_explained.stage.charts.loss_curve import LossCurve
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.scene.record import BeatRecord

LESSONS = {
    "ten": Lesson.from_logits(
        np.linspace(-2, 2, 10), [f"class {n}" for n in "abcdefghij"], [0.0] * 9 + [1.0]
    ),
    "soft": Lesson.from_logits([2, 1.5, 0, -1], ["a", "b", "c", "d"], [0.2, 0.1, 0.0, 0.7]),
}


@pytest.mark.parametrize("width", [12.8, 6.4])
@pytest.mark.parametrize("count", [2, 5, 10])
def test_every_term_of_the_loss_is_written_once_and_keeps_to_the_width(count: int, width: float) -> None:
    loss = ExpandedSum(count, Region(0, 0, width, 6))
    written = "".join(line.plain for line in loss.lines)
    assert [written.count(f"y_{k} ln a_{k}") for k in range(2, count + 1)] == [1] * (count - 1)
    assert written.count("−") == count
    assert loss.width <= width + 1e-6
    assert len({id(glyph) for k in range(count) for glyph in loss.term(k)}) == sum(
        len(loss.term(k)) for k in range(count)
    ), "two terms share a glyph"


@pytest.mark.parametrize("name", LESSONS)
def test_the_column_holds_minus_y_over_a_of_every_class(name: str) -> None:
    lesson, shown = LESSONS[name], dict[str, str]()

    def look(chapter: Chapter, record: BeatRecord) -> None:
        if record.id.endswith("minus_y_over_a"):
            shown.update({each.quantity.key: each.text for each in typeset_text_shown(chapter, Readout)})

    dry_run(LossSlope, Production(FILM, lesson=lesson), after_beat=look)
    slopes = -np.array(lesson.targets) / softmax(lesson.z)
    for k, slope in enumerate(slopes):
        assert float(parse_number(shown[f"dCda[{k}]"])) == pytest.approx(slope, abs=5.1e-4)


def test_the_tangent_of_a_weighed_price_is_that_much_flatter() -> None:
    curve = LossCurve(a[1], 1.0, Region(0, 0, 6, 4), target=y[1], weight=0.4)
    line = curve.tangent(1.0)
    across, up, _ = (line.get_end() - line.get_start()) / [*curve.plot.unit, 1.0]
    assert up / across == pytest.approx(-0.4 / np.exp(-1.0))
