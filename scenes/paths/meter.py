"""The share of a class as a level between 0 and 1, on a card that a path passes through."""

from collections.abc import Callable
from typing import Any, Self

from manim import DOWN, ORIGIN, RIGHT, UP, Animation, FadeIn, FadeOut, Triangle, VMobject

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Outline, Point, Readout, Region, Words, point, style
from softmax_explained.stage.design.rate_functions import early, late

THICKEST = 0.34  # maximum thickness of the level in Manim units


class Meter:
    """A card with a class name, a level for the share, its number, and the direction in which it changes.

    Args:
        share: the share.
        card: the region of the card.
        cells: the regions of name, level, number and trend.
        across: horizontal: the level grows to the right, and paths go from left to right; else up and down.
        name: the name in its place, or None where it does not fit.
        numbered: whether the number fits.

    Attributes:
        arrival: where a path reaches the card.
        departure: where it leaves it.
        trend: the arrow head, once shown.
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
        sides = (card.left, card.y), (card.right, card.y)
        ends = sides if across else ((card.x, card.top), (card.x, card.bottom))
        self.arrival, self.departure = (point(*end) for end in ends)
        self.card = Box(*card.edges, colour="panel")
        self.track = Box(*self._edges(1.0), colour="track")
        self.level = Box(*self._edges(share.value), colour="a")
        number = self._set(Readout(share, size="label", colour="a")) if numbered else None
        self.name, self.number = name, number
        self._trend = trend.centre

    @property
    def parts(self) -> list[VMobject]:
        """What is visible from the start, in drawing order."""
        every = self.card, self.track, self.level, self.name, self.number
        return [part for part in every if part is not None]

    def draw(self, value: float) -> Self:
        self.level.reshape(*self._edges(value))
        return self

    def follow(self, share: Callable[[], float]) -> None:
        """Show `share()` in every frame until `settle`."""
        self.level.add_updater(lambda _: self.draw(share()))
        if self.number is not None:
            self.number.follow(share, edge=self._edge)

    def settle(self) -> None:
        self.level.clear_updaters()
        self.draw(self._value)
        if self.number is not None:
            self.number.settle(edge=self._edge)

    def step_back(self) -> list[Any]:
        """Dim everything on the card but keep it readable."""
        dim = style().dim
        return [part.animate.set_fill(opacity=dim("a")) for part in self._dimmed]

    def step_forward(self) -> list[Any]:
        return [part.animate.set_fill(opacity=1) for part in self._dimmed]

    @property
    def _dimmed(self) -> list[VMobject]:
        return [part for part in (self.level, self.name, self.number) if part is not None]

    def show_trend(self, up: bool) -> Animation:
        """Show an arrow head in the direction in which the share changes."""
        self.trend = arrow_head(up, colour="a").move_to(self._trend)
        return FadeIn(self.trend, shift=0.15 * (UP if up else DOWN))

    def renumber(self, quantity: Quantity, *, colour: str, signed: bool = False) -> list[Animation]:
        """Replace the number, if there is one."""
        if self.number is None:
            return []
        old = self.number
        self.number = self._set(Readout(quantity, size="label", colour=colour, signed=signed))
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
        """The point of the number that stays fixed."""
        return RIGHT if self._across else ORIGIN

    def _edges(self, value: float) -> tuple[float, float, float, float]:
        """Edges of the level for a value."""
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
