"""Labels of the segments of a strip: each follows its segment and is visible while it fits."""

from collections.abc import Sequence
from typing import Self

from manim import VGroup

from softmax_explained.stage.charts.strip import Strip
from softmax_explained.stage.text.text import TypesetText, Words

MARGIN = 0.04  # minimum space at either side of a label, in Manim units


class SegmentLabels(VGroup):
    """One label per segment, all on one baseline, centred on the segments.

    Args:
        labels: K labels.
        strip: what they label.
        y: the baseline, of the last line if words are broken.

    >>> strip = Strip([0.9, 0.1], left=0, y=0, unit=2)
    >>> labels = SegmentLabels([Words("cat"), Words("dog")], strip, y=0)
    >>> [label.text for label in labels]
    ['cat']
    """

    def __init__(self, labels: Sequence[TypesetText], strip: Strip, *, y: float) -> None:
        super().__init__()
        self.labels, self._strip, self._y = tuple(labels), strip, y
        self._shown = [False for _ in self.labels]
        self.settle()

    def fits(self, k: int) -> bool:
        """Whether segment `k` is wide enough for its label now; a label that is shown may use the margin.

        Without that, a label that just fits would flicker while its segment moves a little. Opacity is 0 or 1
        only: a strip may come to rest at any width, and a faint label is unreadable.
        """
        start, end = self._strip.spans[k]
        margin = 0.0 if self._shown[k] else MARGIN
        return bool(end - start - self.labels[k].width >= 2 * margin)

    def align(self) -> Self:
        """Move every label to its segment."""
        for k, label in enumerate(self.labels):
            label.set_x(self._strip.middle(k))
            rise = label.rise if isinstance(label, Words) else 0.0
            self._shown[k] = self.fits(k)
            label.stand_on(self._y + rise).set_fill(opacity=float(self._shown[k]))
        return self

    def follow(self) -> Self:
        """Align in every frame until `settle`; add the strip to the scene before its labels."""
        self.submobjects = list(self.labels)
        return self.add_updater(lambda _: self.align())

    def settle(self) -> Self:
        """Stop following and drop the labels that do not fit."""
        self.clear_updaters(recursive=False)
        self.align()
        self.submobjects = [label for label, shown in zip(self.labels, self._shown, strict=True) if shown]
        return self

    @property
    def shown(self) -> dict[int, TypesetText]:
        """The labels that fit, by segment, after `settle`."""
        return {k: label for k, label in enumerate(self.labels) if label in self.submobjects}


def fit_over(names: Sequence[Words], widths: Sequence[float], *, lines: int) -> float:
    """Shrink each name, or break it between words, if it then fits over its segment.

    Args:
        names: K names.
        widths: of the K segments, in Manim units.
        lines: maximum number of lines per name.

    Returns:
        The height in Manim units of the lines above the last, at most.
    """
    for name, width in zip(names, widths, strict=True):
        available = width - 2 * MARGIN
        if available > 0 and name.lines_in(available, within_words=False) <= lines:
            name.fit_width(available, within_words=False)
    return max(name.rise for name in names)
