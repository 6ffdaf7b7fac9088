"""OVERLAP: a line through a glyph, in a still picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from softmax_explained.stage.shapes.annotations import Strike
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import CORNER, LEGIBLE, LINE_OVER, OPAQUE, PIXEL

LINE_ON_TEXT = Rule(
    "OVERLAP",
    "at most {:.0f} px",
    "move the text beside the line, or put a ground between them; a stroke that cancels is a `strike`",
)

_PER_CURVE = 33  # the least number of points at which each Bézier curve of a line is taken
_SPACING = 4.0  # pixels between two of them in a long curve: a third of the narrowest letter


def lines_through_text(snapshot: Snapshot) -> Iterator[Violation]:
    """Lines and outlines in front of readable text, or behind it without a ground between."""
    glyphs = snapshot.glyphs[snapshot.opacity[snapshot.glyphs] >= LEGIBLE]
    worst: dict[tuple[str, str], tuple[float, Mapping[str, str]]] = {}
    for glyph, line, depth in crossed_glyphs(snapshot, glyphs):
        one, other = snapshot.parts[glyph], snapshot.parts[line]
        names = (one.owner.name, other.owner.name)
        if depth > worst.get(names, (0.0, {}))[0]:
            worst[names] = depth, {**other.allowed, **one.allowed}
    for names, (depth, allowed) in worst.items():
        measured = f"a line goes {depth:.0f} px deep through it"
        yield LINE_ON_TEXT.violation(
            *names, measured=measured, excess=depth, limit=LINE_OVER, allowed=allowed
        )


def crossed_glyphs(snapshot: Snapshot, glyphs: NDArray[np.intp]) -> Iterator[tuple[int, int, float]]:
    """Those of some glyphs through which a line goes, the line, and how deep it goes in, in pixels.

    Glyphs and lines are given by their places in the picture.
    """
    parts, boxes = snapshot.parts, snapshot.boxes
    height = heights(snapshot)
    for n, part in enumerate(parts):
        if part.is_glyph or not _is_line(part.mobject):
            continue
        low = np.maximum(boxes[glyphs, :2], boxes[n, :2])
        high = np.minimum(boxes[glyphs, 2:], boxes[n, 2:])
        near = glyphs[(low <= high).all(axis=1)]
        if not len(near):
            continue
        outline = outline_of(part.mobject)
        for glyph in map(int, near):
            depth = _depth(outline, boxes[glyph])
            smaller = float((boxes[glyph, 2:] - boxes[glyph, :2]).min()) / PIXEL
            if depth > max(LINE_OVER, CORNER * smaller) and not _is_masked(
                snapshot, glyph, height, int(height[n])
            ):
                yield glyph, n, depth


def heights(snapshot: Snapshot) -> NDArray[np.intp]:
    """How high each part of a picture lies over the others, as they are drawn."""
    layers = np.argsort([part.mobject.z_index for part in snapshot.parts], kind="stable")
    height = np.empty(len(layers), dtype=np.intp)
    height[layers] = np.arange(len(layers))
    return height


def _is_line(mobject: VMobject) -> bool:
    is_drawn = mobject.stroke_width > 0 and mobject.stroke_rgbas[0][3] >= LEGIBLE
    return is_drawn and not isinstance(mobject, Strike)


def outline_of(mobject: VMobject) -> NDArray[np.float64]:
    """Points on the curves of a mobject, (n, 2)."""
    curves = mobject.points[:, :2].reshape(-1, 4, 1, 2)
    longest = float(np.linalg.norm(np.diff(curves, axis=1), axis=-1).sum(axis=1).max(initial=0.0))
    t = np.linspace(0.0, 1.0, max(_PER_CURVE, int(longest / (_SPACING * PIXEL)) + 1))[:, None]
    weights = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    points = sum(weight * curves[:, place] for place, weight in enumerate(weights))
    return np.asarray(points).reshape(-1, 2)


def _depth(outline: NDArray[np.float64], box: NDArray[np.float64]) -> float:
    """How far a line goes into a box, in pixels: 0 outside."""
    inside = np.minimum(outline - box[:2], box[2:] - outline).min(axis=1)
    return float(max(0.0, inside.max())) / PIXEL


def _is_masked(snapshot: Snapshot, glyph: int, height: NDArray[np.intp], line: int) -> bool:
    """Whether a line is behind something opaque that is behind a glyph: a filled shape, or its own ground."""
    if line > height[glyph]:
        return False
    mobject, box = snapshot.parts[glyph].mobject, snapshot.boxes[glyph]
    if mobject.background_stroke_width > 2 * LINE_OVER:
        return True
    between = (height > line) & (height < height[glyph]) & (snapshot.fills[:, 3] >= OPAQUE)
    covers = (snapshot.boxes[:, :2] <= box[:2] + PIXEL) & (snapshot.boxes[:, 2:] >= box[2:] - PIXEL)
    between[snapshot.glyphs] = False
    return bool((between & covers.all(axis=1)).any())
