"""The lines of a derivation on the screen, their equals signs under each other."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, UP

from softmax_explained.core.derivation import Derivation
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point


def derivation_lines(derivation: Derivation, rows: Sequence[Region]) -> list[Formula]:
    """Set every equation of a derivation, each in a region.

    Args:
        derivation: start = line, for each line after the first.
        rows: one region a line; a region may hold several lines that take each other's place.
    """
    lines = [Formula(line) for line in derivation.equations]
    for line, row in zip(lines, rows, strict=True):
        row.place(line, LEFT).align_at(lines[0]).shift((row.y - line.find("=", 0).get_y()) * UP)
    return lines


def lines_under_each_other(derivation: Derivation, steps: Sequence[int], region: Region) -> list[Formula]:
    """Set some equations of a derivation from the top of a region to its bottom; the last two share a place.

    Args:
        derivation: start = line, for each line after the first.
        steps: which equations, counted from 0; the last takes the place of the one before it.
        region: where they stand.
    """
    lines = [Formula(derivation.equations[step]) for step in steps]
    rows = region.rows(*[1] * (len(lines) - 1))
    for line, row in zip(lines, [*rows, rows[-1]], strict=True):
        row.place(line, LEFT)
    lines[0].align_to(point(0, region.top), UP)
    for line in lines[-2:]:
        line.level_with(lines[-1].align_to(point(0, region.bottom), DOWN))
    for line in lines[1:]:
        line.align_at(lines[0])
    return lines
