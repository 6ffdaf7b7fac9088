"""ADRIFT while something moves: labels that are left alone, and numbers that their shape has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain

import numpy as np
from manim import ManimColor, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.text.text import Readout
from softmax_explained.studio.check.finding import Violation
from softmax_explained.studio.check.labels.loose_labels import LOOSE, Things, alone, apart, things_in
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import ADRIFT, PERSISTS, PIXEL, READABLE_OPACITY, STANDS

MOVED = 0.01  # pixels between two pictures: what counts slowly moves slowly
RECOLOURED = 0.001  # of 1, the same for a colour


class LabelsInMoves:
    """Watches the labels of a chapter in every picture."""

    def __init__(self) -> None:
        self._alone, self._left = _Stretches("the nearest thing"), _Stretches("the shape that moves with it")
        self._before: tuple[float, Snapshot] | None = None
        self._counts: dict[int, str] = {}  # what the numbers of that picture say, by the ids of their texts
        self._beat_id = ""
        self._places: dict[VMobject, list[NDArray[np.float64]]] = {}  # where shapes have stood in this beat

    def see(self, beat_id: str, time: float, snapshot: Snapshot, frame: Frame) -> None:
        """Note a picture."""
        if beat_id != self._beat_id:
            self._beat_id, self._places = beat_id, {}
        things = things_in(snapshot, frame)
        self._alone.see(alone(snapshot, things), beat_id, time, time, snapshot)
        if self._before is not None and time > self._before[0]:
            since, before = self._before
            self._left.see(self._numbers_left(before, snapshot, things), beat_id, since, time, snapshot)
        self._before = time, snapshot
        numbers = [owner.piece for owner in things.labels if isinstance(owner.piece, Readout)]
        self._counts = {id(number): number.text for number in numbers}
        for place in things.shapes:
            boxes = self._places.setdefault(snapshot.parts[place].mobject, [])
            if not boxes or float(np.abs(boxes[-1] - snapshot.boxes[place]).max()) > PIXEL:
                boxes.append(snapshot.boxes[place])

    def violations(self, known: Set[tuple[str, str]]) -> Iterator[Violation]:
        """Labels that are away from their objects for longer than anything passes.

        Args:
            known: the beats and labels that were found in still pictures.
        """
        for stretches in (self._alone, self._left):
            yield from stretches.lasting(known)

    def warnings(self, known: Set[tuple[str, str]]) -> Iterator[Violation]:
        """The same for longer than a picture may stand like that, once per beat."""
        for stretches in (self._alone, self._left):
            yield from stretches.passing(known)

    def _numbers_left(self, before: Snapshot, now: Snapshot, things: Things) -> Iterator[tuple[Owner, float]]:
        """Numbers that count where a moving shape of their colour has stood, and how far away it is now.

        A number beside another text may belong to that, and one near which anything moves to what moves.
        """
        counting = [owner for owner in things.labels if self._has_counted(owner)]
        if not counting:
            return
        places = {id(part.mobject): place for place, part in enumerate(before.parts)}
        moved = np.array([_has_changed(before, places, now, place) for place in things.shapes], dtype=bool)
        for owner in counting:
            box = things.texts[owner]
            distance = apart(box, now.boxes[things.shapes]) / PIXEL
            is_near_text = (apart(box, things.others(owner)) <= ADRIFT * PIXEL).any()
            if is_near_text or things.is_cell(owner) or (moved & (distance <= ADRIFT)).any():
                continue
            colour = _colour(now, now.pieces[owner][0])
            own = np.array([_colour(now, place) == colour for place in things.shapes], dtype=bool)
            stood = [self._stood_near(box, now, place) for place in things.shapes]
            left = moved & own & np.array(stood, dtype=bool)
            if left.any():
                yield owner, float(distance[left].min())

    def _has_counted(self, owner: Owner) -> bool:
        piece = owner.piece
        return isinstance(piece, Readout) and self._counts.get(id(piece), piece.text) != piece.text

    def _stood_near(self, box: NDArray[np.float64], snapshot: Snapshot, place: int) -> bool:
        boxes = self._places.get(snapshot.parts[place].mobject, [])
        return bool(boxes) and float(apart(box, np.array(boxes)).min()) <= ADRIFT * PIXEL


@dataclass
class _Stretch:
    """A time in which a label is away from its object."""

    owner: Owner
    beat_id: str
    start: float
    end: float
    pixels: float  # how far away it is at most
    allowed: Mapping[str, str]

    @property
    def seconds(self) -> float:
        return self.end - self.start


class _Stretches:
    """The times in which labels are away from something."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._open: dict[int, _Stretch] = {}  # by the ids of the texts
        self._ended: list[_Stretch] = []

    def see(
        self, away: Iterable[tuple[Owner, float]], beat_id: str, since: float, time: float, snapshot: Snapshot
    ) -> None:
        """Note which labels are away, and how many pixels, from one time to another."""
        now = {id(owner.piece): (owner, pixels) for owner, pixels in away}
        self._ended += [self._open.pop(key) for key in self._open.keys() - now.keys()]
        for key, (owner, pixels) in now.items():
            allowed = snapshot.parts[snapshot.pieces[owner][0]].allowed
            stretch = self._open.setdefault(key, _Stretch(owner, beat_id, since, time, pixels, allowed))
            stretch.end, stretch.pixels = time, max(stretch.pixels, pixels)

    def lasting(self, known: Set[tuple[str, str]]) -> Iterator[Violation]:
        """The longest stretch of each label in each beat, if it does not only pass."""
        for each in self._longest(known):
            if each.seconds > PERSISTS:
                yield self._violation([each])

    def passing(self, known: Set[tuple[str, str]]) -> Iterator[Violation]:
        """The other ones that are too long, those of a beat together."""
        beats: dict[str, list[_Stretch]] = defaultdict(list)
        for each in self._longest(known):
            if STANDS < each.seconds <= PERSISTS:
                beats[each.beat_id].append(each)
        yield from map(self._violation, beats.values())

    def _longest(self, known: Set[tuple[str, str]]) -> list[_Stretch]:
        longest: dict[tuple[str, str], _Stretch] = {}
        for each in chain(self._ended, self._open.values()):
            key = each.beat_id, each.owner.name
            if key not in known and LOOSE.code not in each.allowed:
                longest[key] = max(longest.get(key, each), each, key=lambda stretch: stretch.seconds)
        return list(longest.values())

    def _violation(self, stretches: list[_Stretch]) -> Violation:
        worst = max(stretches, key=lambda each: each.pixels)
        measured = f"{worst.pixels:.0f} px from {self._what} for {worst.seconds:.1f} s"
        names = sorted({each.owner.name for each in stretches})
        found = LOOSE.violation(*names, measured=measured, excess=worst.pixels - ADRIFT, limit=ADRIFT)
        return found.at(worst.beat_id, min(each.start for each in stretches))


def _has_changed(before: Snapshot, places: Mapping[int, int], now: Snapshot, place: int) -> bool:
    """Whether a shape has another place, size or colour than in the picture before, or was not there."""
    known = places.get(id(now.parts[place].mobject))
    if known is None:
        return True
    moved = float(np.abs(before.boxes[known] - now.boxes[place]).max()) > MOVED * PIXEL
    return moved or float(np.abs(before.fills[known] - now.fills[place]).max()) > RECOLOURED


def _colour(snapshot: Snapshot, place: int) -> str:
    """The colour of the ink of a part."""
    mobject = snapshot.parts[place].mobject
    ink = mobject.fill_rgbas if snapshot.fills[place, 3] >= READABLE_OPACITY else mobject.stroke_rgbas
    return ManimColor(ink[0][:3]).to_hex()
