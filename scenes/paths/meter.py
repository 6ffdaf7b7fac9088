"""The share of a class as a meter: a level between 0 and 1 on a card that a path can lead through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from manim import DOWN, ORIGIN, RIGHT, UP, Animation, FadeIn, FadeOut, Triangle, VGroup, VMobject

from softmax_explained.core import Quantity
from softmax_explained.stage.design.layout import Point, Region, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box, Outline
from softmax_explained.stage.text.text import Readout, Words

THICKEST = 0.34  # Manim units a meter is thick at most


class Meter:
    """A card with the name of a class, a level as high as its share, its number, and which way it answers.

    Args:
        share: the share.
        card: the region of the card.
        cells: the regions of name, level, number and trend on it.
        across: the level lies, and paths lead through the card from left to right; else it stands, and they
            lead from top to bottom.
        name: the name, already in its place, or none where it has no room.
        numbered: whether there is room for the number.

    Attributes:
        arrival: where a path reaches the card.
        departure: where it goes on.
        level: the level.
        name: the name, if there is one.
        number: the number, if there is one.
        trend: a small arrow head, up or down, once it has been shown.
    """

    def __init__(
        self,
        share: Quantity,
        card: Region,
        cells: tuple[Region, ...],
        *,
        across: bool,
        name: Words | None,
        numbered: bool,
    ) -> None:
        self._across, self._value = across, share.value
        _, self._scale, self._numbers, trend = cells
        self.arrival, self.departure = (
            (point(card.left, card.y), point(card.right, card.y))
            if across
            else (point(card.x, card.top), point(card.x, card.bottom))
        )
        self.card = Box(card.left, card.bottom, card.right, card.top, colour="panel")
        self.track = Box(*self._edges(1.0), colour="track")
        self.level = Box(*self._edges(share.value), colour="a")
        self.name, self.number = name, None
        if numbered:
            self.number = self._set(Readout(share, size="label", colour="a"))
        self.trend: VMobject = VGroup()
        self._trend = trend

    @property
    def parts(self) -> list[VMobject]:
        """What stands on the screen from the start, in drawing order."""
        every = self.card, self.track, self.level, self.name, self.number
        return [part for part in every if part is not None]

    def draw(self, value: float) -> Self:
        """Bring the level to another value."""
        self.level.reshape(*self._edges(value))
        return self

    def follow(self, share: Callable[[], float]) -> None:
        """Show `share()` in every frame until `settle`."""
        self.level.add_updater(lambda _: self.draw(share()))
        if self.number is not None:
            self.number.follow(share, edge=self._edge)

    def settle(self) -> None:
        """Show the share again."""
        self.level.clear_updaters()
        self.draw(self._value)
        if self.number is not None:
            self.number.settle(edge=self._edge)

    def step_back(self) -> list[Any]:
        """Dim everything that is written or filled on the card, as far as it can still be read."""
        dim = style().dim
        return [part.animate.set_fill(opacity=dim("a")) for part in self._dimmed]

    def step_forward(self) -> list[Any]:
        """Take `step_back` back."""
        return [part.animate.set_fill(opacity=1) for part in self._dimmed]

    @property
    def _dimmed(self) -> list[VMobject]:
        return [part for part in (self.level, self.name, self.number) if part is not None]

    def show_trend(self, up: bool) -> Animation:
        """An arrow head beside the number: which way the share answers."""
        self.trend = arrow_head(up, colour="a").move_to(self._trend.centre)
        return FadeIn(self.trend, shift=0.15 * (UP if up else DOWN))

    def renumber(self, quantity: Quantity, *, colour: str, signed: bool = False) -> list[Animation]:
        """Another number takes the place of the number; nothing where there is no room for one."""
        if self.number is None:
            return []
        old, self.number = (
            self.number,
            self._set(Readout(quantity, size="label", colour=colour, signed=signed)),
        )
        return [FadeOut(old, rate_func=early), FadeIn(self.number, rate_func=late)]

    def target(self, value: float) -> Outline:
        """The target as a dashed outline over the level."""
        return Outline(*self._edges(value))

    def _set(self, number: Readout) -> Readout:
        number.fit_width(self._numbers.width)
        at = point(self._numbers.right, self._numbers.y) if self._across else self._numbers.centre
        return number.move_to(at, self._edge)

    @property
    def _edge(self) -> Point:
        """The edge of the number that stays put."""
        return RIGHT if self._across else ORIGIN

    def _edges(self, value: float) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a level."""
        scale = self._scale
        if self._across:
            half = min(THICKEST, 0.6 * scale.height) / 2
            return scale.left, scale.y - half, scale.left + value * scale.width, scale.y + half
        half = min(THICKEST, 0.6 * scale.width) / 2
        return scale.x - half, scale.bottom, scale.x + half, scale.bottom + value * scale.height


def arrow_head(up: bool, *, colour: str) -> Triangle:
    """A small filled arrow head."""
    head = Triangle(stroke_width=0, fill_color=style().colour(colour), fill_opacity=1)
    head.stretch_to_fit_width(0.2).stretch_to_fit_height(0.18)
    return head if up else head.flip(RIGHT)
