"""IDLE: time in which nothing is said and nothing moves, other than pauses and holds that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.algebra import gaps
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import IDLE, PIXEL, TIME_ROUNDING

NEITHER = Rule(
    "IDLE", "at most {:.1f} s", "let something move or be said, mark a pause in the sentence, or end earlier"
)

Spans = Sequence[tuple[float, float]]  # starts and ends in seconds of the segment


class Motion:
    """Watches when the picture changes."""

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []
        self._before: tuple[float, Snapshot] | None = None

    def see(self, time: float, snapshot: Snapshot) -> None:
        """Note a picture; it moved since the one before if anything visible has changed."""
        if self._before is not None and time > self._before[0] and _differ(self._before[1], snapshot):
            self.spans.append((self._before[0], time))
        self._before = time, snapshot


def idle_stretches(
    motion: Spans, voice: Spans, records: Sequence[BeatRecord], holds: Mapping[str, str]
) -> Iterator[Violation]:
    """Stretches without voice or motion; the hold of a beat and the pauses of its sentence do not count."""
    excused = [(pause.start, pause.end) for record in records for pause in getattr(record, "pauses", ())]
    for record in records:
        hold = style().tables["pace"].get(holds[record.id], 0.0)
        excused.append((record.end - float(hold), record.end))
    for record in records:
        for start, end in gaps([*motion, *voice, *excused], record.start, record.end):
            if end - start > IDLE + TIME_ROUNDING:
                measured = f"{end - start:.1f} s"
                violation = NEITHER.violation(
                    "the whole picture", measured=measured, excess=end - start - IDLE, limit=IDLE
                )
                yield violation.at(record.id, start)


def _differ(one: Snapshot, other: Snapshot) -> bool:
    """Whether two pictures differ in a visible part: there, its place or its colour."""
    visible, still = one.visible, other.visible
    if visible.sum() != still.sum():
        return True
    if not visible.any():
        return False
    ids = [
        [id(part.mobject) for part, seen in zip(s.parts, v, strict=True) if seen]
        for s, v in _both(one, other)
    ]
    if ids[0] != ids[1]:
        return True
    moved = np.abs(one.boxes[visible] - other.boxes[still]).max() > PIXEL
    return bool(moved or np.abs(one.fills[visible] - other.fills[still]).max() > 0.02)


def _both(one: Snapshot, other: Snapshot) -> tuple[tuple[Snapshot, np.ndarray], ...]:
    return (one, one.visible), (other, other.visible)
