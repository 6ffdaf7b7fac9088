"""The film's four main pictures once more, small and without text, each with one animation."""

from typing import Any

from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    LaggedStart,
    Mobject,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
)

from softmax_explained.core import Solution
from softmax_explained.stage import Box, Node, NudgedStrip, Region, edge, layer, line, point, style
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets
from softmax_explained.stage.charts.tangent_plots import flat_plot, steep_plot

GAIN = 0.22  # fraction by which the strip grows, large enough to be seen at this size
PITCH, HEIGHT, ARROW = 1.5, 4.0, 0.4  # of the bars and their arrows, in Manim units before scaling
BOARD = 8.4, 2.85  # width and height in Manim units of the two plots before scaling
MARGIN = 0.25  # Manim units from the edge of a card to its picture


class Thumbnail(VGroup):
    """A card; `area` is the region of its picture."""

    def __init__(self, region: Region) -> None:
        self.area = region.inset(MARGIN, MARGIN)
        super().__init__(Box(*region.edges, colour="panel"))


class GrowAndSqueeze(Thumbnail):
    """The unit strip between two posts that are 1 apart; one segment grows, then all are compressed."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        area = self.area
        self._share = max(float(solution.a[solution.i]), 1e-9)
        self._unit = area.width / (1 + GAIN)
        high = min(0.8, 0.5 * area.height)
        self._strip = NudgedStrip(solution.a, solution.i, 0.0, left=area.left, y=area.y, unit=self._unit)
        self._strip.thickness = high
        low, high = area.y - 0.75 * high, area.y + 0.75 * high
        ends = area.left, area.left + self._unit
        posts = [line(point(x, low), point(x, high), width="line") for x in ends]
        self.add(VGroup(*posts), self._strip.nudge(0.0))

    def move(self) -> Animation:
        def draw(_: Mobject, alpha: float) -> None:
            grown, squeezed = min(1.0, 2 * alpha), max(0.0, 2 * alpha - 1)
            gain = GAIN * grown
            self._strip.dz = gain / self._share
            self._strip.draw(self._strip.grown(self._strip.dz), unit=self._unit / (1 + gain * squeezed))

        return UpdateFromAlphaFunc(self._strip, draw)


class EveryPath(Thumbnail):
    """A score, K shares and the loss, joined by all paths, which light up one after another."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        left, middle, right = self.area.columns(1, 1, 1)
        radius = min(0.22, 0.3 * left.width)
        score, loss = (Node(VGroup(), radius=radius, role=role) for role in "zC")
        score.move_to(point(left.left + radius, left.y))
        loss.move_to(point(right.right - radius, right.y))
        shares: Any = layer([VGroup() for _ in range(solution.K)], middle, largest=radius, role="a")
        self._paths = [VGroup(edge(score, share), edge(share, loss)) for share in shares]
        self.add(*self._paths, score, shares, loss)

    def move(self) -> Animation:
        lit = [Transform(path, path.copy().set_color(style().colour("C"))) for path in self._paths]
        return LaggedStart(*lit, lag_ratio=0.3)


class SteepTimesFlat(Thumbnail):
    """The steep slope of the logarithm beside the flat one of softmax."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        board = Region(0.0, 0.0, *BOARD)
        pictures = steep_plot(solution, board), flat_plot(solution, board)
        drawn = VGroup(*[picture.strokes for picture in pictures])
        drawn.arrange(RIGHT if self.area.is_landscape else DOWN, buff=0.5)
        _fill(self.area, drawn)
        self._tangents = [picture.tangent for picture in pictures]
        self.add(*[part for picture in pictures for part in picture.strokes if part not in picture.tangent])

    def move(self) -> Animation:
        self.add(*self._tangents)
        return AnimationGroup(*[Create(tangent) for tangent in self._tangents])


class BarsAndPushes(Thumbnail):
    """Shares as bars, targets as outlines, and arrows between them."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        bars = BarChart(solution.a, Region(0.0, 0.0, PITCH * solution.K, HEIGHT), arrow_space=ARROW)
        targets = Targets(solution.lesson.targets, bars)
        drawn = VGroup(bars, targets, TargetArrows(bars, targets))
        _fill(self.area, drawn)
        self.add(*drawn)


def _fill(area: Region, drawn: VGroup) -> None:
    """Scale a picture to a region and centre it there."""
    drawn.scale(min(area.width / drawn.width, area.height / drawn.height)).move_to(area.centre)
