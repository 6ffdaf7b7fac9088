"""A counter under a sum: its letter stays, its number changes."""

from __future__ import annotations

from manim import FadeOut, Mobject
from sympy import Symbol

from softmax_explained.core.formulas.symbols import DEFINITIONS, exp_sum, k
from softmax_explained.stage.shapes.counter import Counter
from softmax_explained.stage.text.formula import Formula


def on_stage(counter: Counter, *numbers: int) -> list[Mobject]:
    """What is seen after the counter has been turned to some numbers, one after another."""
    seen: list[Mobject] = []
    for n in numbers:
        for move in counter.to(n):
            seen = [part for part in seen if part is not move.mobject]
            seen += [] if isinstance(move, FadeOut) else [move.mobject]
    return seen


def test_only_its_letter_and_one_number_are_seen_however_far_it_has_counted() -> None:
    counter = Counter(k, 10, under=Formula(DEFINITIONS["a"]).find(exp_sum))
    first, tenth = on_stage(counter, 1), on_stage(counter, *range(2, 11))
    assert [len(part) for part in first] == [2, 1]
    assert [len(part) for part in tenth] == [2]
    leaving = {id(move.mobject) for move in counter.leave()}
    assert leaving == {id(first[0]), id(tenth[0])}


def test_it_stands_below_its_sum() -> None:
    bottom = Formula(DEFINITIONS["a"]).find(exp_sum)
    shown = on_stage(Counter(Symbol("k"), 2, under=bottom), 1)
    assert shown
    for part in shown:
        assert part.get_top()[1] < bottom.get_bottom()[1]
