"""Contrast of colours, after WCAG 2.2. Colours are arrays of red, green and blue in [0, 1], last axis 3."""

import numpy as np
from manim import BLACK, WHITE, ManimColor
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style

READABLE = 4.5  # minimum contrast of text (WCAG 2.2, AA); on any background, black or white reaches it


def contrast(one: ManimColor, other: ManimColor) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    >>> contrast(ManimColor("#FFFFFF"), ManimColor("#000000"))
    21.0
    """
    return float(contrast_ratio(np.array(one.to_rgb()), np.array(other.to_rgb())))


def ink_on(ground: ManimColor) -> ManimColor:
    """The more readable text colour on a background: the style's ink or ground, else white or black.

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
    """Linear light from sRGB values: the inverse transfer function of IEC 61966-2-1:1999.

    >>> linear(np.array([0.0, 0.5, 1.0])).round(4).tolist()
    [0.0, 0.214, 1.0]
    """
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def luminance(colours: Colours) -> NDArray[np.float64]:
    """Relative luminance in [0, 1], as defined by WCAG 2.2; drops the last axis.

    >>> luminance(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    return np.asarray(linear(colours) @ [0.2126, 0.7152, 0.0722])


def contrast_ratio(some: Colours, others: Colours) -> NDArray[np.float64]:
    """Pairwise contrast ratios of two arrays of colours, from 1 to 21; drops the last axis.

    >>> contrast_ratio(np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 1.0])).round(6).tolist()
    21.0
    """
    dark, bright = np.sort(np.stack([luminance(some), luminance(others)]), axis=0)
    return np.asarray((bright + 0.05) / (dark + 0.05))
