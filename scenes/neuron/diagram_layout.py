"""The layout of a neuron: in one row if it fits, else with the score below the sum."""

from dataclasses import dataclass, replace

from manim import DOWN, LEFT, RIGHT, UP

from softmax_explained.stage import Point, Region, point

ROW = 9.0  # width in Manim units that inputs, weights, sum and score need in one row
LARGEST, LARGEST_BELOW = 0.78, 0.66  # maximum radius of sum and score in a row, and one above the other
BIAS_EDGE = 0.45  # Manim units from a bias above the sum to its ring
NAME = 0.75  # height in Manim units below the inputs for the class name beside a score below the sum
ONWARD = 0.45  # Manim units between the rings of the sum and of a score below it


@dataclass(frozen=True)
class DiagramLayout:
    """The places of a neuron's parts."""

    in_a_row: bool  # whether the score is beside the sum
    radius: float  # of sum and score, in Manim units
    body: Point  # centre of the sum
    out: Point  # centre of the score
    bias: Point  # the end of the bias away from the sum
    inward: Point  # direction from the bias to the sum
    onward: Point  # direction in which the score's symbol appears
    inputs: Region  # region with the inputs at its left


def diagram_layout(region: Region, bias: float) -> DiagramLayout:
    """Arrange a neuron in a region; `bias` is the height of the bias in Manim units.

    >>> diagram_layout(Region(-6, -3, 6, 2), 0.5).in_a_row
    True
    >>> places = diagram_layout(Region(-3, -3, 3, 2), 0.5)
    >>> bool(places.out[1] < places.body[1] < places.bias[1])
    True
    """
    if region.width >= ROW:
        body, out = region.left + 0.53 * region.width, region.left + 0.8 * region.width
        places = point(body, region.y), point(out, region.y), point(body, region.bottom)
        return DiagramLayout(True, LARGEST, *places, inward=UP, onward=RIGHT, inputs=region)
    above = bias + BIAS_EDGE
    radius = min(LARGEST_BELOW, (region.height - above - ONWARD) / 4)
    x, reach = region.right - radius, above + radius
    places = point(x, region.top - reach), point(x, region.bottom + radius), point(x, region.top)
    inputs = replace(region, bottom=max(region.top - 2 * reach, region.bottom + NAME))
    return DiagramLayout(False, radius, *places, inward=DOWN, onward=LEFT, inputs=inputs)
