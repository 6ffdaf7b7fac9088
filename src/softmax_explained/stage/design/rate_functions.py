"""Rate functions for things that take each other's place: one is gone before the other comes."""

from __future__ import annotations

from manim import FadeIn, FadeOut, Mobject, smooth, squish_rate_func

OVER = 0.4  # the part of a move in which the old goes, and, at its end, the part in which the new comes


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


def afterwards(mobject: Mobject) -> FadeIn:
    """Show something in the second half of a move, when what it belongs to has come."""
    return FadeIn(mobject, rate_func=squish_rate_func(smooth, 0.5, 1.0))


def instead(old: Mobject, new: Mobject) -> tuple[FadeOut, FadeIn]:
    """Fade one thing out in the first half of a move and another in, in its place, in the second."""
    return FadeOut(old, rate_func=squish_rate_func(smooth, 0.0, 0.45)), afterwards(new)
