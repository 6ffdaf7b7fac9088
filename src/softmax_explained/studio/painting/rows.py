"""Rows of pixels: the parts of a picture that are painted, compared and converted again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 4): RGBA, the top row first
GAP = 48  # rows: bands closer than this are handled as one


class Rows(NamedTuple):
    """The rows from `top` to `bottom`, which is not one of them, counted from the top of the picture."""

    top: int
    bottom: int

    def within(self, height: int) -> Self:
        """The part of them that is in a picture.

        >>> Rows(-3, 9).within(8), Rows(20, 30).within(8)
        (Rows(top=0, bottom=8), Rows(top=8, bottom=8))
        """
        return type(self)(min(max(self.top, 0), height), min(max(self.bottom, 0), height))

    def touches(self, other: Rows) -> bool:
        """Whether some row is in both."""
        return self.top < other.bottom and other.top < self.bottom


def bands(rows: Iterable[Rows], height: int) -> tuple[Rows, ...]:
    """The fewest bands that contain some rows and are well apart, from the top to the bottom.

    >>> bands([Rows(100, 120), Rows(10, 30), Rows(25, 40), Rows(7, 7)], 720)
    (Rows(top=10, bottom=40), Rows(top=100, bottom=120))
    """
    found = list[Rows]()
    for each in sorted(each.within(height) for each in rows):
        if each.top == each.bottom:
            continue
        if found and each.top < found[-1].bottom + GAP:
            found[-1] = Rows(found[-1].top, max(found[-1].bottom, each.bottom))
        else:
            found.append(each)
    return tuple(found)
