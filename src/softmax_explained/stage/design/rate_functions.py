"""Rate functions for replacing one mobject by another: the old one is gone before the new one appears."""

from manim import FadeIn, FadeOut, Mobject, smooth, squish_rate_func

OVER = 0.4  # fraction of the run time in which the old mobject leaves and, at the end, the new one enters


def early(alpha: float) -> float:
    """Finish in the first part of an animation.

    >>> early(0.0), early(OVER), early(1.0)
    (0.0, 1.0, 1.0)
    """
    return float(smooth(min(1.0, alpha / OVER)))


def late(alpha: float) -> float:
    """Start in the last part of an animation.

    >>> late(0.0), late(1 - OVER), late(1.0)
    (0.0, 0.0, 1.0)
    """
    return float(smooth(max(0.0, (alpha - 1 + OVER) / OVER)))


def at_once(alpha: float) -> float:
    """Finish in the first fifth of an animation, before what moves can pass there.

    >>> at_once(0.0), at_once(0.2), at_once(1.0)
    (0.0, 1.0, 1.0)
    """
    return float(smooth(min(1.0, alpha / 0.2)))


def afterwards(mobject: Mobject) -> FadeIn:
    """Fade in during the second half of an animation, once what the mobject belongs to is there."""
    return FadeIn(mobject, rate_func=squish_rate_func(smooth, 0.5, 1.0))


def instead(old: Mobject, new: Mobject) -> tuple[FadeOut, FadeIn]:
    """Fade `old` out in the first half of an animation and `new` in during the second."""
    return FadeOut(old, rate_func=squish_rate_func(smooth, 0.0, 0.45)), afterwards(new)
