"""What is left of the product of both links, in the place of the bar on every other path of the map."""

from __future__ import annotations

from manim import Animation, FadeIn, VGroup
from sympy import Integer, evaluate

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import Formula, style
from softmax_explained.stage.design.rate_functions import early, late

HIGH, WIDE = 0.94, 0.9  # parts of the height of a card and of the width that is free on it for a product


class PathProducts(VGroup):
    """y_k a_i on the card of every path but that of class i.

    The share a_k of the path has cancelled, so its bar leaves, with a name that is over it; the product is
    not written over them. A path that is too thin for text keeps its bar and has no product.

    Args:
        path_map: the map.

    Attributes:
        of: the product of each path that has one, by class.
    """

    def __init__(self, path_map: PathMap) -> None:
        self._rows = path_map.rows
        self.of: dict[int, Formula] = {}
        for k, row in enumerate(self._rows):
            with evaluate(False):
                product = Formula(y[Integer(k + 1)] * a[i])
            place = row.card if row.is_stacked else row.track
            room = min(HIGH * row.card.height / product.height, WIDE * place.width / product.width, 1.0)
            if k != path_map.solution.i and room * product.em >= style().size("least_formula"):
                self.of[k] = product.scale(room).move_to(place)
        super().__init__(*self.of.values())

    def appear(self) -> list[Animation]:
        """The animations that put them all at once in the places of the bars."""
        rows = [self._rows[k] for k in self.of]
        parts = [part for row in rows for part in (row.track, row.bar)]
        parts += [row.label for row in rows if row.is_stacked]
        bars = [part.animate(rate_func=early).set_opacity(0) for part in parts]
        return [*bars, *[FadeIn(each, scale=0.7, rate_func=late) for each in self]]
