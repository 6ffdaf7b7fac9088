"""Move a value to the place where it is used."""

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, VMobject, interpolate
from numpy.typing import NDArray

from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.shapes.annotations import halo


class Absorb(Animation):
    """Move something to a point, shrinking slightly, and let it vanish on arrival.

    Args:
        mobject: what moves; a copy, if the original is to stay.
        goal: the point.
        run_time: seconds.
    """

    def __init__(self, mobject: Mobject, goal: NDArray[np.float64], *, run_time: float = 1.0) -> None:
        self._goal = goal
        halo(mobject)
        super().__init__(mobject, run_time=run_time, remover=True, introducer=True)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw it on its way; it is opaque for the first two thirds."""
        part = self.rate_func(alpha)
        self.mobject.become(self.starting_mobject)
        self.mobject.scale(interpolate(1.0, 0.75, part))
        self.mobject.move_to(interpolate(self.starting_mobject.get_center(), self._goal, part))
        self.mobject.set_opacity(min(1.0, 3 * (1 - part)))


def back_when_copied(original: VMobject) -> Animation:
    """Hide what a copy is taken of until the copy has left its place: one over the other cannot be read."""
    return UpdateFromAlphaFunc(original, lambda each, part: each.set_fill(opacity=part), rate_func=late)


def absorb_copy(original: VMobject, goal: NDArray[np.float64]) -> list[Animation]:
    """Move a copy of something that stays to a point, and let it vanish on arrival."""
    return [back_when_copied(original), Absorb(original.copy(), goal)]
