"""Which ink can be read on which ground."""

from __future__ import annotations

import numpy as np
from manim import BLACK, WHITE, ManimColor

from softmax_explained.stage.srgb import contrast_ratio
from softmax_explained.stage.style import style

READABLE = 4.5
"""The least contrast of text, by WCAG 2.2. White or black has it on any ground."""


def contrast(one: ManimColor, other: ManimColor) -> float:
    """The WCAG 2.2 contrast of two colours, from 1 to 21.

    >>> contrast(ManimColor("#FFFFFF"), ManimColor("#000000"))
    21.0
    """
    return float(contrast_ratio(np.array(one.to_rgb()), np.array(other.to_rgb())))


def ink_on(ground: ManimColor) -> ManimColor:
    """The film's light or its dark ink, whichever stands out more; pure ones on a ground between the two.

    >>> contrast(ink_on(ManimColor("#7A7A7A")), ManimColor("#7A7A7A")) >= READABLE
    True
    """
    inks = style().colour("ink"), style().colour("ground")
    best = max(inks, key=lambda ink: contrast(ink, ground))
    if contrast(best, ground) >= READABLE:
        return best
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))
