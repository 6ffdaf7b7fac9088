"""The names of the classes that pay, each with its target, beside their dots on the price curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import RIGHT, UP, Mobject, VGroup

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.stage import Readout
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.label_layout import overlap

WIDEST = 2.2  # Manim units for a line of a name, at most; it has two
ASIDE = 0.16  # Manim units from a dot to the right to its name: the curve bends away there
RAISED = 0.2, 0.4, 0.55  # Manim units from a dot up to the last line of its name; the first that has room
ROW = 0.45  # Manim units from a name up to that of a dot that lies on the same one
TOGETHER = 0.02  # Manim units: dots closer than this lie on each other
LINE = 0.36  # Manim units: height of a name of one line, at most
GAP = 0.1  # Manim units between two names, or a name and something else, at least


class PriceNames(VGroup):
    """A name and a target for each dot that has room for them, from top to bottom as the dots are.

    Where more than two dots lie on each other, only the focus and the true class are named there.

    Args:
        chapter: gives names and numbers.
        dots: by class.
        right: the edge of the picture.
        others: what the names have to be clear of.

    Attributes:
        named: by class, its name and its target.
    """

    def __init__(
        self, chapter: Chapter, dots: Mapping[int, Mobject], right: float, others: Sequence[Mobject]
    ) -> None:
        self.named = dict[int, VGroup]()
        told = {chapter.solution.i, chapter.solution.t}
        for k in sorted(dots, key=lambda k: float(dots[k].get_y())):
            on_it = {n for n, dot in dots.items() if _apart(dot, dots[k]) < TOGETHER}
            if len(on_it) > 2 and k not in told:
                continue
            name = chapter.class_name(k).fit_width(WIDEST, lines=2)
            row = VGroup(name, Readout(chapter.quantity(f"y[{k}]"), size="label", colour="y"))
            row.arrange(RIGHT, buff=0.16)
            taken = [*others, *self.named.values(), *[dot for n, dot in dots.items() if n not in on_it]]
            higher = max(0.0, row.height - LINE) / 2  # further lines stand over the last one
            below = [self.named[n] for n in on_it if n in self.named]
            start = float(below[-1].get_y() - dots[k].get_y()) + ROW if below else 0.0
            for up in (start,) if below else RAISED:
                row.next_to(dots[k], RIGHT, buff=ASIDE).shift((up + higher) * UP)
                if row.get_right()[0] <= right and not any(overlap(row, each, GAP) for each in taken):
                    self.named[k] = allow(row, "CROWDED", reason="a class and its target, which are known")
                    break
        super().__init__(*self.named.values())


def _apart(one: Mobject, other: Mobject) -> float:
    return float(np.linalg.norm(one.get_center() - other.get_center()))
