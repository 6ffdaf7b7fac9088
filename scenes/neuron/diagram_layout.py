"""Where the parts of a neuron stand: in a row where there is room for one, else the score below the sum."""

from __future__ import annotations

from dataclasses import dataclass

from manim import DOWN, LEFT, RIGHT, UP

from softmax_explained.stage.design.layout import Point, Region, point

ROW = 9.0  # Manim units that inputs, weights, sum and score need beside each other
# Radius of the sum and the score at most, in a row and under each other, in Manim's units
LARGEST, LARGEST_BELOW = 0.78, 0.66
BIAS_EDGE = 0.45  # Manim units from the bias above the sum to its ring
# Manim units under the inputs for the name of the class, where it stands beside a score below the sum
NAME = 0.75
ONWARD = 0.45  # Manim units from ring to ring where the score stands below the sum


@dataclass(frozen=True)
class DiagramLayout:
    """The places of a neuron's parts.

    Attributes:
        in_a_row: whether the score stands beside the sum, not below it.
        radius: of the sum and the score, in Manim's units.
        body: the middle of the sum.
        out: the middle of the score.
        bias: the point at which the bias ends, away from the sum.
        inward: the direction from the bias to the sum.
        onward: the direction in which the letter of the score comes out of it.
        inputs: the region at whose left the inputs stand.
    """

    in_a_row: bool
    radius: float
    body: Point
    out: Point
    bias: Point
    inward: Point
    onward: Point
    inputs: Region


def diagram_layout(region: Region, bias: float) -> DiagramLayout:
    """Arrange a neuron in a region.

    Args:
        region: where it stands.
        bias: height of the bias as it is written, in Manim's units.

    >>> diagram_layout(Region(-6, -3, 6, 2), 0.5).in_a_row
    True
    >>> places = diagram_layout(Region(-3, -3, 3, 2), 0.5)
    >>> bool(places.out[1] < places.body[1] < places.bias[1])
    True
    """
    if region.width >= ROW:
        body, out = region.left + 0.53 * region.width, region.left + 0.8 * region.width
        return DiagramLayout(
            in_a_row=True,
            radius=LARGEST,
            body=point(body, region.y),
            out=point(out, region.y),
            bias=point(body, region.bottom),
            inward=UP,
            onward=RIGHT,
            inputs=region,
        )
    above = bias + BIAS_EDGE
    radius = min(LARGEST_BELOW, (region.height - above - ONWARD) / 4)
    x, reach = region.right - radius, above + radius
    return DiagramLayout(
        in_a_row=False,
        radius=radius,
        body=point(x, region.top - reach),
        out=point(x, region.bottom + radius),
        bias=point(x, region.top),
        inward=DOWN,
        onward=LEFT,
        inputs=Region(
            region.left, max(region.top - 2 * reach, region.bottom + NAME), region.right, region.top
        ),
    )
