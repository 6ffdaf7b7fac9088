"""The map of the paths with both links of every path filled in."""

from __future__ import annotations

from manim import Animation, Transform

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.path_products import WIDE
from softmax_explained.scenes.pictures.path_map import IN_SLOT, LETTER, PathMap, width_of_values
from softmax_explained.stage import Readout, Region, style
from softmax_explained.stage.shapes.slot import Slot

LEFT = 1.35  # Manim units: width of the left slots at most
NAMED = 8.0  # Manim units: width of a map, from which on names come before products
SMALL_NODE = 0.05  # radius of a node per unit of the width of a narrow map, so that names have room
STACKED_ROW = 0.8  # Manim units: height of a row, from which on they do so, too: they are over the bars


def filled_map(chapter: Chapter, region: Region) -> PathMap:
    """The map with ∂a_j/∂z_i in the left slots, ∂C/∂a_j in the right ones and, if there is room, class names.

    Args:
        chapter: gives the numbers.
        region: of the map.
    """
    sol = chapter.solution
    names = [chapter.class_name(k, size="least") for k in range(sol.K)]
    is_roomy = region.width >= NAMED or region.height / sol.K >= STACKED_ROW
    signs = {k: "minus" if sol.J[k, sol.i] < 0 else "a" for k in range(sol.K)}  # what is paid, what is gained
    left = {k: Readout(sol[f"J[{k},{sol.i}]"], size="least", colour=signs[k], signed=True) for k in signs}
    wide, needed = width_of_values(sol), max(float(each.width) for each in left.values()) + IN_SLOT
    narrow, node = (LEFT, LETTER) if is_roomy else (min(LEFT, needed), SMALL_NODE)
    path_map = PathMap(sol, region, names=names, left_width=narrow, right_width=wide, node=node)
    if not path_map.is_readable or not (is_roomy or _has_room_for_products(path_map)):
        path_map = PathMap(sol, region, left_width=narrow, right_width=wide)
    right = {k: Readout(sol[f"dCda[{k}]"], size="least", colour="C") for k in signs}
    return path_map.put("left", left).put("right", right)


def _has_room_for_products(path_map: PathMap) -> bool:
    """Whether names leave room for the products that will take the places of the bars of t and i."""
    sol = path_map.solution
    products = {k: Readout(sol[f"term[{k}]"], size="least", signed=True) for k in (sol.t, sol.i)}
    return all(each.width <= WIDE * path_map.rows[k].track.width for k, each in products.items())


def light_tax(slot: Slot) -> Animation:
    """The animation that makes the frame of a slot thick, in the colour of what is paid."""
    thicker = style().stroke("thick") / style().stroke("thin")
    lit = slot.frame.copy().set_stroke(style().colour("minus"), thicker * slot.frame.get_stroke_width())
    return Transform(slot.frame, lit)
