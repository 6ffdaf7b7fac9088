"""A mark below one slice of a strip, as long as the slice."""

from __future__ import annotations

from manim import Line

from softmax_explained.stage import Strip, point, style

SHORTEST, AWAY = 0.08, 0.07  # Manim units: length of the mark at least; from the strip down to it


class SliceMark(Line):
    """A thick line below slice `n` of a strip; below a slice that is too thin to be seen it is a dash.

    Args:
        strip: of the shares.
        n: the slice, counted from 0.
    """

    def __init__(self, strip: Strip, n: int = 0) -> None:
        start, end = strip.spans[n]
        half, y = max(end - start, SHORTEST) / 2, strip.bottom - AWAY
        x = min(max(strip.middle(n), strip.spans[0][0] + half), strip.spans[-1][1] - half)
        super().__init__(point(x - half, y), point(x + half, y))
        self.set_stroke(style().colour("ink"), style().stroke("thick"))
