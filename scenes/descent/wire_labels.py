"""Labels on the wires between two columns of nodes, none of which can be taken for that of another wire."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Line, Mobject
from numpy.typing import NDArray

PLACES = np.linspace(0.08, 0.92, 85)  # where along its wire a label may be, from 0 to 1
APART = 0.08  # Manim units between a label and another label or a node, at least


def place_on_wires(
    labels: Sequence[Mobject],
    wires: Sequence[Line],
    preferred: Sequence[float],
    *,
    margins: Sequence[float],
    nodes: Sequence[Mobject],
) -> bool:
    """Put labels on their wires, clear of all other wires, of the nodes, and of each other.

    Args:
        labels: one for each wire.
        wires: from left to right.
        preferred: where along its wire each label is to be, from 0 to 1, or as close to that as it can.
        margins: for each wire, the least distance in Manim units from its middle to labels of other wires.
        nodes: what no label may touch.

    Returns:
        Whether every label has such a place.
    """
    halves, taken = [_half(label) for label in labels], [(_middle(node), _half(node)) for node in nodes]
    ways = [np.array(wire.get_start_and_end())[:, :2] for wire in wires]
    clear = list[NDArray[np.float64]]()
    for n, (half, best) in enumerate(zip(halves, preferred, strict=True)):
        nearest = PLACES[np.argsort(abs(PLACES - best), kind="stable")]
        points = ways[n][0] + nearest[:, None] * (ways[n][1] - ways[n][0])
        others = [(way, margin) for j, (way, margin) in enumerate(zip(ways, margins, strict=True)) if j != n]
        meets = [_meets(points, half + margin, way) for way, margin in others]
        clear.append(points[~np.any(meets, axis=0)] if meets else points)
    # those with the least choice come first
    for n in sorted(range(len(labels)), key=lambda n: len(clear[n])):
        free = [
            spot
            for spot in clear[n]
            if not any((abs(spot - middle) < halves[n] + half + APART).all() for middle, half in taken)
        ]
        if not free:
            return False
        labels[n].move_to((*free[0], 0.0))
        taken.append((free[0], halves[n]))
    return True


def _meets(
    points: NDArray[np.float64], half: NDArray[np.float64], way: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(P,) whether a wire with the ends `way` meets a box at each of (P, 2) points."""
    (x0, y0), (x1, y1) = way
    heights = np.interp(points[:, :1] + half[0] * np.array([-1, 1]), [x0, x1], [y0, y1])
    over, under = heights.min(axis=1) > points[:, 1] + half[1], heights.max(axis=1) < points[:, 1] - half[1]
    return np.asarray(~(over | under))


def _middle(mobject: Mobject) -> NDArray[np.float64]:
    return np.array(mobject.get_center()[:2])


def _half(mobject: Mobject) -> NDArray[np.float64]:
    return np.array([mobject.width, mobject.height]) / 2
