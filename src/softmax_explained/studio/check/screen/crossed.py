"""Lines and filled shapes that are drawn over formulas while something moves; for DOUBLED."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.text.text import Glyph
from softmax_explained.studio.check.rules.lines_through_text import crossed_glyphs, heights, outline_of
from softmax_explained.studio.check.snapshot import Part, Snapshot
from softmax_explained.studio.check.thresholds import LEGIBLE

Pair = tuple[int, int]
"""The ids of the mobjects of a glyph and of a shape."""


def is_mathematics(part: Part) -> bool:
    """Whether it is a glyph of a formula."""
    return isinstance(part.mobject, Glyph) and part.mobject.printed is not None


def shapes_over(snapshot: Snapshot) -> dict[Pair, tuple[tuple[str, str], Mapping[str, str]]]:
    """The glyphs of formulas under a line or a filled shape, with both names and what is allowed."""
    glyphs, height = _formulas(snapshot), heights(snapshot)
    crossed = [(glyph, line) for glyph, line, _ in crossed_glyphs(snapshot, glyphs)]
    covered = [
        (glyph, shape)
        for glyph, shape in _in_shapes(snapshot, glyphs)
        if height[shape] > height[glyph] and snapshot.fills[shape, 3] >= LEGIBLE
    ]
    found: dict[Pair, tuple[tuple[str, str], Mapping[str, str]]] = {}
    for glyph, shape in crossed + covered:
        one, other = snapshot.parts[glyph], snapshot.parts[shape]
        names = (one.owner.name, other.owner.name)
        found[id(one.mobject), id(other.mobject)] = names, {**other.allowed, **one.allowed}
    return found


def enclosed(snapshot: Snapshot) -> set[Pair]:
    """The glyphs of formulas of which the middle is in a shape: coming out of it they cross its outline."""
    parts = snapshot.parts
    return {
        (id(parts[glyph].mobject), id(parts[shape].mobject))
        for glyph, shape in _in_shapes(snapshot, _formulas(snapshot))
    }


def _formulas(snapshot: Snapshot) -> NDArray[np.intp]:
    readable = snapshot.glyphs[snapshot.opacity[snapshot.glyphs] >= LEGIBLE]
    return readable[[is_mathematics(snapshot.parts[place]) for place in readable]]


def _in_shapes(snapshot: Snapshot, glyphs: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """The places of glyphs and of the closed shapes around their middles."""
    boxes = snapshot.boxes
    middle = (boxes[glyphs, :2] + boxes[glyphs, 2:]) / 2
    for shape in np.flatnonzero(snapshot.visible):
        if snapshot.parts[shape].is_glyph:
            continue
        within = ((middle >= boxes[shape, :2]) & (middle <= boxes[shape, 2:])).all(axis=1)
        if not within.any():
            continue
        outline = outline_of(snapshot.parts[shape].mobject)
        for glyph, at in zip(glyphs[within], middle[within], strict=True):
            if _surrounds(outline, at):
                yield int(glyph), int(shape)


def _surrounds(outline: NDArray[np.float64], at: NDArray[np.float64]) -> bool:
    """Whether a ray to the right of a point crosses a closed outline an odd number of times."""
    one, other = outline, np.roll(outline, -1, axis=0)
    spans = (one[:, 1] > at[1]) != (other[:, 1] > at[1])
    rise = np.where(spans, other[:, 1] - one[:, 1], 1.0)
    crossing = one[:, 0] + (at[1] - one[:, 1]) * (other[:, 0] - one[:, 0]) / rise
    return bool((spans & (crossing > at[0])).sum() % 2)
