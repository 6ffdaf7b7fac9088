"""Long chapters are drawn in takes: some beats that follow each other, each take by somebody else."""

from __future__ import annotations

import math
from dataclasses import dataclass

from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.studio.planning.plan import PlannedChapter

LONGEST = 30.0
"""Seconds of film; a chapter that lasts longer is cut. Whoever draws a take has to play what comes before it,
which takes about a second, and a cluster draws a film in no less time than its longest take."""


@dataclass(frozen=True)
class Take:
    """Some beats of a chapter that follow each other.

    Attributes:
        chapter: the class.
        beats: their names.
        seconds: how long they will last at least.
    """

    chapter: type[Chapter]
    beats: tuple[str, ...]
    seconds: float

    @property
    def name(self) -> str:
        """The id of the first beat; no other take begins with it."""
        return f"{self.chapter.name}.{self.beats[0]}"


def takes_of(chapter: PlannedChapter) -> tuple[Take, ...]:
    """Cut a chapter into takes about as long as each other; it depends on the plan only, not on who draws.

    Args:
        chapter: what is said in it, and when.
    """
    lengths = [beat.seconds for beat in chapter.beats]
    total = sum(lengths)
    parts = math.ceil(total / LONGEST)
    groups: dict[int, list[int]] = {}
    begun = 0.0
    for place, length in enumerate(lengths):
        middle = begun + length / 2
        groups.setdefault(int(parts * middle / total), []).append(place)
        begun += length
    return tuple(
        Take(
            chapter.scene,
            tuple(chapter.beats[place].id.partition(".")[2] for place in places),
            sum(lengths[place] for place in places),
        )
        for places in groups.values()
    )
