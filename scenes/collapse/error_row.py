"""The terms of the sum Σ y_k a_i as a row of tiles, one per class, one of them missing."""

from collections.abc import Sequence
from math import ceil
from typing import Self

from manim import (
    RIGHT,
    Animation,
    DashedVMobject,
    FadeIn,
    TransformFromCopy,
    VGroup,
)
from sympy import Integer, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots, Word
from softmax_explained.core.formulas.symbols import a, i, j, y
from softmax_explained.scenes.nudge.case_tag import index
from softmax_explained.stage import Box, Formula, Region, style
from softmax_explained.stage.animations.absorb import back_when_copied
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.text.label_layout import AIR, height_of, under_columns
from softmax_explained.stage.text.text import MOST_LINES, Words
from softmax_explained.stage.text.word_wrap import fits_whole_words

WIDEST_TILE, TALLEST_TILE = 2.9, 1.15  # maximum size of a tile in Manim units
EVERY = 6  # up to this many classes every term is shown
INNER, AROUND = 0.82, 0.05  # fraction of a tile for its term, and Manim units around a tile
SMALLEST_TERM = 0.68  # minimum scale of a term, at which its index is 24 px high
UNDER = 0.18  # Manim units between tiles and names
FLATTEST = 2.6  # the way of a term into the gap: how much longer across than down, at most


class ErrorRow(VGroup):
    """K tiles above the class names; the tile of the class `gap` is an empty dashed outline.

    Terms that would be too small side by side are put in several rows; names that do not fit are left out,
    since the indices of the terms tell the class. Terms that are dots have no tile and no name. The term
    `missing` from the gap is not part of the row; `gap` is the outline.
    """

    def __init__(self, terms: Sequence[Formula], names: Sequence[Words], *, gap: int, region: Region) -> None:
        widest = max(float(term.width) for term in terms)
        layouts = (_width(len(terms), rows, region) for rows in range(1, len(terms)))
        width = next((each for each in layouts if INNER * each >= SMALLEST_TERM * widest), region.width)
        space = AIR * (width - 2 * AROUND)
        is_one_row = len(terms) * width <= region.width + 1e-6
        tallest = AROUND + max(float(term.height) for term in terms)  # of terms as large as they can be
        most = min(MOST_LINES, int((region.height - UNDER - tallest) / height_of(1)))
        named = bool(names) and is_one_row and most > 0 and fits_whole_words(names, space, most)
        lines = max(name.lines_in(space) for name in names) if named else 0
        self.tiles, self.names = VGroup(), VGroup()
        places = _places(len(terms), width, region, foot=UNDER + height_of(lines) if lines else 0.0)
        for k, (term, place) in enumerate(zip(terms, places, strict=True)):
            box = Box(*place.edges, colour="panel")
            box.set_z_index(-2).set_stroke(style().colour("quiet"), style().stroke("thin"))
            if isinstance(term.expr, Dots):
                term.move_to(box)
                continue
            if k == gap:
                self.lid = box
                dashes = round(2 * (place.width + place.height) / 0.24)
                self.gap = DashedVMobject(box.copy().set_fill(opacity=0), num_dashes=dashes)
                self.tiles.add(self.gap)
            else:
                self.tiles.add(box)
            term.scale(min(1.0, INNER * width / widest)).move_to(box)
        if lines:
            tiles = [
                place for place, term in zip(places, terms, strict=True) if not isinstance(term.expr, Dots)
            ]
            for name in under_columns(names, tiles, lines=lines).values():
                self.names.add(name.stand_on(places[0].bottom - UNDER - style().size("least") * 0.81))
        self.missing = terms[gap]
        self.skipped = _case().move_to(self.gap)
        shown = VGroup(*[term for k, term in enumerate(terms) if k != gap])
        super().__init__(self.tiles, shown, self.names)

    @classmethod
    def of(cls, solution: Solution, names: Sequence[Words], region: Region) -> Self:
        """The terms y_k a_i of all classes, or of the first, the focus and the last; that of i is missing."""
        K, focus = solution.K, solution.i
        shown = list(range(K)) if K <= EVERY else sorted({0, focus, K - 1})
        terms, kept = list[Formula](), list[Words]()
        for k in shown:
            if shown.index(k) and k - 1 not in shown:
                terms.append(Formula(Dots()))
            with evaluate(False):
                terms.append(Formula(y[i if k == focus else Integer(k + 1)] * a[i]))
            kept.append(names[k])
        gap = next(n for n, term in enumerate(terms) if term.matches(y[i]))
        return cls(terms, kept, gap=gap, region=region)

    def close(self) -> Animation:
        """The animation that turns the outline into a tile."""
        return FadeIn(self.lid)


def put_into(row: ErrorRow, piece: VGroup) -> list[Animation]:
    """The animations that put a copy of a term of a line above a row into its gap.

    It flies there if it does not pass over what stands before it in its line.
    """
    missing = VGroup(*row.missing)
    across, down = (abs(float(each)) for each in (missing.get_center() - piece.get_center())[:2])
    if across > FLATTEST * down:
        return [FadeIn(missing, rate_func=late)]
    return [TransformFromCopy(piece, missing), back_when_copied(piece)]


def _case() -> VGroup:
    """The name of the case j = i: no equation, which would have to be proved."""
    size = "least_formula"
    first, sign, second = index(j, size=size), Formula(Word("="), size=size), index(i, size=size)
    case = VGroup(first, sign, second).arrange(RIGHT, buff=0.14)
    for letter in (first, second):
        letter.stand_on(0)
    sign.set_y(0.1)
    return case


def _width(count: int, rows: int, region: Region) -> float:
    """The width of a tile if the tiles are in so many rows."""
    return min(WIDEST_TILE, region.width / ceil(count / rows))


def _places(count: int, width: float, region: Region, *, foot: float) -> list[Region]:
    """The regions of the tiles, from the top of the region, each row centred."""
    a_row = int(region.width / width + 1e-6)
    rows = [range(start, min(start + a_row, count)) for start in range(0, count, a_row)]
    height = min(TALLEST_TILE, (region.height - foot) / len(rows))
    places = []
    for n, row in enumerate(rows):
        top, left = region.top - n * height, region.x - width * len(row) / 2
        for k in range(len(row)):
            place = Region(left + k * width, top - height, left + (k + 1) * width, top)
            places.append(place.inset(AROUND, AROUND if len(rows) > 1 else 0.0))
    return places
