"""The labels under the slices of a strip: each straight under its own slice, in rows, clear of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup
from sympy import Expr, evaluate

from softmax_explained.core.formulas.symbols import a, dz, i, j
from softmax_explained.stage import Box, Formula, Region, Strip, line, point
from softmax_explained.stage.text.label_layout import spread

LEADER = 0.16  # Manim units from the strip down to the first row, at least
ROW = 0.6  # Manim units: height of a row of labels
APART = 0.5  # Manim units between two labels of a row, so that they are not read as one formula
CLEAR = 0.11  # Manim units from a label to the line that leads past it to a lower row
EDGE = 0.03  # Manim units: a line ends this far inside its label at least
SIZES = "formula", "least_formula"
SHIFTS = sorted(np.linspace(-1, 1, 9), key=abs)  # of a label, from its slice, in parts of what it may move

with evaluate(False):
    GAIN, TAXED, OWN_TAXED = a[i] * dz, -a[j] * a[i] * dz, -a[i] * a[i] * dz


@dataclass(frozen=True)
class Spot:
    """Where a label may stand: its row, its ends, and the x of the line that leads to it."""

    row: int
    left: float
    right: float
    slice: float

    def clear_of(self, other: Spot) -> bool:
        """Whether two labels stand apart, and neither in the line that leads to the other."""
        if self.row == other.row:
            return self.right + APART <= other.left or other.right + APART <= self.left
        above, below = sorted((self, other), key=lambda spot: spot.row)
        return not above.left - CLEAR < below.slice < above.right + CLEAR


def slice_labels(
    strip: Strip, slices: Sequence[Box], band: Region, focus: int, labelled: Sequence[int]
) -> dict[int, VGroup]:
    """The labels of what some segments give up and of what one has gained.

    The colour of the other slices says what they are: their labels would all read −a_j a_i dz.

    Args:
        strip: the strip.
        slices: what each class gives up, in the order of the classes, and the growth.
        band: below the strip, where the labels stand.
        focus: class i.
        labelled: the places of the slices that get a label, the most important first.

    Returns:
        Line and formula, by the places of the slices.
    """
    xs = [float(each.get_x()) for each in slices]
    growth = len(slices) - 1
    rows = max(1, int((band.height - LEADER) / ROW + 1e-6))
    for size in SIZES:
        formulas = {k: _formula(k, growth, focus, size) for k in labelled}
        widths = {k: float(each.width) for k, each in formulas.items()}
        if spots := find_spots(widths, xs, rows, band):
            return {k: _hang(formulas[k], _role(k, growth), spots[k], strip, band, rows) for k in labelled}
    formulas = {k: _formula(k, growth, focus, SIZES[-1]) for k in sorted(labelled, key=xs.__getitem__)}
    spread(formulas, dict(enumerate(xs)), band.left, band.right, gap=APART)  # aslant, in one row
    labels = dict[int, VGroup]()
    for k, formula in formulas.items():
        spot = Spot(0, float(formula.get_left()[0]), float(formula.get_right()[0]), xs[k])
        labels[k] = _hang(formula, _role(k, growth), spot, strip, band, rows)
    return labels


def find_spots(
    widths: Mapping[int, float], slices: Sequence[float], rows: int, band: Region, found: Sequence[Spot] = ()
) -> dict[int, Spot]:
    """A spot for every label, straight under its slice and clear of all others; empty if there are none."""
    if len(found) == len(widths):
        return dict(zip(widths, found, strict=True))
    k = list(widths)[len(found)]
    half, x = widths[k] / 2, slices[k]
    for shift in SHIFTS:
        middle = x + shift * (half - EDGE)
        if middle - half < band.left or middle + half > band.right:
            middle = float(np.clip(middle, band.left + half, band.right - half))
        if abs(middle - x) > half:
            continue
        for row in range(rows):
            spot = Spot(row, middle - half, middle + half, x)
            if all(map(spot.clear_of, found)) and (
                spots := find_spots(widths, slices, rows, band, [*found, spot])
            ):
                return spots
    return {}


def _formula(k: int, growth: int, focus: int, size: str) -> Formula:
    expr: Expr = GAIN if k == growth else OWN_TAXED if k == focus else TAXED
    return Formula(expr, role=_role(k, growth), size=size)


def _role(k: int, growth: int) -> str:
    return "growth" if k == growth else "minus"


def _hang(formula: Formula, role: str, spot: Spot, strip: Strip, band: Region, rows: int) -> VGroup:
    """A formula in its spot, and the line from its slice down to it."""
    ascent = float(formula.get_top()[1]) - formula.baseline
    pitch = min((band.height - LEADER) / rows, 1.2 * ROW)
    formula.set_x((spot.left + spot.right) / 2)
    formula.stand_on(strip.bottom - LEADER - spot.row * pitch - ascent)
    end = float(np.clip(spot.slice, spot.left, spot.right))
    start, foot = strip.bottom - 0.03, strip.bottom - LEADER - spot.row * pitch + 0.06
    return VGroup(line(point(spot.slice, start), point(end, foot), colour=role), formula)
