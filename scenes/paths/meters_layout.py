"""One meter per class, below or beside each other, with names and numbers where they fit."""

from collections.abc import Sequence
from dataclasses import replace

from softmax_explained.core import Solution
from softmax_explained.scenes.paths.meter import THICKEST, Meter
from softmax_explained.stage import Region
from softmax_explained.stage.text.label_layout import beside_rows, column_width, height_of
from softmax_explained.stage.text.text import MOST_LINES, Words

PAD, GAP = 0.14, 0.12  # Manim units inside a card, and between its cells
NUMBER, TREND = 0.95, 0.2  # widths in Manim units of number and arrow head on a horizontal card
LOWEST = 0.3  # height in Manim units of a number below a vertical level
WIDEST_NAME = 0.68  # maximum fraction of a horizontal card's remaining width for names
NAMED, UNNAMED = 1.5, 0.42  # relative widths of vertical cards with and without a name
NAMES_UP_TO = 4  # with more vertical cards than this, only the focus and the true class are named


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
