"""Long chapters are split into takes of consecutive beats, which different workers draw."""

from __future__ import annotations

import math
from dataclasses import dataclass

from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.studio.planning.plan import PlannedChapter

LONGEST = 30.0
"""Seconds of film; a longer chapter is split. A worker has to play everything before its take, which takes
about a second, and a cluster needs as long for a film as for its longest take."""


@dataclass(frozen=True)
class Take:
    """Consecutive beats of a chapter by name, and their minimum duration in seconds."""

    chapter: type[Chapter]
    beats: tuple[str, ...]
    seconds: float

    @property
    def name(self) -> str:
        """The id of the first beat, which is unique among takes."""
        return f"{self.chapter.name}.{self.beats[0]}"


def takes_of(chapter: PlannedChapter) -> tuple[Take, ...]:
    """Split a chapter into takes of about the same length, independent of the number of workers."""
    total = sum(beat.seconds for beat in chapter.beats)
    parts = math.ceil(total / LONGEST)
    groups: dict[int, list[tuple[str, float]]] = {}
    start = 0.0
    for beat in chapter.beats:
        middle = start + beat.seconds / 2
        groups.setdefault(int(parts * middle / total), []).append((beat.id.partition(".")[2], beat.seconds))
        start += beat.seconds
    return tuple(
        Take(chapter.scene, tuple(name for name, _ in group), sum(seconds for _, seconds in group))
        for group in groups.values()
    )
