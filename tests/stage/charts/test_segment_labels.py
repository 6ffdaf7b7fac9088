"""Labels that ride on a strip: wholly seen or not at all while nothing moves."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig

from softmax_explained.stage import Strip, Words
from softmax_explained.stage.animations.relabel import relabel
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over

MARGIN = 0.04  # Manim units at either side of a label at least


def riding(spare: float) -> tuple[Strip, SegmentLabels]:
    """A strip whose first segment has so much more room than its label needs, and its riders."""
    labels = [Words("cat", size="label"), Words("dog", size="label")]
    strip = Strip([labels[0].width + 2 * MARGIN + spare, 3.0], left=0, y=0, unit=1)
    return strip, SegmentLabels(labels, strip, y=0)


@pytest.mark.parametrize("spare", np.linspace(-0.1, 0.1, 21))
def test_a_label_is_never_half_seen_while_its_segment_rests(spare: float) -> None:
    strip, riders = riding(spare)
    resting = riders.labels[0] in riders
    riders.follow()
    strip.update()
    riders.update()
    assert riders.labels[0].get_fill_opacity() == (1.0 if resting else 0.0)


@pytest.mark.parametrize("spare", np.linspace(-0.1, 0.1, 21))
def test_a_label_is_never_half_seen_where_its_segment_pauses_on_its_way(spare: float) -> None:
    strip, riders = riding(0.5)
    riders.follow()
    strip.draw([riders.labels[0].width + 2 * MARGIN + spare, 3.0])
    riders.update()
    assert riders.labels[0].get_fill_opacity() in (0.0, 1.0)


def test_a_label_that_just_fits_does_not_flicker_while_its_segment_trembles() -> None:
    gap = 0.031  # what a strip keeps free between two segments, and a little more
    strip, riders = riding(gap)
    riders.follow()
    for narrower in (0.03, 0.0, 0.06, 0.0):
        strip.draw([riders.labels[0].width + 2 * MARGIN + gap - narrower, 3.0])
        riders.update()
        assert riders.labels[0].get_fill_opacity() == 1.0


def test_a_label_goes_when_its_segment_gets_too_narrow() -> None:
    strip, riders = riding(0.2)
    riders.follow()
    strip.draw([0.1, 3.0])
    riders.update()
    assert riders.labels[0].get_fill_opacity() == 0.0


def test_a_long_name_stands_over_its_segment_on_lines_that_end_between_words() -> None:
    name, short = Words("white-breasted hedgehog", size="label"), Words("cat", size="label")
    rise = fit_over([name, short], [2.5, 2.0], lines=2)
    assert name.lines == 2 and name.width <= 2.5
    assert rise == pytest.approx(name.rise) and rise > 0
    strip = Strip([2.5, 2.0], left=0, y=0, unit=1)
    riders = SegmentLabels([name, short], strip, y=1.0)
    assert list(riders) == [name, short]
    lowest = min(glyph.get_bottom()[1] for glyph in short)
    last_line = [glyph for glyph in name if glyph.get_y() < 1.0 + 0.6 * name.em]
    assert min(glyph.get_bottom()[1] for glyph in last_line) < lowest + 0.15
    assert name.get_bottom()[1] > 0.5


def test_a_name_of_one_word_is_left_out_rather_than_broken() -> None:
    name = Words("automobile", size="label")
    assert fit_over([name], [0.8], lines=2) == 0
    assert name.lines == 1
    assert list(SegmentLabels([name], Strip([0.8], left=0, y=0, unit=1), y=1)) == []


def test_a_label_leaves_where_its_segment_becomes_too_narrow_and_comes_where_it_becomes_wide() -> None:
    (_, before), (_, after), (_, again) = riding(0.5), riding(-0.3), riding(0.5)
    assert [label.text for label in before] == ["cat", "dog"] and [label.text for label in after] == ["dog"]
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "pixel_width": 160, "pixel_height": 90}):
        scene = Scene()
        scene.add(before)
        scene.play(*relabel(before.shown, after.shown), run_time=0.2)
        shown = scene.get_mobject_family_members()
        assert after.labels[1] in shown and not any(glyph in shown for glyph in before.labels[0])
        scene.play(*relabel(after.shown, again.shown), run_time=0.2)
        shown = scene.get_mobject_family_members()
    assert all(glyph in shown for label in again.labels for glyph in label)
