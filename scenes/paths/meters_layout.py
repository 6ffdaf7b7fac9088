"""One meter a class, under or beside each other, with as many names and numbers as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from softmax_explained.core import Solution
from softmax_explained.scenes.paths.meter import THICKEST, Meter
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.text.label_layout import beside_rows, column_width, height_of
from softmax_explained.stage.text.text import MOST_LINES, Words

PAD, GAP = 0.14, 0.12  # Manim units inside a card, and between its cells
NUMBER, TREND = 0.95, 0.2  # Manim units a number and an arrow head take along a card that lies
LOWEST = 0.3  # Manim units a number takes under a level that stands
# The part of what a number and an arrow head leave that names may take of a card that lies
WIDEST_NAME = 0.68
NAMED, UNNAMED = 1.5, 0.42  # widths of upright cards with and without a name, as parts of the whole
NAMES_UP_TO = 4  # with more upright cards than this only the classes the film speaks of have room for names


def horizontal_meters(solution: Solution, names: Sequence[Words], region: Region) -> list[Meter]:
    """Set the meters under each other: name, level, number and arrow head from left to right.

    Args:
        solution: where the shares come from.
        names: K names; if they do not all fit, those of the focus class and the true class are written.
        region: where the meters stand.

    Raises:
        FilmError: there is no room for the names the film speaks of.
    """
    rows = region.rows(*[1] * solution.K)
    cards = [row.inset(y=min(0.14 * row.height, GAP)) for row in rows]
    free = region.width - 2 * PAD - NUMBER - TREND - 3 * GAP
    named = column_width(names, WIDEST_NAME * free)
    cells = [card.inset(x=PAD).columns(named, free - named, NUMBER, TREND, gap=GAP) for card in cards]
    beside = [
        Region(cell[0].left, row.bottom, cell[0].right, row.top)
        for cell, row in zip(cells, rows, strict=True)
    ]
    written = beside_rows(names, beside, priority={solution.i, solution.t})
    return [
        Meter(solution[f"a[{k}]"], card, cell, across=True, name=written.get(k), numbered=True)
        for k, (card, cell) in enumerate(zip(cards, cells, strict=True))
    ]


def vertical_meters(solution: Solution, names: Sequence[Words], region: Region) -> list[Meter]:
    """Set the meters beside each other: name, level with arrow head, and number from top to bottom.

    Args:
        solution: where the shares come from.
        names: K names; where there is no room for all of them, the focus class and the true class get wide
            cards with names and numbers, and the others narrow ones without.
        region: where the meters stand.

    Raises:
        FilmError: there is no room for the names the film speaks of.
    """
    everyone = region.columns(*[1] * solution.K, gap=GAP)
    roomy = solution.K <= NAMES_UP_TO and all(
        name.lines_in(column.width - GAP) <= MOST_LINES for name, column in zip(names, everyone, strict=True)
    )
    wide = [roomy or k in (solution.i, solution.t) for k in range(solution.K)]
    cards = region.columns(*[NAMED if each else UNNAMED for each in wide], gap=GAP)
    written = {k: name.fit_width(cards[k].width - GAP) for k, name in enumerate(names) if wide[k]}
    tallest = max(height_of(name.lines) for name in written.values())
    meters = list[Meter]()
    for k, card in enumerate(cards):
        inside = card.inset(y=PAD)
        named, level, number = inside.rows(
            tallest, inside.height - tallest - LOWEST - 2 * GAP, LOWEST, gap=GAP
        )
        beside = level.x + THICKEST / 2 + GAP
        trend = Region(beside, level.bottom, beside + TREND, level.top) if wide[k] else number
        if k in written:
            written[k].move_to(named.centre)
        cells, share = (named, level, number, trend), solution[f"a[{k}]"]
        meters.append(Meter(share, card, cells, across=False, name=written.get(k), numbered=wide[k]))
    return meters
