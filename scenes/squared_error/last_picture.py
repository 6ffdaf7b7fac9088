"""What stands at the end of the chapter: both strips of the race after their last steps, with their names."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import eta
from softmax_explained.scenes.pictures.racing_strips import RacingStrips
from softmax_explained.stage import Formula, Readout

BEAT = "squared_error.race"


class LastPicture(VGroup):
    """The race after its last step.

    Args:
        chapter: whose lesson, words and stage are used.

    Attributes:
        race: both strips, with a gauge of the first push at the left of each.
        rate: the learning rate of the race.
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
        pushes = written("push", colour="quiet"), written("push", colour="quiet")
        self.race = RacingStrips(chapter.solution, names, heads, steps, halves, chapter.stage, gauges=pushes)
        self.race.draw(self.race.last_stop)
        self.rate = self._rate(chapter)
        super().__init__(self.race, self.rate)

    def _rate(self, chapter: Any) -> VGroup:
        """η and its value, in the middle between the name and the counter of the upper strip."""
        letter, number = Formula(eta), Readout(chapter.quantity("race_eta"), size="body")
        head = self.race.upper.head
        parts = VGroup(letter, Formula(Word("=")), number).arrange(RIGHT, buff=0.18)
        for part in parts:
            part.stand_on(head.baseline)
        return parts.set_x((head.get_right()[0] + self.race.upper.word.get_left()[0]) / 2)
