"""A small network: three layers of nodes without labels."""

from itertools import pairwise
from typing import Any

from manim import Animation, LaggedStart, VGroup

from softmax_explained.stage import Region, edge, layer, style

HIDDEN = 4  # nodes of the hidden layer
MOST = 4  # maximum number of nodes drawn of a layer


class SmallNetwork(VGroup):
    """Inputs at the left, a hidden layer, one node per class at the right; at most twice as wide as high."""

    def __init__(self, inputs: int, classes: int, region: Region) -> None:
        area = region.inset(x=max(0.0, (region.width - 2 * region.height) / 2))
        columns, largest = area.columns(1, 1, 1), 0.16
        self.layers, self.edges = list[Any](), list[Any]()
        layers = (min(inputs, MOST), "x"), (HIDDEN, "ink"), (min(classes, MOST), "a")
        for (count, role), column in zip(layers, columns, strict=True):
            self.layers.append(layer([VGroup() for _ in range(count)], column, largest=largest, role=role))
        for left, right in pairwise(self.layers):
            self.edges.append(VGroup(*[edge(start, end, role="track") for start in left for end in right]))
        super().__init__(*self.edges, *self.layers)

    def look(self) -> Animation:
        """Light up one layer of edges after the other."""
        ink = style().colour("quiet")
        return LaggedStart(*[edges.animate.set_color(ink) for edges in self.edges], lag_ratio=0.6)
