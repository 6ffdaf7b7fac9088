"""The beats to draw are grouped into takes of consecutive beats, which different workers draw."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.studio.planning.plan import PlannedBeat, PlannedChapter

LONGEST = 30.0
"""Seconds of film; a longer chapter is split. A worker has to play everything before its take, which takes
about a second, and a cluster needs as long for a film as for its longest take."""

LONGEST_KNOWN = 60.0
"""The same if most of the beats may only have to be looked at, which takes a sixth of the time of drawing."""


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


def takes_of(
    chapter: PlannedChapter, wanted: Collection[str] | None = None, *, known: Collection[str] = ()
) -> tuple[Take, ...]:
    """Split a chapter into takes of about the same length, independent of the number of workers.

    Args:
        chapter: the chapter.
        wanted: the ids of the beats to draw; all if not given. A take has no beat that is not wanted.
        known: the ids of beats that may only have to be looked at.
    """
    longest = LONGEST_KNOWN if wanted is not None and set(wanted) <= set(known) else LONGEST
    runs = groupby(chapter.beats, key=lambda beat: wanted is None or beat.id in wanted)
    return tuple(
        take
        for is_wanted, beats in runs
        if is_wanted
        for take in _takes(chapter.scene, tuple(beats), longest)
    )


def _takes(scene: type[Chapter], beats: Sequence[PlannedBeat], longest: float) -> Iterator[Take]:
    """Split consecutive beats into takes."""
    total = sum(beat.seconds for beat in beats)
    parts = math.ceil(total / longest)
    groups: dict[int, list[PlannedBeat]] = {}
    start = 0.0
    for beat in beats:
        middle = start + beat.seconds / 2
        groups.setdefault(int(parts * middle / total), []).append(beat)
        start += beat.seconds
    for group in groups.values():
        names = tuple(beat.id.partition(".")[2] for beat in group)
        yield Take(scene, names, sum(beat.seconds for beat in group))
