"""Labels that ride on a strip: each keeps to its segment and is seen while the segment has room for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, FadeOut, Mobject, Transform, VGroup

from softmax_explained.stage.pictures.strip import Strip
from softmax_explained.stage.type import Type, Words

MARGIN = 0.04
"""Ground at either side of a label that fits, in Manim's units."""

FADING = 0.05
"""A label is on its way out while its segment is at most this much wider than it needs, in Manim's units."""


class Riders(VGroup):
    """One label a segment, all on one baseline over the middles of the segments.

    Args:
        labels: K pieces of type.
        strip: what they ride on.
        y: the baseline, of words on several lines that of the last.

    >>> from softmax_explained.stage.type import Words
    >>> strip = Strip([0.9, 0.1], left=0, y=0, unit=2)
    >>> riders = Riders([Words("cat"), Words("dog")], strip, y=0)
    >>> [label.text for label in riders]
    ['cat']
    """

    def __init__(self, labels: Sequence[Type], strip: Strip, *, y: float) -> None:
        super().__init__()
        self.labels, self._strip, self._y = tuple(labels), strip, y
        self._least = [0.0] * len(self.labels)
        self.rest()

    def room(self, k: int) -> float:
        """How well label `k` fits on its segment: 0 not at all, 1 with room to spare."""
        return float(np.clip((self._spare(k) - self._least[k]) / FADING, 0.0, 1.0))

    def _spare(self, k: int) -> float:
        """What a segment has more than its label needs, in Manim's units."""
        start, end = self._strip.spans[k]
        return float(end - start - self.labels[k].width - 2 * MARGIN)

    def ride(self) -> Self:
        """Put every label where its segment is now."""
        for k, label in enumerate(self.labels):
            label.set_x(self._strip.middle(k))
            rise = label.rise if isinstance(label, Words) else 0.0
            label.stand_on(self._y + rise).set_fill(opacity=self.room(k))
        return self

    def follow(self) -> Self:
        """Ride along in every frame until `rest`; add the strip to the scene before its riders."""

        def ride(_: Mobject) -> None:
            self.ride()

        self.submobjects = list(self.labels)
        return self.add_updater(ride)

    def rest(self) -> Self:
        """Stop where the strip is now; labels without room leave the picture."""
        self.clear_updaters(recursive=False)
        self._least = [self._threshold(k) for k in range(len(self.labels))]
        self.ride()
        self.submobjects = [label for k, label in enumerate(self.labels) if self._fits(k)]
        return self

    def _threshold(self, k: int) -> float:
        """The spare room at which label `k` begins to show, so that now it is seen wholly or not at all."""
        spare = self._spare(k)
        return min(0.0, spare - FADING) if spare >= FADING / 2 else max(0.0, spare)

    def receive(self, k: int, label: Type, **how: Any) -> Animation:
        """The move of a label from elsewhere to the place of rider `k`; it fades where there is no room.

        Args:
            k: the rider.
            label: what moves.
            how: further arguments of the ``Transform``.
        """
        return Transform(label, self.labels[k].copy(), **how) if self._fits(k) else FadeOut(label)

    def _fits(self, k: int) -> bool:
        return self.room(k) >= 0.5


def fit_over(names: Sequence[Words], widths: Sequence[float], *, lines: int) -> float:
    """Shrink each name a little, or break it between words, if it fits over its segment then.

    Args:
        names: K names.
        widths: of the K segments, in Manim units.
        lines: on how many a name may stand.

    Returns:
        Manim units that the lines above the last of a name take.
    """
    for name, width in zip(names, widths, strict=True):
        room = width - 2 * MARGIN - FADING
        if room > 0 and name.lines_in(room, within_words=False) <= lines:
            name.fit_width(room, within_words=False)
    return max(name.rise for name in names)
