"""Scores as vertical sliders, and a rigid handle that moves all of them together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Self

import numpy as np
from manim import RIGHT, Circle, Dot, Line, Mobject, VGroup
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words, component

RADIUS = 0.15  # of a knob, in Manim units
BESIDE_KNOB = 0.5  # Manim units of a track's column that a number beside its knob cannot use
NAME_BAND = 0.72  # height in Manim units of the names below the tracks


class Sliders(VGroup):
    """K vertical sliders on one scale, with names below them and values beside the knobs.

    Args:
        values: (K,) initial values.
        region: of tracks and names.
        rise: how far the highest knob can still move up, in units of the values; > 0.
        names: the names by class, already placed horizontally; see `under_columns`.
        readouts: K numbers, or none; left out if they do not all fit.
    """

    def __init__(
        self,
        values: Sequence[float] | NDArray[np.float64],
        region: Region,
        *,
        rise: float,
        names: Mapping[int, Words],
        readouts: Sequence[Readout] = (),
    ) -> None:
        self.values = np.asarray(values, dtype=float)
        self._low, self._high = float(self.values.min()), float(self.values.max()) + rise
        self._columns = region.columns(*[1] * len(self.values))
        lines = max((name.rise for name in names.values()), default=0.0)
        self._floor, self._ceiling = region.bottom + NAME_BAND + lines, region.top - RADIUS
        if max((number.width for number in readouts), default=0.0) + BESIDE_KNOB > self._columns[0].width:
            readouts = ()
        low, high = self._floor - RADIUS, self._ceiling + RADIUS
        self.tracks = VGroup(*[line(point(each.x, low), point(each.x, high)) for each in self._columns])
        self.knobs = VGroup(*[Dot(radius=RADIUS, color=style().colour("z")) for _ in self.values])
        self.names, self.readouts = VGroup(*names.values()), VGroup(*readouts)
        for name in names.values():
            name.stand_on(region.bottom + 0.1 + lines)
        super().__init__(self.tracks, self.knobs, self.names, self.readouts)
        self.draw(self.values)

    def at(self, k: int, value: float) -> NDArray[np.float64]:
        """The point of a value on track `k`."""
        part = (value - self._low) / (self._high - self._low)
        return point(self._columns[k].x, self._floor + part * (self._ceiling - self._floor))

    def draw(self, values: Sequence[float] | NDArray[np.float64]) -> Self:
        """Move the knobs to other values, the numbers with them."""
        self.values = np.asarray(values, dtype=float)
        for k, value in enumerate(self.values):
            self.knobs[k].move_to(self.at(k, float(value)))
        for knob, readout in zip(self.knobs, self.readouts, strict=False):
            readout.next_to(knob, RIGHT, buff=0.18)
        return self

    def follow(self, values: Callable[[], NDArray[np.float64]]) -> Self:
        """Show `values()` in every frame until `settle`."""
        for k, number in enumerate(self.readouts):
            number.follow(component(values, k))
        return self.add_updater(lambda _: self.draw(values()))

    def settle(self) -> Self:
        """Stop following and show the quantities exactly."""
        self.clear_updaters(recursive=False)
        for number in self.readouts:
            number.settle()
        return self

    def ring(self, k: int, *, colour: str = "quiet", radius: float = RADIUS) -> Circle:
        """A ring around the current place of knob `k`."""
        ring = Circle(radius=radius, color=style().colour(colour), stroke_width=style().stroke("thin"))
        return ring.move_to(self.knobs[k])


class SliderHandle(VGroup):
    """A bar rigidly connected to all knobs, so that they can only move together.

    Args:
        sliders: whose knobs it moves.
        letter: the distance moved, as a formula.
    """

    def __init__(self, sliders: Sliders, letter: Formula) -> None:
        self._sliders, self.letter = sliders, letter
        ink, width = style().colour("ink"), style().stroke("line")
        self.bar = Line().set_stroke(ink, width)
        self.stems = VGroup(*[Line().set_stroke(ink, width) for _ in sliders.knobs])
        super().__init__(self.bar, self.stems, letter)
        self.hold()

    def hold(self, _: Mobject | None = None) -> Self:
        """Attach the handle to the knobs where they are now."""
        knobs = self._sliders.knobs
        y = max(float(knob.get_top()[1]) for knob in knobs) + 0.24
        first, last = float(knobs[0].get_x()), float(knobs[-1].get_x())
        overhang = min(0.5, 0.4 * (last - first) / (len(knobs) - 1))
        self.bar.put_start_and_end_on(point(first - overhang, y), point(last + overhang, y))
        for knob, stem in zip(knobs, self.stems, strict=True):
            stem.put_start_and_end_on(point(float(knob.get_x()), y), np.array(knob.get_top()))
        self.letter.next_to(self.bar, RIGHT, buff=0.2)
        return self

    def follow(self) -> Self:
        """Stay attached in every frame until the updaters are cleared; add it after the sliders."""
        return self.add_updater(self.hold)
