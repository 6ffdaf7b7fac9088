"""What every beat has around its picture: the chapter's name, the beat's title, and the rail of progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    Circle,
    FadeIn,
    FadeOut,
    Line,
    Mobject,
    Transform,
    VGroup,
    VMobject,
)
from sympy import Symbol

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.design.writing_system import rise_of
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words

# In Manim's units: between the chapter's line and what stands beside it; between two letters of the legend,
# with their words and alone; the radius of a pin's head where its number is as large as the chapter's name.
APART, BETWEEN, CLOSE, HEAD = 0.2, 0.36, 0.22, 0.083


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
    """A thin row of ticks, one per chapter; the chapters up to this one are bright."""

    def __init__(self, region: Region, chapters: tuple[str, ...]) -> None:
        self._chapters = chapters
        width, y = style().stroke("line"), region.y
        ticks = region.columns(*[1] * len(chapters), gap=0.08)
        self.mobject = VGroup(
            *[Line(point(tick.left, y), point(tick.right, y), stroke_width=width) for tick in ticks]
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


class Pin(VGroup):
    """A pin and, right of it, the signed value of a quantity; `size` is a token of ``[size]``."""

    def __init__(self, quantity: Quantity, *, size: str = "chapter") -> None:
        self.value = Readout(quantity, size=size, colour="C", signed=True)
        self.marker = _pin(HEAD * self.value.em / style().size("chapter"))
        self.marker.next_to(self.value, LEFT, buff=0.3 * self.value.em)
        self.marker.align_to(point(0, self.value.baseline - 0.12 * self.value.em), DOWN)
        super().__init__(self.marker, self.value)


class Dock:
    """The legend and, at its right, the pin. Where there is no room for words, the letters stand alone.

    Args:
        region: where they stand, their baseline at its top as that of the chapter's name is.
        quantity: its value is pinned.
        letters: the letters of the legend, with their roles.
        words: a word for each of them.

    Attributes:
        letters: an entry per letter, with its word if there is room for one.
    """

    def __init__(
        self, region: Region, quantity: Quantity, letters: Mapping[Symbol, str], words: Sequence[Words]
    ) -> None:
        rise = rise_of("".join(word.text for word in words))
        baseline = region.top - style().size("chapter") * rise
        self.pin = Pin(quantity)
        self.pin.shift((region.right - self.pin.get_right()[0]) * RIGHT)
        self.pin.shift((baseline - self.pin.value.baseline) * UP)
        room = self.pin.get_left()[0] - BETWEEN - region.left
        self.letters = _legend(letters, words, baseline)
        if self.letters.width > room:
            self.letters = _legend(letters, (), baseline)
        self.letters.shift((region.left + room - self.letters.get_right()[0]) * RIGHT)

    @property
    def mobjects(self) -> tuple[VGroup, VGroup]:
        """What stands on the screen."""
        return self.letters, self.pin


def _legend(letters: Mapping[Symbol, str], words: Sequence[Words], baseline: float) -> VGroup:
    entries = VGroup()
    for n, (letter, role) in enumerate(letters.items()):
        entry = VGroup(Formula(letter, size="chapter", role=role).stand_on(baseline))
        if words:
            entry.add(words[n].next_to(entry, RIGHT, buff=0.12).stand_on(baseline))
        gap = BETWEEN if words else CLOSE
        entry.shift(((entries.get_right()[0] + gap if n else 0.0) - entry.get_left()[0]) * RIGHT)
        entries.add(entry)
    return entries


def _pin(radius: float) -> VGroup:
    """A round head that runs out into a point, with a hole in it."""
    angles = np.linspace(-PI / 6, 7 * PI / 6, 32)
    head = [point(radius * np.cos(angle), radius * np.sin(angle)) for angle in angles]
    tip = point(0, -2 * radius)
    drop = VMobject(stroke_width=0, fill_color=style().colour("C"), fill_opacity=1)
    drop.set_points_as_corners([tip, *head, tip])
    hole = Circle(0.4 * radius, stroke_width=0, fill_color=style().colour("ground"), fill_opacity=1)
    return VGroup(drop, hole)
