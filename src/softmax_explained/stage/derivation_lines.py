"""The lines of a derivation on the screen, their equals signs under each other."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, UP

from softmax_explained.core.derivation import Derivation
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region


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
