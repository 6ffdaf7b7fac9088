"""The light of a screen's colours: how much there is of it, and how far two colours stand apart in it.

Colours are rows of red, green and blue in [0, 1], in arrays of any shape that ends in 3.
"""

from __future__ import annotations

import numpy as np
from manim import BLACK, WHITE, ManimColor
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style

READABLE = 4.5  # the least contrast of text, by WCAG 2.2. White or black has it on any ground.


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


Colours = NDArray[np.float64]


def linear(colours: Colours) -> Colours:
    """The light of each channel as a part of its brightest, from the numbers that are sent to a screen.

    The transfer function of sRGB, IEC 61966-2-1:1999, backwards.

    >>> linear(np.array([0.0, 0.5, 1.0])).round(4).tolist()
    [0.0, 0.214, 1.0]
    """
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def luminance(colours: Colours) -> NDArray[np.float64]:
    """Relative luminance in [0, 1], as WCAG 2.2 defines it; one number a colour.

    >>> luminance(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    return np.asarray(linear(colours) @ [0.2126, 0.7152, 0.0722])


def contrast_ratio(some: Colours, others: Colours) -> NDArray[np.float64]:
    """The contrast ratio of WCAG 2.2 between colours, from 1 to 21; one number a pair.

    >>> contrast_ratio(np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 1.0])).round(6).tolist()
    21.0
    """
    dark, bright = np.sort(np.stack([luminance(some), luminance(others)]), axis=0)
    return np.asarray((bright + 0.05) / (dark + 0.05))
