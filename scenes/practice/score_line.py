"""A number line of scores in one scale, broken where the places to be seen are too far apart for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from softmax_explained.stage import Region

LEAST_STEP, MOST_STEP = 0.6, 1.8  # Manim units: length of the nudge on the line
ASIDE = 0.25  # of a nudge on both sides of what a broken line keeps
BREAK = 0.5  # Manim units: width of a break at least


@dataclass(frozen=True)
class ScoreLine:
    """Stretches of a number line, drawn side by side in one scale.

    Attributes:
        stretches: the first and the last score of each, from left to right.
        starts: the x at which each is drawn.
        unit: Manim units per score.
        breaks: the x of the breaks: between two stretches, and before the first if scores lie below it.
    """

    stretches: tuple[tuple[float, float], ...]
    starts: tuple[float, ...]
    unit: float
    breaks: tuple[float, ...]

    @classmethod
    def around(
        cls,
        places: Iterable[float],
        scores: Iterable[float],
        nudge: float,
        region: Region,
        margin: float,
        step: float,
    ) -> Self:
        """The line that shows some places, and as many scores as it can without making the nudge too short.

        Args:
            places: in scores; each with room for the nudge at its right.
            scores: all of them.
            nudge: in scores.
            region: the stretches fill its width.
            margin: Manim units of the line left of the region, for a break.
            step: Manim units of the nudge at least, if the places leave room for it.
        """
        places, scores, width = sorted(places), sorted(map(float, scores)), region.width
        least, most = LEAST_STEP / nudge, MOST_STEP / nudge
        top = places[-1] + nudge
        if (top - places[0]) * least <= width:
            least = max(least, min(step / nudge, width / (top - places[0])))
            first = min(each for each in (*scores, places[0]) if (top - each) * least <= width + 1e-9)
            stretches = [(min(first, top - width / most), top)]
            unit = width / (top - stretches[0][0])
        else:
            stretches, aside = list[tuple[float, float]](), ASIDE * nudge
            for low, high in ((each - aside, each + nudge + aside) for each in places):
                if stretches and low - stretches[-1][1] <= nudge / 2:
                    low, high = stretches[-1][0], max(high, stretches.pop()[1])
                stretches.append((low, high))
            shown = sum(high - low for low, high in stretches)
            unit = min(most, (width - (len(stretches) - 1) * BREAK) / shown)
        lengths = [unit * (high - low) for low, high in stretches]
        free = (width - sum(lengths)) / max(1, len(stretches) - 1)
        starts = [region.left + sum(lengths[:n]) + n * free for n in range(len(stretches))]
        breaks = [(x + length + y) / 2 for (x, y), length in zip(pairwise(starts), lengths, strict=False)]
        if scores[0] < stretches[0][0]:
            breaks.insert(0, region.left - 0.65 * margin)
        return cls(tuple(stretches), tuple(starts), unit, tuple(breaks))

    def shows(self, score: float) -> bool:
        """Whether a score lies in one of the stretches."""
        return any(low - 1e-9 <= score <= high + 1e-9 for low, high in self.stretches)

    def x(self, score: float) -> float:
        """The x of a score; of one that is left out, the nearest end of a stretch below it."""
        at = max((n for n, (low, _) in enumerate(self.stretches) if low - 1e-9 <= score), default=0)
        low, high = self.stretches[at]
        return self.starts[at] + self.unit * (min(max(score, low), high) - low)
