"""Chapter 3: scores become shares of one strip."""

from __future__ import annotations

from manim import FadeIn, ValueTracker
from softmax_explained.scenes import RUNNING_ORDER

from softmax_explained.core.symbols import DEFINITIONS
from softmax_explained.stage import Chapter, Formula, Readout, Ruler, Strip, beat


class Softmax(Chapter, running_order=RUNNING_ORDER):
    """Exponentiate, lay end to end, divide by the total."""

    @beat
    def share_out(self) -> None:
        sol = self.solution
        row = self.stage
        scale = ValueTracker(1.0)
        strip = Strip(sol.e, left=row.left + 0.3, y=0.4, unit=(row.width - 1.5) / sol.S, focus=sol.i)
        total = Readout(self.quantity("S"), size="number")
        total.move_to([0, -1, 0])
        f = Formula(DEFINITIONS["a"], size="result").move_to([0, -2, 0])
        self.on("lay", FadeIn(strip), run_time=1.2)
        self.on("total", FadeIn(total), run_time=0.8)
        self.on("divide", FadeIn(f))
        self.on("share", FadeIn(Ruler(left=row.left + 0.3, right=row.right - 1.2, y=-0.3)))
