"""The map of the paths as it stands in a corner: its slots in colour, without text."""

from __future__ import annotations

from manim import VGroup, VMobject

from softmax_explained.core import Solution
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import Readout, Region, style
from softmax_explained.stage.shapes.slot import KNOWN, Slot

SLOT = 0.5  # Manim units: width of a slot


def small_map(solution: Solution, region: Region) -> PathMap:
    """The map with its right slots filled and its left slots empty.

    Args:
        solution: the numbers.
        region: of the map.
    """
    small = PathMap(solution, region, texts=False, left_width=SLOT, right_width=SLOT)
    small.put("right", {k: Readout(solution[f"dCda[{k}]"]) for k in range(solution.K)})
    for node in (small.score, small.loss):
        node.remove(node.content)  # too small to be read
    for side in ("left", "right"):
        for slot in small.slots[side]:
            slot.content = VGroup()
            slot.submobjects = [slot.frame]
    return small


def answered(slot: Slot, role: str) -> VMobject:
    """The frame of a slot of the small map, filled with a role's colour."""
    colour = style().colour(role)
    return slot.frame.copy().set_stroke(colour, style().stroke("thin"), 1).set_fill(colour, KNOWN)
