"""SYMBOL for curves: two graphs in one plot that have the same colour, so that only their names differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from manim import ManimColor, TipableVMobject, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Part, Snapshot
from softmax_explained.studio.check.thresholds import (
    CORNERED,
    CURVED,
    DASH_GAP,
    PIXEL,
    READABLE_OPACITY,
    VISIBLE,
    WIDE,
)

CURVES = Rule("SYMBOL", "one colour for each curve", "give each curve the colour of what it belongs to")

_PER_PIECE = 9  # points at which each Bézier curve is taken


@dataclass(frozen=True)
class _Curve:
    """A line that is drawn in one piece or in dashes."""

    dashes: tuple[NDArray[np.float64], ...]  # of each dash its points, (n, 2), in order
    part: Part
    colour: str
    opacity: float

    @property
    def points(self) -> NDArray[np.float64]:
        """All points in order, (n, 2)."""
        return np.concatenate(self.dashes)


def curves_of_one_colour(snapshot: Snapshot) -> Iterator[Violation]:
    """Pairs of graphs of functions over the same part of an axis that have the same colour and opacity."""
    graphs = [curve for curve in _curves(snapshot) if _is_graph(curve)]
    for n, one in enumerate(graphs):
        for other in graphs[n + 1 :]:
            alike = one.colour == other.colour and abs(one.opacity - other.opacity) < VISIBLE
            if not alike or CURVES.code in {**one.part.allowed, **other.part.allowed}:
                continue
            if _share_an_axis(one.points, other.points):
                names = sorted((one.part.owner.name, other.part.owner.name))
                measured = f"two curves over each other in {one.colour}"
                yield CURVES.violation(*names, measured=measured, excess=1.0)
                return


def _curves(snapshot: Snapshot) -> Iterator[_Curve]:
    """The lines of a picture, where a dash that begins at the end of another one continues it."""
    last: _Curve | None = None
    for place, part in enumerate(snapshot.parts):
        mobject = part.mobject
        if part.is_glyph or not _is_line(mobject, float(snapshot.fills[place, 3])) or _is_quiet(mobject):
            continue
        opacity = float(mobject.stroke_rgbas[0][3])
        drawn = _Curve((_points(mobject),), part, ManimColor(mobject.stroke_rgbas[0]).to_hex(), opacity)
        if last is not None and _continues(last, drawn):
            last = replace(last, dashes=(*last.dashes, *drawn.dashes))
            continue
        if last is not None:
            yield last
        last = drawn
    if last is not None:
        yield last


def _is_line(mobject: VMobject, fill: float) -> bool:
    if isinstance(mobject, TipableVMobject) and mobject.has_tip():
        return False
    has_stroke = mobject.stroke_width > 0 and mobject.stroke_rgbas[0][3] >= READABLE_OPACITY
    return has_stroke and fill < VISIBLE and len(mobject.points) >= 4


def _is_quiet(mobject: VMobject) -> bool:
    """Whether a line has the colour of wires and axes, which stands for no meaning."""
    return ManimColor(mobject.stroke_rgbas[0][:3]).to_hex() == style().colour("quiet").to_hex()


def _points(mobject: VMobject) -> NDArray[np.float64]:
    curves = mobject.points[:, :2].reshape(-1, 4, 1, 2)
    t = np.linspace(0.0, 1.0, _PER_PIECE)[:, None]
    weights = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    return np.asarray(sum(weight * curves[:, at] for at, weight in enumerate(weights))).reshape(-1, 2)


def _continues(one: _Curve, other: _Curve) -> bool:
    gap = float(np.hypot(*(other.dashes[0][0] - one.dashes[-1][-1])))
    return gap <= DASH_GAP and one.colour == other.colour and abs(one.opacity - other.opacity) < VISIBLE


def _is_graph(curve: _Curve) -> bool:
    """Whether a line goes from left to right, or back, in a wide bend without corners."""
    points = curve.points
    inside = [np.diff(dash, axis=0) for dash in curve.dashes]
    inside = [steps[np.hypot(steps[:, 0], steps[:, 1]) > PIXEL / 4] for steps in inside]
    steps = np.concatenate(inside)
    if len(steps) < _PER_PIECE or np.ptp(points[:, 0]) < WIDE:
        return False
    if not ((steps[:, 0] > -PIXEL).all() or (steps[:, 0] < PIXEL).all()):
        return False
    chord = points[-1] - points[0]
    apart = points - points[0]
    away = np.abs(chord[0] * apart[:, 1] - chord[1] * apart[:, 0]) / max(float(np.hypot(*chord)), 1e-6)
    turns = np.concatenate([np.diff(np.unwrap(np.arctan2(each[:, 1], each[:, 0]))) for each in inside])
    return bool(away.max() > CURVED * PIXEL and np.abs(turns).max(initial=0.0) < CORNERED)


def _share_an_axis(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether more than half of the shorter one is above or below the other, and their heights overlap."""
    low = np.maximum(one.min(axis=0), other.min(axis=0))
    high = np.minimum(one.max(axis=0), other.max(axis=0))
    width = min(float(np.ptp(one[:, 0])), float(np.ptp(other[:, 0])))
    return bool(high[0] - low[0] > width / 2 and high[1] > low[1])
