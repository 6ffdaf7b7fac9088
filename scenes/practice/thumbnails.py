"""The film's four pictures once more, small and without a letter: each on a card, each with its one move."""

from __future__ import annotations

from typing import Any

from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    LaggedStart,
    Line,
    Mobject,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
)

from softmax_explained.core import Solution
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets
from softmax_explained.stage.charts.nudged_strip import NudgedStrip
from softmax_explained.stage.charts.tangent_plots import flat_plot, steep_plot
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.shapes.network import Node, edge, layer

GAIN = 0.22  # the part of the strip by which it grows: its sliver has to be seen at this size
# Of the bars, with room for an arrow at each, in Manim's units, before they are made small
PITCH, HEIGHT, ARROW = 1.5, 4.0, 0.4
# Width and height for the steep and the flat slope, both at full length, before they are made small
BOARD = 8.4, 2.85
MARGIN = 0.25  # Manim units from the edge of a card to its picture


class Thumbnail(VGroup):
    """A card, to be filled by the pictures below.

    Args:
        region: the card's place.

    Attributes:
        card: the ground.
        room: where the picture stands.
    """

    def __init__(self, region: Region) -> None:
        self.card = Box(region.left, region.bottom, region.right, region.top, colour="panel")
        self.room = region.inset(MARGIN, MARGIN)
        super().__init__(self.card)


class GrowAndSqueeze(Thumbnail):
    """The unit strip between two posts that are 1 apart; one segment grows, then all are squeezed back."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        room = self.room
        self._share = max(float(solution.a[solution.i]), 1e-9)
        self._unit = room.width / (1 + GAIN)
        high = min(0.8, 0.5 * room.height)
        self._strip = NudgedStrip(solution.a, solution.i, 0.0, left=room.left, y=room.y, unit=self._unit)
        self._strip.thickness = high
        posts = [
            Line(point(x, room.y - 0.75 * high), point(x, room.y + 0.75 * high))
            for x in (room.left, room.left + self._unit)
        ]
        self._posts = VGroup(*posts).set_stroke(style().colour("quiet"), style().stroke("line"))
        self.add(self._posts, self._strip.nudge(0.0))

    def move(self) -> Animation:
        """The nudged segment gains its sliver, then all of it is squeezed to length 1."""

        def draw(_: Mobject, alpha: float) -> None:
            grown, squeezed = min(1.0, 2 * alpha), max(0.0, 2 * alpha - 1)
            gain = GAIN * grown
            self._strip.dz = gain / self._share
            self._strip.draw(self._strip.grown(self._strip.dz), unit=self._unit / (1 + gain * squeezed))

        return UpdateFromAlphaFunc(self._strip, draw)


class EveryPath(Thumbnail):
    """A score, K shares and the loss, joined by every path; the paths light up one after another."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        left, middle, right = self.room.columns(1, 1, 1)
        radius = min(0.22, 0.3 * left.width)
        score, loss = (
            Node(VGroup(), radius=radius, role=role).move_to(place)
            for role, place in (
                ("z", point(left.left + radius, left.y)),
                ("C", point(right.right - radius, right.y)),
            )
        )
        shares: Any = layer([VGroup() for _ in range(solution.K)], middle, largest=radius, role="a")
        self._paths = [VGroup(edge(score, share), edge(share, loss)) for share in shares]
        self.add(*self._paths, score, shares, loss)

    def move(self) -> Animation:
        """Light the paths."""
        lit = style().colour("C")
        return LaggedStart(
            *[Transform(path, path.copy().set_color(lit)) for path in self._paths], lag_ratio=0.3
        )


class SteepTimesFlat(Thumbnail):
    """The steep slope of the logarithm beside the flat one of softmax."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        board = Region(0.0, 0.0, *BOARD)
        pictures = steep_plot(solution, board), flat_plot(solution, board)
        drawn = VGroup(*[picture.strokes for picture in pictures])
        drawn.arrange(RIGHT if self.room.is_landscape else DOWN, buff=0.5)
        _fill(self.room, drawn)
        self._tangents = [picture.tangent for picture in pictures]
        self.add(*[part for picture in pictures for part in picture.strokes if part not in picture.tangent])

    def move(self) -> Animation:
        """Draw the tangents."""
        self.add(*self._tangents)
        return AnimationGroup(*[Create(tangent) for tangent in self._tangents])


class BarsAndPushes(Thumbnail):
    """Shares as bars, targets as outlines, and the arrows between their tops."""

    def __init__(self, solution: Solution, region: Region) -> None:
        super().__init__(region)
        bars = BarChart(solution.a, Region(0.0, 0.0, PITCH * solution.K, HEIGHT), arrow_space=ARROW)
        targets = Targets(solution.lesson.targets, bars)
        drawn = VGroup(bars, targets, TargetArrows(bars, targets))
        _fill(self.room, drawn)
        self.add(*drawn)


def _fill(room: Region, drawn: VGroup) -> None:
    """Make a picture as large as a region allows, in its middle."""
    drawn.scale(min(room.width / drawn.width, room.height / drawn.height)).move_to(room.centre)
