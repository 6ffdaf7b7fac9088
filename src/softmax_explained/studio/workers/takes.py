"""The beats to draw are grouped into takes of consecutive beats, which different workers draw."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from softmax_explained.stage.scene.beat import PART, WHOLE, Parts, section_name
from softmax_explained.stage.scene.chapter import Chapter

if TYPE_CHECKING:
    from softmax_explained.studio.planning.plan import PlannedBeat, PlannedChapter

LONGEST = 30.0
"""Seconds of film; a longer chapter is split. A worker has to play everything before its take, which takes
about a second, and a cluster needs as long for a film as for its longest take."""

LONGEST_COMPARED = 60.0
"""The same for beats that are only compared, which takes a sixth of the time of drawing."""

FEW = 60.0
"""Up to so many seconds to draw, somebody waits for an edit: takes are short, and long beats are divided."""

SHORT, DIVIDED = 15.0, 12.0
"""Seconds of such a take, and seconds from which on a beat is divided into two takes."""


@dataclass(frozen=True)
class Take:
    """Consecutive beats of a chapter by name, and their minimum duration in seconds."""

    chapter: type[Chapter]
    beats: tuple[str, ...]
    seconds: float
    parts: Parts = WHOLE  # of its beat, if it has one only

    @property
    def name(self) -> str:
        """The section that it begins with, which is unique among takes."""
        return section_name(f"{self.chapter.name}.{self.beats[0]}", self.parts.first)


def takes_of(
    chapter: PlannedChapter,
    wanted: Collection[str] | None = None,
    *,
    compared: bool = False,
    few: bool = False,
) -> tuple[Take, ...]:
    """Split a chapter into takes of about the same length, independent of the number of workers.

    Args:
        chapter: the chapter.
        wanted: the ids of the beats to draw; all if not given. A take has no beat that is not wanted.
        compared: the beats are only compared with videos of them.
        few: there are not more than `FEW` seconds to draw.
    """
    longest = LONGEST_COMPARED if compared else SHORT if few else LONGEST
    runs = groupby(chapter.beats, key=lambda beat: wanted is None or beat.id in wanted)
    whole = (
        take
        for is_wanted, beats in runs
        if is_wanted
        for take in _takes(chapter.scene, tuple(beats), longest)
    )
    return tuple(part for take in whole for part in (_divided(take) if few else (take,)))


def _divided(take: Take) -> tuple[Take, ...]:
    """The first part of a long beat and the others, or the take itself."""
    if len(take.beats) > 1 or take.seconds < DIVIDED:
        return (take,)
    first = replace(take, seconds=PART, parts=Parts(0, 1))
    return first, replace(take, seconds=take.seconds - PART, parts=Parts(1))


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
