"""What stands at the end of the chapter: both strips of the race after their last steps, with their names."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, UP, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import eta
from softmax_explained.scenes.pictures.racing_strips import RacingStrips
from softmax_explained.stage import Formula, Readout, style

BEAT = "squared_error.race"
BESIDE = 0.25  # Manim units from the hairline to the learning rate, at least


class LastPicture(VGroup):
    """The race after its last step.

    Args:
        chapter: whose lesson, words and stage are used.

    Attributes:
        race: both strips, with a gauge of the first push at the left of each.
        rate: the learning rate of the race, at both strips.
    """

    def __init__(self, chapter: Any) -> None:
        def written(name: str, **look: Any) -> Any:
            return chapter.words(chapter.script.label(BEAT, name), **look)

        classes = range(chapter.solution.K)
        names, steps, halves = (
            [[chapter.class_name(k, size="body") for k in classes] for _ in range(2)],
            [written("step", colour="quiet") for _ in range(2)],
            [written("half", colour="quiet") for _ in range(2)],
        )
        heads = [written(name, size="body", weight=600) for name in ("ce", "q")]
        # in the colour of their numbers, unlike "one half"
        pushes = written("push", colour="C"), written("push", colour="C")
        self.race = RacingStrips(chapter.solution, names, heads, steps, halves, chapter.stage, gauges=pushes)
        self.race.draw(self.race.last_stop)
        self.rate = self._rate(chapter)
        super().__init__(self.race, self.rate)

    def _rate(self, chapter: Any) -> VGroup:
        """η and its value, between name and counter of each strip, clear of the hairline."""
        upper, lower = self.race.upper.head, self.race.lower.head
        head = max(upper, lower, key=lambda each: float(each.get_right()[0]))
        number = Readout(chapter.quantity("race_eta"), size="least_formula")
        letter, sign = (Formula(each, size="least_formula") for each in (eta, Word("=")))
        parts = VGroup(letter, sign, number).arrange(RIGHT, buff=0.18)  # the η of the lesson is another one
        for part in parts:
            part.stand_on(head.baseline)
        start, end = float(head.get_right()[0]), float(self.race.lower.word.get_left()[0])
        x = float(self.race.upper.hairline[0].get_x())
        place = _clear_of(x, start, end, float(parts.width))
        if place is None:
            parts.scale(style().size("least") / number.em).shift((head.baseline - number.baseline) * UP)
            place = _clear_of(x, start, end, float(parts.width))
        parts.set_x((start + end) / 2 if place is None else place)
        return VGroup(*[parts.copy().shift((each.baseline - head.baseline) * UP) for each in (upper, lower)])


def _clear_of(x: float, start: float, end: float, width: float) -> float | None:
    """The middle of the larger gap that x leaves between two ends; None if something is too wide for it."""
    line = min(max(x, start), end)
    left, right = max(((start, line), (line, end)), key=lambda gap: gap[1] - gap[0])
    return (left + right) / 2 if right - left >= width + 2 * BESIDE else None
