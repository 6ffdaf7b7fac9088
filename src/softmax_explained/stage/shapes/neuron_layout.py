"""The places of a neuron's parts: in one row if it fits, else with the score below the sum."""

from __future__ import annotations

from dataclasses import dataclass

from manim import UP

from softmax_explained.stage.design.layout import Point, Region, point

ROW = 9.0  # width in Manim units that inputs, sum and score need in one row
LARGEST, LARGEST_BELOW = 0.82, 0.66  # maximum radius of sum and score in a row, and one above the other
BIAS_WIRE, ONWARD = 0.5, 0.45  # lengths in Manim units of the bias's wire and of the arrow to a score below
HIGH = 0.36  # the sum is at least this part of the height below the top: the inputs are around it
NAME = 0.75  # height in Manim units below the inputs for a name, where the score is below the sum


@dataclass(frozen=True)
class NeuronLayout:
    """The places of a neuron's parts: in one row if it fits, else with the score below the sum."""

    in_a_row: bool
    radius: float  # of sum and score
    body: Point
    out: Point
    bias: Point  # the end of the bias away from the sum
    inputs: Region  # of the column of inputs

    @classmethod
    def of(cls, region: Region, bias: float) -> NeuronLayout:
        """Arrange a neuron in a region; `bias` is the height of the bias in Manim units.

        >>> NeuronLayout.of(Region(-6, -3, 6, 2), 0.5).in_a_row
        True
        >>> places = NeuronLayout.of(Region(-3, -3, 3, 2), 0.5)
        >>> bool(places.out[1] < places.body[1] < places.bias[1])
        True
        """
        if region.width >= ROW:
            radius = min(LARGEST, (region.height - 2 * (bias + BIAS_WIRE)) / 2)
            left, right = region.left + 0.56 * region.width, region.right - 1.6 - radius
            return cls(
                True,
                radius,
                point(left, region.y),
                point(right, region.y),
                point(left, region.bottom),
                region,
            )
        above = bias + BIAS_WIRE
        radius = min(LARGEST_BELOW, (region.height - above - ONWARD) / 4)
        x_, reach = region.right - radius, max(above + radius, HIGH * region.height)
        low = max(region.top - 2 * reach, region.bottom + NAME)
        inputs = Region(region.left, low, region.right, region.top)
        body, out = point(x_, region.top - reach), point(x_, region.bottom + radius)
        return cls(False, radius, body, out, body + (radius + above) * UP, inputs)
