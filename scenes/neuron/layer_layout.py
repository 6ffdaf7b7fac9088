"""The layout of a layer of neurons and its scores: side by side, or one above the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from softmax_explained.stage import Region, Words
from softmax_explained.stage.text.label_layout import column_width, row_height

ACROSS = 6.0, 1.7, 5.1  # relative widths of network, names and scores where they are side by side
MARKS, TOTAL = 0.65, 1.25  # heights in Manim units of the marks below the scores and of their sum
LOWEST_ROW, LOW_ROW, HIGH_ROW = 0.34, 0.6, 0.75  # height: minimum, that of large numbers, maximum
LOWEST_NETWORK, LOW_NETWORK = 0.95, 1.7  # minimum and preferred height of the network in Manim units
WIDEST_NAMES, WIDEST_NAMES_BETWEEN = 0.42, 0.265  # fractions of the width; of names between columns
BESIDE_NAMES = 0.5  # Manim units between the neurons and the names


@dataclass(frozen=True)
class LayerLayout:
    """The regions of network, right-aligned names, bars of the scores, and their sum.

    `size` is the size token of the scores' numbers.
    """

    network: Region
    names: Region
    scores: Region
    total: Region
    size: str


def layer_layout(stage: Region, names: Sequence[Words]) -> LayerLayout:
    """Arrange the stage for some classes, with columns and rows sized for their names."""
    if stage.is_landscape:
        return _side_by_side(stage, names)
    K, width = len(names), column_width(names, WIDEST_NAMES * stage.width)
    above = stage.height - MARKS - TOTAL
    crowded = above - K * LOWEST_ROW < LOWEST_NETWORK
    if crowded:  # the sum stands beside the network
        above = stage.height - MARKS
    pitch = min(max(HIGH_ROW, row_height(names, width)), (above - LOW_NETWORK) / K)
    pitch = max(pitch, min(LOWEST_ROW, (above - LOWEST_NETWORK) / K))
    network, scores, _, total = stage.rows(above - K * pitch, K * pitch, MARKS, 0 if crowded else TOTAL)
    if crowded:
        network, total = network.columns(4, 5)
    left, right = scores.columns(width, stage.width - width)
    return LayerLayout(network.inset(0, 0.08), left, right.inset(0.2), total, _size(pitch))


def _side_by_side(stage: Region, names: Sequence[Words]) -> LayerLayout:
    rows, _, total = stage.rows(stage.height - MARKS - TOTAL, MARKS, TOTAL)
    network, between, scores = rows.columns(*ACROSS)
    beside = column_width(names, WIDEST_NAMES_BETWEEN * stage.width)
    more = max(0.0, beside + BESIDE_NAMES - between.width)
    right = between.right - 0.1
    left = Region(right - beside, rows.bottom, right, rows.top)
    network = Region(network.left, network.bottom, network.right - more, network.top)
    under = total.columns(*ACROSS)[-1]
    size = _size(rows.height / len(names))
    return LayerLayout(network, left, scores.inset(0.1), under, size)


def _size(pitch: float) -> str:
    return "number" if pitch >= LOW_ROW else "label"
