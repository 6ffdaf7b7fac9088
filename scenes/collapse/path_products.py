"""The product of both links on each path of the map, in the place of the bar: in numbers, then in letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import Animation, FadeIn, FadeOut, VGroup, there_and_back
from sympy import Add, Integer, evaluate

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.pictures.path_map import SIDES, PathMap
from softmax_explained.stage import Formula, Readout, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.label_layout import overlap

HIGH, WIDE = 0.94, 0.9  # parts of the height of a card and of the width that is free on it for a product


class LinkProducts(VGroup):
    """What every path carries in numbers, −y_k/a_k · ∂a_k/∂z_i, in the place of its bar.

    A path without room for its number keeps its bar, and so do all paths if those of the classes t and i have
    none. The numbers are `products` of the map.

    Args:
        path_map: the map, with both links in its slots.
    """

    def __init__(self, path_map: PathMap) -> None:
        self._rows, self._of, solution = path_map.rows, dict[int, Readout](), path_map.solution
        for k, row in enumerate(self._rows):
            place = row.card if row.is_stacked else row.track
            number = Readout(solution[f"term[{k}]"], size="least", colour="C", signed=True)
            number.move_to(row.track).set_x(place.get_x())
            fits = number.width <= WIDE * place.width and number.height <= HIGH * row.card.height
            if fits and not (row.is_stacked and overlap(number, row.label)):
                self._of[k] = number
        if not {solution.t, solution.i} <= self._of.keys():
            self._of.clear()
        path_map.products.update(self._of)
        self._slots = [path_map.slots[side][k] for side in SIDES for k in self._of]
        super().__init__(*self._of.values())

    def appear(self) -> list[Animation]:
        """The animations that put them in the places of the bars; their factors light up meanwhile."""
        bars: list[Any] = [part for k in self._of for part in (self._rows[k].track, self._rows[k].bar)]
        factors = [slot.light() for slot in self._slots]
        for each in factors:
            each.rate_func = there_and_back
        return [
            *[bar.animate(rate_func=early).set_opacity(0) for bar in bars],
            *[FadeIn(each, rate_func=late) for each in self],
            *factors,
        ]


class PathProducts(VGroup):
    """What every path carries in letters: y_k a_i, and −y_i + y_i a_i on the path of class i.

    Each is on the card of its path. The share a_k of the path has cancelled, so its bar leaves, or the number
    in its place, with a name that is over it; the product is not written over them. A path that is too thin
    for text keeps what it has.

    Args:
        path_map: the map.

    Attributes:
        of: the product of each path of another class that has one, by class.
        own: what the path of class i carries, or nothing.
    """

    def __init__(self, path_map: PathMap) -> None:
        self._map, self._rows, self._focus = path_map, path_map.rows, path_map.solution.i
        written: dict[int, Formula] = {}
        for k in range(path_map.solution.K):
            target = y[i if k == self._focus else Integer(k + 1)]
            with evaluate(False):
                product = target * a[i] if k != self._focus else Add(-target, target * a[i])
            if carried := self._on_card(k, Formula(product)):
                written[k] = carried
        self.own = written.pop(self._focus, None)
        self.of = written
        super().__init__(*self.of.values())

    def appear(self) -> list[Animation]:
        """The animations that put those of the other classes at once in the places of the bars."""
        return self._put(self.of)

    def appear_own(self) -> list[Animation]:
        """The animations that put what the path of class i carries in the place of its bar.

        Where it has no room its number goes all the same: what is worked out now is no number.
        """
        if self.own is None and self.of:
            number = self._map.products.pop(self._focus, None)
            return [FadeOut(number, rate_func=early)] if number is not None else []
        return self._put({self._focus: self.own} if self.own else {})

    def _on_card(self, k: int, carried: Formula) -> Formula | None:
        row = self._rows[k]
        place = row.card if row.is_stacked else row.track
        room = min(HIGH * row.card.height / carried.height, WIDE * place.width / carried.width, 1.0)
        readable = room * carried.em >= style().size("least_formula")
        return carried.scale(room).move_to(place) if readable else None

    def _put(self, carried: Mapping[int, Formula]) -> list[Animation]:
        rows = [self._rows[k] for k in carried]
        parts: list[Any] = [part for row in rows for part in (row.track, row.bar)]
        parts += [row.label for row in rows if row.is_stacked]
        bars = [part.animate(rate_func=early).set_opacity(0) for part in parts]
        numbers = [self._map.products.pop(k) for k in carried if k in self._map.products]
        self._map.products.update(carried)
        gone = [FadeOut(each, rate_func=early) for each in numbers]
        return [*bars, *gone, *[FadeIn(each, scale=0.7, rate_func=late) for each in carried.values()]]
