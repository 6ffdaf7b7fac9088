"""What every beat has around its picture: the beat's title, the dock, and the rail of progress."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Self

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
    smooth,
)
from sympy import Expr, Symbol

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.layout import Frame, Region, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words

# In Manim's units: between the chapter's line and the title, and between the title and the dock; between two
# parts of the dock; between two letters of the legend, with their words and alone; the radius of a pin's head
# where its number is as large as the chapter's name.
APART, PARTS, BETWEEN, CLOSE, HEAD = 0.3, 0.4, 0.36, 0.22, 0.083
BASELINE = 0.14  # Manim units from the lower edge of the header or the dock up to the baseline


class Header:
    """One line: the chapter's number and name in quiet ink, then the beat's title; it leaves after a while.

    Args:
        frame: its regions; the line ends before the dock if that is in the same row.
        chapter: the chapter's number and name.
        number: the number alone, where there is no room for the name.

    Attributes:
        mobjects: what stands on the screen, or has left it.
    """

    def __init__(self, frame: Frame, chapter: Words, number: Words) -> None:
        self._left, self._baseline = frame.header.left, frame.header.bottom + BASELINE
        shared = frame.dock.top > frame.header.y
        self._room = (frame.dock.left - APART if shared else frame.header.right) - frame.header.left
        self._chapters = chapter, number
        self.mobjects: list[Mobject] = []

    def turn_to(self, title: Words, shown: Collection[Mobject]) -> list[Animation]:
        """The animations that show a new title; `shown` is what stands on the screen."""
        rooms = [self._room - each.width - APART for each in self._chapters]
        fits = title.width <= rooms[0]
        chapter = self._chapters[0 if fits else 1].copy()
        title.fit_width(rooms[not fits], lines=1)
        chapter.align_to(point(self._left), LEFT).stand_on(self._baseline)
        title.next_to(chapter, RIGHT, buff=APART).stand_on(self._baseline)
        before = [each for each in self.mobjects if each in shown]
        self.mobjects = [chapter, title]
        leaving = [FadeOut(each, rate_func=early) for each in before]
        return [*leaving, *[FadeIn(each, rate_func=late if before else smooth) for each in self.mobjects]]

    def leave(self, run_time: float) -> list[Animation]:
        """The animations that take the line away again."""
        return [FadeOut(each, run_time=run_time) for each in self.mobjects]


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

    def stand_on(self, y: float) -> Self:
        """Move vertically so that the baseline of the number is at `y`."""
        return self.shift((y - self.value.baseline) * UP)


class Dock:
    """A row of what several chapters keep in sight, at the right end of its region.

    Where there is no room for words, the letters stand alone.

    Args:
        region: where it stands.
        pinned: the quantities whose values are pinned.
        letters: the letters of the legend, with their roles.
        words: a word for each of them.
        token: a word and an expression, of one line, that remind of a fact, if there is one.

    Attributes:
        parts: ``"token"``, ``"letters"`` and ``"pins"``, from left to right, as far as the film has them.
    """

    def __init__(
        self,
        region: Region,
        pinned: Sequence[Quantity],
        letters: Mapping[Symbol, str],
        words: Sequence[Words],
        token: tuple[Words, Expr] | None = None,
    ) -> None:
        baseline = region.bottom + BASELINE
        self._pins = VGroup(*[Pin(quantity).stand_on(baseline) for quantity in pinned])
        self._pins.arrange(RIGHT, buff=BETWEEN, center=False, coor_mask=RIGHT)
        parts = {"pins": self._pins}
        if token is not None:
            word, expr = token
            formula = Formula(expr, size="label")
            formula.scale(min(1.0, region.height / formula.height))
            formula.next_to(word.stand_on(baseline), RIGHT, buff=0.12).stand_on(baseline)
            parts["token"] = VGroup(word, formula)
        room = region.width - sum(part.width + PARTS for part in parts.values())
        parts["letters"] = _legend(letters, words, baseline)
        if parts["letters"].width > room:
            parts["letters"] = _legend(letters, (), baseline)
        right = region.right
        self.parts: dict[str, VGroup] = {}
        for name in ("pins", "letters", "token"):
            if part := parts.get(name):
                part.shift((right - part.get_right()[0]) * RIGHT)
                right = part.get_left()[0] - PARTS
                self.parts[name] = part

    @property
    def pins(self) -> VGroup:
        """A `Pin` per quantity."""
        return self._pins


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
