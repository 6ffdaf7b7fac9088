"""What every beat has around its picture: the chapter's name, the beat's title, and the rail of progress."""

from __future__ import annotations

from manim import LEFT, Animation, FadeIn, FadeOut, Line, Mobject, Transform, VGroup

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.writing_system import rise_of
from softmax_explained.stage.type import Words

APART = 0.2
"""Manim units between the chapter's line and what stands beside it."""


class Header:
    """The chapter's number and name in quiet ink, the beat's title below it.

    Args:
        region: where both stand.
        chapter: the chapter's line.
        beside: what the chapter's line must not run into, if it reaches as high.

    Attributes:
        leaving: the title of the beat before, while it fades.
    """

    def __init__(self, region: Region, chapter: Words, beside: Region | None = None) -> None:
        self._region = region
        shared = beside is not None and beside.top > region.y
        right = beside.left - APART if beside is not None and shared else region.right
        self._chapter = chapter.fit_width(right - region.left, lines=1)
        self._chapter.align_to(point(region.left), LEFT)
        self._chapter.stand_on(region.top - style().size("chapter") * rise_of(chapter.text))
        self._title: Words | None = None
        self.leaving: list[Mobject] = []

    @property
    def mobjects(self) -> list[Mobject]:
        """What stands on the screen."""
        return [self._chapter, *([self._title] if self._title else [])]

    def turn_to(self, title: Words) -> list[Animation]:
        """The animations that put a new title in the place of the one before."""
        title.fit_width(self._region.width)
        title.align_to(point(self._region.left), LEFT)
        title.stand_on(self._region.bottom + style().size("title") * 0.28)
        before, self._title = self._title, title
        self.leaving = [before] if before else []
        if before is None:
            return [FadeIn(self._chapter), FadeIn(title)]
        return [FadeOut(before, rate_func=early), FadeIn(title, rate_func=late)]


class Rail:
    """A thin row of ticks, one a chapter; the chapters up to this one are bright."""

    def __init__(self, region: Region, chapters: tuple[str, ...]) -> None:
        self._chapters = chapters
        self.mobject = VGroup(
            *[
                Line(
                    point(tick.left, region.y),
                    point(tick.right, region.y),
                    stroke_width=style().stroke("line"),
                )
                for tick in region.columns(*[1] * len(chapters), gap=0.08)
            ]
        )

    def before(self, chapter: str) -> VGroup:
        """The rail as it stands when a chapter begins."""
        reached = self._chapters.index(chapter)
        for index, tick in enumerate(self.mobject):
            tick.set_color(style().colour("ink" if index < reached else "track"))
        return self.mobject

    def reach(self, chapter: str) -> list[Animation]:
        """The animation that lights a chapter's tick; nothing if it is lit."""
        tick = self.mobject[self._chapters.index(chapter)]
        if tick.get_color() == style().colour("ink"):
            return []
        return [Transform(tick, tick.copy().set_color(style().colour("ink")))]
