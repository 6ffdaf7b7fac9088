"""The name and the number of each segment of a strip: in it, or over it on a leader line if it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, FadeIn, FadeOut, Line, ReplacementTransform, VGroup
from numpy.typing import NDArray

from softmax_explained.stage.charts.strip import Strip
from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import Readout, Words, component

MARGIN = 0.1  # least Manim units between a tag and the edges of its segment
LEADER = 0.36  # Manim units from the strip up to the tags over it
ADVANCE = 1.2  # ems from the number up to the name over it
APART = 0.22  # Manim units between two tags over the strip
FEW = 3  # more tags than this over the strip are only of segments that can be told apart
FEET_APART = 0.1  # Manim units between the ends of two leader lines that can be told apart
SHORTEST_NAME = 1.3  # a name is cut short to no less than this, in Manim units


class SegmentTags(VGroup):
    """A tag per segment: a name over a number.

    A tag that has no room in its segment stands over the strip, on a line that leads to the segment. Where
    not all of those fit beside one another, or many lines would end at the same place, the `priority`
    classes keep theirs, then the widest segments.

    Args:
        names: K names, or none.
        values: K numbers.
        strip: what they label.
        left: least x of the tags over the strip.
        right: greatest x of them.
        narrowest: (K,) the least lengths that the segments will have while the tags follow them.
        priority: classes that always have a tag.
        colour: the role of numbers over the strip.

    Attributes:
        inside: the classes whose tag is in the segment.
        outside: those whose tag is over the strip.
        lines: the leader lines, by class.
    """

    def __init__(
        self,
        names: Sequence[Words],
        values: Sequence[Readout],
        strip: Strip,
        *,
        left: float,
        right: float,
        narrowest: NDArray[np.float64] | None = None,
        priority: Collection[int] = (),
        colour: str = "a",
    ) -> None:
        self._strip, self._ends, self._values = strip, (left, right), tuple(values)
        self._tags = [VGroup(*tag) for tag in (zip(names, values, strict=True) if names else zip(values))]
        least = strip.lengths if narrowest is None else np.minimum(strip.lengths, narrowest)
        rooms = [strip.unit * float(length) - 2 * MARGIN for length in least]
        high = sum(self._advances(self._tags[0])) + MARGIN <= strip.thickness
        self.inside = [k for k, room in enumerate(rooms) if high and self._fits(self._tags[k], room)]
        narrow = [k for k in range(len(rooms)) if k not in self.inside]
        self.outside = self._with_room(narrow, [*priority], least)
        self.lines: dict[int, Line] = {}
        for k in self.inside:
            self._tags[k].set_fill(style().colour("ground"))
            for part in self._tags[k]:
                if isinstance(part, Words):
                    part.fit_width(rooms[k], lines=1)
        for k in self.outside:
            self._tags[k][-1].set_fill(style().colour(colour))
            self.lines[k] = line(point(0), point(0, 0.1))
        shown = [self._tags[k] for k in self.shown]
        super().__init__(*self.lines.values(), *shown)
        self.align()

    @property
    def shown(self) -> list[int]:
        """The classes that have a tag, in order."""
        return sorted((*self.inside, *self.outside))

    def tag(self, k: int) -> VGroup:
        """Name and number of a class, whether or not they are shown."""
        return self._tags[k]

    def value(self, k: int) -> Readout:
        """The number of a class."""
        return self._values[k]

    def parts(self, k: int) -> list[Any]:
        """What is shown of a class: its tag and, if it has one, its leader line."""
        shown = [self._tags[k]] if k in self.inside or k in self.outside else []
        return [*([self.lines[k]] if k in self.lines else []), *shown]

    def align(self) -> Self:
        """Move every tag to its segment."""
        strip = self._strip
        for k in self.inside:
            advances = self._advances(self._tags[k])
            self._stack(k, strip.middle(k), strip.y - sum(advances) / 2)
        foot = strip.top + LEADER
        tags = {k: self._tags[k] for k in self.outside}
        for k in self.outside:
            self._stack(k, strip.middle(k), foot)
        spread(tags, {k: strip.middle(k) for k in tags}, *self._ends, gap=APART)
        for k, tag in tags.items():
            start = point(strip.middle(k), strip.top + 0.03)
            self.lines[k].put_start_and_end_on(start, point(float(tag.get_x()), foot - 0.08))
        return self

    def follow(self, values: Callable[[], NDArray[np.float64]]) -> Self:
        """Show `values()` and stay at the segments until `settle`; add it to the scene after the strip."""
        for k in self.shown:
            self.value(k).follow(component(values, k))
        return self.add_updater(lambda _: self.align())

    def settle(self) -> Self:
        """Stop following and show the quantities exactly."""
        self.clear_updaters(recursive=False)
        for k in self.shown:
            self.value(k).settle()
        return self.align()

    def turn_into(self, other: SegmentTags) -> list[Animation]:
        """The animations that move the tags to those of another strip of the classes, which replace them."""
        here, there = set(self.shown), set(other.shown)
        moves: list[Animation] = [ReplacementTransform(self._tags[k], other._tags[k]) for k in here & there]
        moves += [FadeOut(self._tags[k], rate_func=early) for k in here - there]
        moves += [FadeIn(other._tags[k], rate_func=late) for k in there - here]
        for k in self.lines.keys() | other.lines.keys():
            if k in self.lines and k in other.lines:
                moves.append(ReplacementTransform(self.lines[k], other.lines[k]))
            elif k in self.lines:
                moves.append(FadeOut(self.lines[k], rate_func=early))
            else:
                moves.append(FadeIn(other.lines[k], rate_func=late))
        return moves

    def _stack(self, k: int, x: float, foot: float) -> None:
        """Put the number of a tag on a baseline, and the name over it."""
        tag = self._tags[k]
        for part, advance in zip(reversed(tag), reversed(self._advances(tag)), strict=True):
            part.set_x(x).stand_on(foot)
            foot += advance

    @staticmethod
    def _advances(tag: Any) -> list[float]:
        """From each line of a tag up to the next; the height of letters for the first."""
        return [(0.72 if n == 0 else ADVANCE) * float(part.em) for n, part in enumerate(tag)]

    @staticmethod
    def _fits(tag: Any, room: float) -> bool:
        """Whether the number fits, and the name at least when it is cut short."""
        *name, value = tag
        return float(value.width) <= room and all(min(each.width, SHORTEST_NAME) <= room for each in name)

    def _told_apart(self, order: Sequence[int], priority: Sequence[int]) -> list[int]:
        """The classes whose leader lines would not end at the segment of an earlier one."""
        kept = list[int]()
        for k in order:
            feet = [self._strip.middle(other) for other in kept]
            if k in priority or all(abs(self._strip.middle(k) - foot) >= FEET_APART for foot in feet):
                kept.append(k)
        return kept

    def _with_room(
        self, narrow: Sequence[int], priority: Sequence[int], least: NDArray[np.float64]
    ) -> list[int]:
        """The classes that keep a tag over the strip, in order."""
        left, right = self._ends
        order = sorted(narrow, key=lambda k: (k not in priority, -float(least[k]), k))
        if len(order) > FEW:
            order = self._told_apart(order, priority)
        kept, used = list[int](), 0.0
        for n, k in enumerate(order):
            cap = max(SHORTEST_NAME, (right - left - used) / (len(order) - n) - APART)
            for part in self._tags[k]:
                if isinstance(part, Words):
                    part.fit_width(cap, lines=1)
            if used + self._tags[k].width > right - left:
                break
            kept.append(k)
            used += float(self._tags[k].width) + APART
        return sorted(kept)
