"""The last frame of the film: the result over its bars, and the three pictures along the foot."""

from __future__ import annotations

from manim import UP, VGroup

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Formula, Region, point

UNUSED = 0.4  # Manim units: the space for a legend, which these bars do not have
RESULT = DERIVATIONS["collapse"].equations[-1]


class LastPicture(VGroup):
    """The result and its bars, with room for three small pictures below.

    Args:
        chapter: gives numbers, names and the stage.

    Attributes:
        result: ∂C/∂z_i = a_i − y_i.
        bars: with targets, pushes and signed numbers.
        foot: the regions of the three pictures.
    """

    def __init__(self, chapter: Chapter) -> None:
        sol, stage = chapter.solution, chapter.stage
        above, middle, below = stage.rows(1.5, 3.2, 1.5, gap=0.15)
        middle = Region(middle.left, middle.bottom - UNUSED, middle.right, middle.top)
        self.result = Formula(RESULT, size="result")
        fits = 0.8 * stage.width / self.result.width, above.height / self.result.height
        self.result.scale(min(1.3, *fits))
        self.result.move_to(above.centre).align_to(point(0, above.top), UP)
        names = [chapter.class_name(k) for k in range(sol.K)]
        self.bars = ShareBars(sol, names, middle)
        self.foot = below.columns(1, 1, 1, gap=0.2)
        super().__init__(self.result, self.bars)
