"""What is placed in a region stands inside it, in its middle or at the edge that was named."""

import pytest
from manim import DL, DOWN, LEFT, ORIGIN, RIGHT, UP, UR, Rectangle

from softmax_explained.stage.design.layout import Region

REGION = Region(-3, -1, 5, 2)


@pytest.mark.parametrize("edge", [ORIGIN, LEFT, RIGHT, UP, DOWN, UR, DL], ids=str)
@pytest.mark.parametrize("size", [(1, 0.5), (30, 1), (2, 30)], ids=str)
def test_what_is_placed_stands_inside_at_its_edge(edge, size) -> None:
    placed = REGION.place(Rectangle(width=size[0], height=size[1]), edge)
    assert placed.width <= REGION.width + 1e-9 and placed.height <= REGION.height + 1e-9
    assert placed.width / placed.height == pytest.approx(size[0] / size[1])
    left, bottom = placed.get_left()[0] - REGION.left, placed.get_bottom()[1] - REGION.bottom
    right, top = REGION.right - placed.get_right()[0], REGION.top - placed.get_top()[1]
    for sign, before, behind in ((edge[0], left, right), (edge[1], bottom, top)):
        assert min(before, behind) >= -1e-9
        assert {0: before - behind, 1: behind, -1: before}[int(sign)] == pytest.approx(0, abs=1e-9)
