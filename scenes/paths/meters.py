"""The share of a class as a level between 0 and 1, on a card that a path passes through; one per class."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Self

from manim import DOWN, ORIGIN, RIGHT, UP, Animation, FadeIn, FadeOut, Triangle, VMobject

from softmax_explained.core import Quantity, Solution
from softmax_explained.stage import Box, Outline, Point, Readout, Region, point, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.label_layout import beside_rows, column_width, height_of
from softmax_explained.stage.text.text import MOST_LINES, Words

THICKEST = 0.34  # maximum thickness of the level in Manim units
PAD, GAP = 0.14, 0.12  # Manim units inside a card, and between its cells
NUMBER, TREND = 0.95, 0.2  # widths in Manim units of number and arrow head on a horizontal card
LOWEST = 0.3  # height in Manim units of a number below a vertical level
WIDEST_NAME = 0.68  # maximum fraction of a horizontal card's remaining width for names
NAMED, UNNAMED = 1.5, 0.42  # relative widths of vertical cards with and without a name
NAMES_UP_TO = 4  # with more vertical cards than this, only the focus and the true class are named


class Meter:
    """A card with a class name, a level for the share, its number, and the direction in which it changes.

    `cells` are the regions of name, level, number and trend. With `across`, the level grows to the right and
    paths go from left to right, from `arrival` to `departure`; else up, and from top to bottom.
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


def horizontal_meters(solution: Solution, names: Sequence[Words], region: Region) -> list[Meter]:
    """Meters below each other: name, level, number and arrow head from left to right.

    If not all of the K names fit, only the focus and the true class are named.

    Raises:
        FilmError: not even these names fit.
    """
    rows = region.rows(*[1] * solution.K)
    cards = [row.inset(y=min(0.14 * row.height, GAP)) for row in rows]
    free = region.width - 2 * PAD - NUMBER - TREND - 3 * GAP
    named = column_width(names, WIDEST_NAME * free)
    cells = [card.inset(x=PAD).columns(named, free - named, NUMBER, TREND, gap=GAP) for card in cards]
    beside = [replace(cell[0], bottom=row.bottom, top=row.top) for cell, row in zip(cells, rows, strict=True)]
    written = beside_rows(names, beside, priority={solution.i, solution.t})
    return [
        Meter(solution[f"a[{k}]"], card, cell, across=True, name=written.get(k), numbered=True)
        for k, (card, cell) in enumerate(zip(cards, cells, strict=True))
    ]


def vertical_meters(solution: Solution, names: Sequence[Words], region: Region) -> list[Meter]:
    """Meters beside each other: name, level with arrow head, and number from top to bottom.

    If not all of the K names fit, only the focus and the true class have wide cards with names and numbers.

    Raises:
        FilmError: not even these names fit.
    """
    everyone = region.columns(*[1] * solution.K, gap=GAP)
    wide_enough = solution.K <= NAMES_UP_TO and all(
        name.lines_in(column.width - GAP) <= MOST_LINES for name, column in zip(names, everyone, strict=True)
    )
    wide = [wide_enough or k in (solution.i, solution.t) for k in range(solution.K)]
    cards = region.columns(*[NAMED if each else UNNAMED for each in wide], gap=GAP)
    written = {k: name.fit_width(cards[k].width - GAP) for k, name in enumerate(names) if wide[k]}
    tallest = max(height_of(name.lines) for name in written.values())
    meters = list[Meter]()
    for k, card in enumerate(cards):
        inside = card.inset(y=PAD)
        heights = tallest, inside.height - tallest - LOWEST - 2 * GAP, LOWEST
        named, level, number = inside.rows(*heights, gap=GAP)
        beside = level.x + THICKEST / 2 + GAP
        trend = Region(beside, level.bottom, beside + TREND, level.top) if wide[k] else number
        if k in written:
            written[k].move_to(named.centre)
        cells, share = (named, level, number, trend), solution[f"a[{k}]"]
        meters.append(Meter(share, card, cells, across=False, name=written.get(k), numbered=wide[k]))
    return meters
