"""A slot asks until it is filled, and never holds text that cannot be read."""

from __future__ import annotations

import pytest
from manim import Scene, tempconfig

from softmax_explained.core import default_lesson, solve
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.slot import Slot
from softmax_explained.stage.text.text import Readout

WIDE, LOW = Region(0, 0, 2, 0.6), Region(0, 0, 2, 0.1)


def value(key: str) -> Readout:
    return Readout(solve(default_lesson())[key], size="least")


def played(slot: Slot, *animations: object) -> Slot:
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "pixel_width": 160, "pixel_height": 90}):
        scene = Scene()
        scene.add(slot)
        scene.play(*animations, run_time=0.2)
    return slot


def test_a_filled_slot_shows_the_answer_and_no_question() -> None:
    slot, answer = Slot(WIDE, role="C"), value("dCda[t]")
    slot = played(slot, *slot.fill(answer))
    assert slot.submobjects == [slot.frame, answer]
    assert all(glyph.get_fill_opacity() == pytest.approx(1.0) for glyph in answer)
    assert answer.get_center() == pytest.approx(slot.frame.get_center(), abs=1e-6)


def test_nothing_changes_before_the_animation_begins() -> None:
    slot = Slot(WIDE, role="C")
    before = list(slot.submobjects)
    slot.fill(value("dCda[t]"))
    slot.clear()
    assert slot.submobjects == before


def test_what_would_be_too_small_is_not_written() -> None:
    slot, answer = Slot(LOW, role="C"), value("dCda[t]")
    slot.put(answer)
    assert not len(slot.content)
    assert slot.frame.get_fill_color() == style().colour("C")


def test_a_zero_too_small_to_be_written_leaves_the_slot_empty() -> None:
    slot, empty = Slot(LOW, role="C"), Slot(LOW, role="C")
    slot.put(value("dCda[i]"))
    assert slot.frame.get_fill_color() == empty.frame.get_fill_color() == style().colour("panel")


@pytest.mark.parametrize(("width", "written"), [(0.3, False), (0.6, False), (1.2, True), (3.0, True)])
def test_what_is_written_is_inside_the_frame_and_can_be_read(width: float, written: bool) -> None:
    slot = Slot(Region(0, 0, width, 0.6), role="C")
    slot.put(value("dCda[t]"))
    assert bool(len(slot.content)) is written
    if written:
        assert slot.content.width <= width
        assert slot.content.em >= 0.999 * style().size("least")
