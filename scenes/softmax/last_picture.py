"""What stands at the end of the chapter on softmax, and at the beginning of the one on the loss."""

from __future__ import annotations

from dataclasses import replace

from manim import VGroup

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.stage import Region

EDGE = 0.1  # Manim units that the figures of the ruler reach beyond it
THICKNESS = 1.75  # of the strip where it is the only picture, in Manim units


class LastPicture(VGroup):
    """The strip of shares on its ruler, as wide as the stage.

    Attributes:
        shares: the strip, with its names and numbers.
    """

    def __init__(self, chapter: Chapter) -> None:
        names = [chapter.class_name(k) for k in range(chapter.solution.K)]
        self.shares = ShareStrip(chapter.solution, names, whole(chapter.stage), height=THICKNESS)
        super().__init__(self.shares)


def whole(stage: Region) -> Region:
    """The region of a strip that is as wide as the stage."""
    return replace(stage, left=stage.left + EDGE, right=stage.right - EDGE)
