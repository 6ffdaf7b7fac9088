"""Over every segment of a strip a bracket, with the fraction that the segment gives up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from manim import LEFT, UP, VGroup
from sympy import evaluate

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import a, dz, i
from softmax_explained.stage import Formula, line, point
from softmax_explained.stage.text.label_layout import spread

SIZES = "formula", "least_formula"
APART = 0.7  # Manim units between two fractions

with evaluate(False):
    RATE = a[i] * dz


def fraction_stamps(
    segments: Sequence[tuple[float, float]], top: float, left: float, right: float
) -> list[VGroup]:
    """A bracket over every segment, then a_i dz and the times sign before it, where they have room.

    Args:
        segments: the ends of every segment, from left to right.
        top: of the strip.
        left: least x of a times sign.
        right: greatest x of a fraction.
    """
    for size in SIZES:
        stamps = [_stamp(*segment, top, size) for segment in segments]
        fractions = dict(enumerate(stamp[1:] for stamp in stamps))
        middles = {k: (start + end) / 2 for k, (start, end) in enumerate(segments)}
        spread(fractions, middles, left, right, gap=APART)
        over = all(start <= fractions[k].get_x() <= end for k, (start, end) in enumerate(segments))
        if over and left <= fractions[0].get_left()[0] + 1e-6:
            return stamps  # every fraction still stands over its own segment
    stamps = [_stamp(*segment, top, SIZES[-1]) for segment in segments]
    fits = [stamp[1:].width <= end - start for stamp, (start, end) in zip(stamps, segments, strict=True)]
    inside = [left <= stamp.get_left()[0] and stamp.get_right()[0] <= right for stamp in stamps]
    kept = [fit and shown for fit, shown in zip(fits, inside, strict=True)]
    return [stamp if keep else VGroup(stamp[0]) for stamp, keep in zip(stamps, kept, strict=True)]


def _stamp(start: float, end: float, top: float, size: str) -> VGroup:
    y = top + 0.12
    corners = point(start, y - 0.06), point(start, y), point(end, y), point(end, y - 0.06)
    bracket = VGroup(*[line(*pair, colour="minus") for pair in pairwise(corners)])
    rate, times = Formula(RATE, role="minus", size=size), Formula(Word("×"), role="minus", size=size)
    times.next_to(rate, LEFT, buff=0.12)
    VGroup(rate, times).next_to(bracket, UP, buff=0.08)
    return VGroup(bracket, rate, times)
