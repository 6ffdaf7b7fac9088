"""Labels that ride on a strip: each keeps to its segment and is seen while the segment has room for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from manim import Animation, FadeOut, Mobject, Transform, VGroup

from softmax_explained.stage.charts.strip import Strip
from softmax_explained.stage.text.text import TypesetText, Words

MARGIN = 0.04  # ground at either side of a label that fits, in Manim's units


class SegmentLabels(VGroup):
    """One label a segment, all on one baseline over the middles of the segments.

    Args:
        labels: K pieces of type.
        strip: what they ride on.
        y: the baseline, of words on several lines that of the last.

    >>> from softmax_explained.stage.text.text import Words
    >>> strip = Strip([0.9, 0.1], left=0, y=0, unit=2)
    >>> riders = SegmentLabels([Words("cat"), Words("dog")], strip, y=0)
    >>> [label.text for label in riders]
    ['cat']
    """

    def __init__(self, labels: Sequence[TypesetText], strip: Strip, *, y: float) -> None:
        super().__init__()
        self.labels, self._strip, self._y = tuple(labels), strip, y
        self.settle()

    def fits(self, k: int) -> bool:
        """Whether the segment of label `k` has room for it now.

        There is nothing between seen and not seen: a strip may come to rest at any width, and a label half
        seen would be too faint to read there.
        """
        start, end = self._strip.spans[k]
        return bool(end - start - self.labels[k].width >= 2 * MARGIN)

    def align(self) -> Self:
        """Put every label where its segment is now."""
        for k, label in enumerate(self.labels):
            label.set_x(self._strip.middle(k))
            rise = label.rise if isinstance(label, Words) else 0.0
            label.stand_on(self._y + rise).set_fill(opacity=float(self.fits(k)))
        return self

    def follow(self) -> Self:
        """Ride along in every frame until `rest`; add the strip to the scene before its riders."""

        def align(_: Mobject) -> None:
            self.align()

        self.submobjects = list(self.labels)
        return self.add_updater(align)

    def settle(self) -> Self:
        """Stop where the strip is now; labels without room leave the picture."""
        self.clear_updaters(recursive=False)
        self.align()
        self.submobjects = [label for k, label in enumerate(self.labels) if self.fits(k)]
        return self

    def move_in(self, k: int, label: TypesetText, **how: Any) -> Animation:
        """The move of a label from elsewhere to the place of rider `k`; it fades where there is no room.

        Args:
            k: the rider.
            label: what moves.
            how: further arguments of the ``Transform``.
        """
        return Transform(label, self.labels[k].copy(), **how) if self.fits(k) else FadeOut(label)


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
        room = width - 2 * MARGIN
        if room > 0 and name.lines_in(room, within_words=False) <= lines:
            name.fit_width(room, within_words=False)
    return max(name.rise for name in names)
