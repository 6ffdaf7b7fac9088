"""Names of classes beside rows or under columns: long ones in lines, and fewer where there are too many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from manim import RIGHT, Mobject

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import ADVANCE, MOST_LINES, Words

AIR = 0.92  # the part of a column's width that a name under it may take
# Manim units of a column in which long words may be broken; in a narrower one, short ones would be too
BREAKABLE = 1.6
BESIDE = 0.04  # Manim units between two names at least


def column_width(names: Sequence[Words], most: float) -> float:
    """The width of a column that has room for every name, but at most `most` Manim units."""
    return min(most, max(float(name.width) for name in names))


def row_height(names: Sequence[Words], width: float) -> float:
    """Manim units that a row has to be high for every name to stand in a column of some width."""
    return height_of(max(name.lines_in(width) for name in names))


def height_of(lines: int) -> float:
    """Manim units that lines of words take, with the space to the next."""
    return lines * ADVANCE * style().size("least")


def beside_rows(
    names: Sequence[Words], rows: Sequence[Region], *, priority: Collection[int] = ()
) -> dict[int, Words]:
    """Put names at the right of rows, each level with its row.

    Args:
        names: K names.
        rows: K regions under each other.
        priority: classes the film speaks of: if there is no room for all names, theirs are written alone.

    Returns:
        The names that are written, by class.

    Raises:
        FilmError: there is no room for the names the film speaks of.
    """
    lines = min(MOST_LINES, int(rows[0].height / height_of(1) + 0.2))  # the space below may be narrower
    if all(name.lines_in(row.width) <= lines for name, row in zip(names, rows, strict=True)):
        for name, row in zip(names, rows, strict=True):
            name.fit_width(row.width, lines=lines, edge=RIGHT)
            name.centre_on(row.y).align_to(point(row.right), RIGHT)
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
) -> dict[int, Words]:
    """Fit names into the widths of columns, each in the middle of its own.

    Args:
        names: K names.
        columns: K regions beside each other.
        priority: classes the film speaks of: if there is no room for all names, theirs are written alone
            and share the whole width.
        lines: that a name may take where all are written.

    Returns:
        The names that are written, by class; their heights are still to be chosen.

    Raises:
        FilmError: there is no room for the names the film speaks of.
    """
    room, written = AIR * columns[0].width, dict(enumerate(names))
    breaking = room >= BREAKABLE
    if any(name.lines_in(room, within_words=breaking) > lines for name in names):
        written = {k: names[k] for k in sorted(priority)}
        room = AIR * (columns[-1].right - columns[0].left) / max(1, len(written))
    for name in written.values():
        name.fit_width(room)
    spread(written, {k: columns[k].x for k in written}, columns[0].left, columns[-1].right, gap=BESIDE)
    return written


def spread(
    mobjects: Mapping[int, Mobject], places: Mapping[int, float], left: float, right: float, *, gap: float
) -> None:
    """Set mobjects beside each other, each as near to its place as the others and the ends allow.

    Args:
        mobjects: by class, from left to right.
        places: an x for each.
        left: none of them reaches beyond it.
        right: likewise.
        gap: Manim units between two of them at least.
    """
    for k, mobject in mobjects.items():
        left += mobject.width / 2
        mobject.set_x(max(places[k], left))
        left = mobject.get_right()[0] + gap
    for mobject in reversed(list(mobjects.values())):
        mobject.set_x(min(mobject.get_x(), right - mobject.width / 2))
        right = mobject.get_left()[0] - gap
