"""Rate functions for things that take each other's place: one is gone before the other comes."""

from __future__ import annotations

from manim import smooth

OVER = 0.4
"""The part of a move in which the old goes, and, at its end, the part in which the new comes."""


def early(alpha: float) -> float:
    """Go in the first part of a move.

    >>> early(0.0), early(OVER), early(1.0)
    (0.0, 1.0, 1.0)
    """
    return float(smooth(min(1.0, alpha / OVER)))


def late(alpha: float) -> float:
    """Come in the last part of a move.

    >>> late(0.0), late(1 - OVER), late(1.0)
    (0.0, 0.0, 1.0)
    """
    return float(smooth(max(0.0, (alpha - 1 + OVER) / OVER)))
