"""Class names beside rows or under columns: broken into lines, and thinned out where there are too many."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np
from manim import RIGHT, Mobject

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import ADVANCE, MOST_LINES, Words

AIR = 0.92  # fraction of a column's width available to a name under it
BREAKABLE = 1.6  # minimum column width in Manim units for breaking inside words
BESIDE, APART = 0.04, 0.2  # minimum gap in Manim units between two names, and between few of many


def column_width(names: Sequence[Words], most: float) -> float:
    """The width of a column that fits every name, limited to `most` Manim units."""
    return min(most, max(float(name.width) for name in names))


def row_height(names: Sequence[Words], width: float) -> float:
    """The row height in Manim units at which every name fits into a column of the given width."""
    return height_of(max(name.lines_in(width) for name in names))


def height_of(lines: int) -> float:
    """The height in Manim units of some lines of words, including the gap to the next."""
    return lines * ADVANCE * style().size("least")


def beside_rows(
    names: Sequence[Words], rows: Sequence[Region], *, priority: Collection[int] = ()
) -> dict[int, Words]:
    """Right-align names in rows, each centred on its row.

    Args:
        names: K names.
        rows: K regions, top to bottom.
        priority: classes to name where not all names fit.

    Returns:
        The names that are written, by class.
    """
    lines = min(MOST_LINES, int(rows[0].height / height_of(1) + 0.2))  # the space below may be narrower
    if all(name.lines_in(row.width) <= lines for name, row in zip(names, rows, strict=True)):
        for name, row in zip(names, rows, strict=True):
            name.fit_width(row.width, lines=lines, edge=RIGHT)
            name.centre_on(row.y).align_to(point(row.right), RIGHT)
        # the letters of two rows may touch: a j over a d is higher than a row
        if not any(overlap(one, other) for one, other in pairwise(names)):
            return dict(enumerate(names))
    written, lowest = dict[int, Words](), rows[0].top
    for k in sorted(priority):
        name = names[k].fit_width(rows[k].width, edge=RIGHT)
        half = height_of(name.lines) / 2
        y = float(np.clip(rows[k].y, rows[-1].bottom + half, rows[0].top - half))
        if y + half <= lowest + 1e-6:
            written[k] = name.centre_on(y).align_to(point(rows[k].right), RIGHT)
            lowest = y - half
    return written


def under_columns(
    names: Sequence[Words],
    columns: Sequence[Region],
    *,
    priority: Collection[int] = (),
    lines: int = MOST_LINES,
    between: float = 0.0,
) -> dict[int, Words]:
    """Fit names into the widths of columns, each centred in its own; heights are left to the caller.

    Args:
        names: K names.
        columns: K regions, left to right.
        priority: classes to name where not all names fit; they share the whole width.
        lines: maximum number of lines per name if all are written.
        between: Manim units right of each column, up to the next one, that names may use as well.

    Returns:
        The names that are written, by class.
    """
    space, written, gap = AIR * (columns[0].width + between), dict(enumerate(names)), BESIDE
    right = columns[-1].right + between
    breaking = space >= BREAKABLE
    if any(name.lines_in(space, within_words=breaking) > lines for name in names):
        written = {k: names[k] for k in sorted(priority)}
        breaking, gap = False, APART  # what does not fit between two spaces is cut short
        space = (right - columns[0].left + gap) / max(1, len(written)) - gap
    for name in written.values():
        name.fit_width(space, within_words=breaking)
    spread(written, {k: columns[k].x for k in written}, columns[0].left, right, gap=gap)
    return written


def overlap(one: Mobject, other: Mobject, margin: float = 0.0) -> bool:
    """Whether the boxes of two mobjects overlap, or are closer than a margin in Manim units.

    >>> from manim import Square
    >>> near, far = (Square(1.0).shift(x * RIGHT) for x in (0.9, 2.0))
    >>> overlap(Square(1.0), near), overlap(Square(1.0), far)
    (True, False)
    """
    apart = np.abs(one.get_center() - other.get_center())[:2]
    sizes = np.array([one.width + other.width, one.height + other.height])
    return bool((apart < sizes / 2 + margin).all())


def spread(
    mobjects: Mapping[int, Mobject], places: Mapping[int, float], left: float, right: float, *, gap: float
) -> None:
    """Move mobjects sideways so that they do not overlap, each as close to its place as possible.

    Args:
        mobjects: by class, from left to right.
        places: the preferred x of each.
        left: minimum x of their left edges.
        right: maximum x of their right edges.
        gap: minimum distance between neighbours, in Manim units.
    """
    for k, mobject in mobjects.items():
        left += mobject.width / 2
        mobject.set_x(max(places[k], left))
        left = mobject.get_right()[0] + gap
    for mobject in reversed(list(mobjects.values())):
        mobject.set_x(min(mobject.get_x(), right - mobject.width / 2))
        right = mobject.get_left()[0] - gap
