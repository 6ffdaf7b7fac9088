"""MIXED: a number that counts while the digits drawn stay those of an earlier value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.text.text import Readout
from softmax_explained.studio.check.finding import Violation
from softmax_explained.studio.check.screen.states import MIXED
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import READABLE_OPACITY, SAME_DIGITS, STALE


@dataclass
class _Drawn:
    """The digits drawn of a readout, and since when it says something else."""

    owner: Owner
    outlines: list[NDArray[np.float64]]
    text: str  # what it said when they were drawn
    as_drawn: float  # the last time at which it said so
    reported: bool = False


class StaleDigits:
    """Watches the outlines of readouts.

    An animation of a readout, such as its fade, interpolates outlines that were copied when it started, and
    draws them over those of the digits that a following readout writes meanwhile.
    """

    def __init__(self) -> None:
        self._drawn: dict[int, _Drawn] = {}
        self._found: list[Violation] = []

    def see(self, beat_id: str, time: float, snapshot: Snapshot) -> None:
        """Note the digits of a picture."""
        for owner, places in snapshot.pieces.items():
            readout = owner.piece
            if not isinstance(readout, Readout) or snapshot.opacity[places].max() < READABLE_OPACITY:
                continue
            outlines = _shapes(readout)
            drawn = self._drawn.get(id(readout))
            if drawn is None or not _same(drawn.outlines, outlines):
                self._drawn[id(readout)] = _Drawn(owner, outlines, readout.text, time)
            elif readout.text == drawn.text:
                drawn.as_drawn = time
            elif time - drawn.as_drawn > STALE and not drawn.reported:
                drawn.reported = True
                self._report(beat_id, drawn, readout, time, snapshot.parts[places[0]].allowed)

    def violations(self) -> Iterator[Violation]:
        """The numbers that are drawn as what they were."""
        yield from self._found

    def _report(
        self, beat_id: str, drawn: _Drawn, readout: Readout, time: float, allowed: Mapping[str, str]
    ) -> None:
        if MIXED.code not in allowed:
            seconds = time - drawn.as_drawn
            measured = f"{drawn.text} is drawn for {seconds:.1f} s while the value is {readout.text}"
            violation = MIXED.violation(drawn.owner.name, measured=measured, excess=seconds)
            self._found.append(violation.at(beat_id, drawn.as_drawn))


def _shapes(readout: Readout) -> list[NDArray[np.float64]]:
    """The outlines of the digits, whatever their place and size."""
    shapes = [glyph.points[:, :2] for glyph in readout.submobjects if len(glyph.points)]
    if not shapes:
        return []
    low = np.min([shape.min(axis=0) for shape in shapes], axis=0)
    high = np.max([shape.max(axis=0) for shape in shapes], axis=0)
    return [(shape - low) / max(float(high[1] - low[1]), 1e-6) for shape in shapes]


def _same(one: list[NDArray[np.float64]], other: list[NDArray[np.float64]]) -> bool:
    return len(one) == len(other) and all(
        a.shape == b.shape and bool((np.abs(a - b) <= SAME_DIGITS).all())
        for a, b in zip(one, other, strict=True)
    )
