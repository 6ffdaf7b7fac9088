"""DOUBLED: what is drawn over mathematics or numbers in passing, and glyphs between two letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.text.text import Readout
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.crossed import Pair, enclosed, is_mathematics, shapes_over
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import DOUBLED, GLYPHS_OVER, HALF_MADE, LEGIBLE, PIXEL, STANDS

DOUBLE = Rule(
    "DOUBLED",
    "at most {:.1f} s",
    "start the new line in a row of its own, or fade the old one out first; fly letters instead of morphing",
)
_CLEAR = "let the shape come and go where there is no mathematics, or dim the mathematics first"

Key = tuple[str, ...]
_Pairs = dict[Key, Mapping[str, str]]  # by the names of two owners, what is allowed for them
Outlines = Mapping[int, NDArray[np.float64]]  # the points of glyphs by the ids of their mobjects


@dataclass(frozen=True)
class _Moment:
    beat_id: str
    time: float
    seen: Mapping[Key, Mapping[str, str]]  # what is doubled, with what is allowed


@dataclass(frozen=True)
class _Picture:
    """A picture of a move, with what is measured at once."""

    beat_id: str
    time: float
    snapshot: Snapshot
    outlines: Outlines
    over: Mapping[Pair, tuple[tuple[str, str], Mapping[str, str]]]  # see `shapes_over`
    inside: set[Pair]  # see `enclosed`


class DoubledInk:
    """Watches glyphs on glyphs, lines and shapes on glyphs, and glyphs between two letters."""

    def __init__(self) -> None:
        self._moments: list[_Moment] = []
        self._copies: list[_Moment] = []  # copies that lie over their originals
        self._numbers: list[_Moment] = []  # numbers over each other
        self._crossed: list[_Moment] = []  # mathematics under a line or a shape
        self._move: list[_Picture] = []

    def see(self, beat_id: str, time: float, snapshot: Snapshot) -> None:
        """Note a picture in which nothing moves, or from which a move starts."""
        self._still(beat_id, time)

    def see_move(self, beat_id: str, time: float, snapshot: Snapshot, *, last: bool) -> None:
        """Note a picture of a move; glyphs are judged when it ends."""
        # The mobjects move on, so their outlines are measured now.
        over, inside = shapes_over(snapshot), enclosed(snapshot)
        self._move.append(_Picture(beat_id, time, snapshot, _outlines(snapshot), over, inside))
        if not last:
            return
        ends: dict[int, list[NDArray[np.float64]]] = defaultdict(list)
        for end in (self._move[0], self._move[-1]):
            for key, outline in end.outlines.items():
                ends[key].append(outline)
        natural = self._move[0].inside | self._move[-1].inside
        for each in self._move[1:-1]:
            others, numbers, copies = _over_each_other(each.snapshot, each.outlines)
            bent = _half_made(each.snapshot, each.outlines, ends)
            crossed: _Pairs = {names: ok for pair, (names, ok) in each.over.items() if pair not in natural}
            for moments, seen in (
                (self._moments, {**others, **bent}),
                (self._numbers, numbers),
                (self._copies, copies),
                (self._crossed, crossed),
            ):
                moments.append(_Moment(each.beat_id, each.time, seen))
        self._still(beat_id, time)
        self._move = []

    def violations(self) -> Iterator[Violation]:
        """What is doubled for too long, once per beat and pair."""
        for beat_id, key, start, seconds in _longest(self._moments):
            measured = f"{seconds:.2f} s over each other"
            if len(key) == 1:
                measured = f"{seconds:.2f} s between two letters"
            yield _violation(key, measured, seconds).at(beat_id, start)
        for beat_id, key, start, seconds in _longest(self._crossed):
            if seconds > STANDS:
                measured = f"a shape {seconds:.2f} s over it"
                yield _violation(key, measured, seconds, _CLEAR).at(beat_id, start)

    def warnings(self) -> Iterator[Violation]:
        """What is blurred or disturbed for a moment, but not wrong.

        Copies that lie over their originals, numbers over each other, and mathematics that a line or a shape
        passes.
        """
        known = {(beat_id, key) for beat_id, key, _, _ in _longest(self._moments)}
        for beat_id, key, start, seconds in _longest(self._copies):
            if (beat_id, key) not in known:
                hint = "let the copy fade in where it is clear of its original, or let it leave faster"
                measured = f"a copy {seconds:.2f} s over its original"
                yield _violation(key, measured, seconds, hint).at(beat_id, start)
        for beat_id, key, start, seconds in _longest(self._numbers):
            if (beat_id, key) not in known:
                yield _violation(key, f"{seconds:.2f} s over each other", seconds).at(beat_id, start)
        for beat_id, key, start, seconds in _longest(self._crossed):
            if seconds <= STANDS:
                measured = f"a shape {seconds:.2f} s over it"
                yield _violation(key, measured, seconds, _CLEAR).at(beat_id, start)

    def _still(self, beat_id: str, time: float) -> None:
        for moments in (self._moments, self._copies, self._numbers, self._crossed):
            moments.append(_Moment(beat_id, time, {}))


def _violation(key: Key, measured: str, seconds: float, hint: str = "") -> Violation:
    return DOUBLE.violation(*key, measured=measured, excess=seconds, limit=DOUBLED, hint=hint)


def _longest(moments: Sequence[_Moment]) -> Iterator[tuple[str, Key, float, float]]:
    """Beat, names, start and seconds of what is seen for longer than is allowed."""
    worst: dict[tuple[str, Key], tuple[float, float]] = {}
    for key in {key for moment in moments for key in moment.seen}:
        for beat_id, start, seconds in _stretches(moments, key):
            if seconds > worst.get((beat_id, key), (0.0, 0.0))[0]:
                worst[beat_id, key] = seconds, start
    for (beat_id, key), (seconds, start) in worst.items():
        if seconds > DOUBLED:
            yield beat_id, key, start, seconds


def _stretches(moments: Sequence[_Moment], key: Key) -> Iterator[tuple[str, float, float]]:
    """Beat, start and seconds of each run of pictures in which something is seen."""
    run = list[int]()
    for place in range(len(moments) + 1):
        if place < len(moments) and key in moments[place].seen:
            run.append(place)
        elif run:
            before = moments[max(run[0] - 1, 0)].time
            after = moments[min(run[-1] + 1, len(moments) - 1)].time
            first, last = moments[run[0]], moments[run[-1]]
            yield first.beat_id, first.time, (last.time + after) / 2 - (first.time + before) / 2
            run = []


def _outlines(snapshot: Snapshot) -> Outlines:
    """The readable glyphs moved and scaled into the unit square, so that neither place nor size count."""
    glyphs = snapshot.glyphs[snapshot.opacity[snapshot.glyphs] >= LEGIBLE]
    drawn = [snapshot.parts[place].mobject for place in glyphs]
    if not drawn:
        return {}
    ends = np.cumsum([len(mobject.points) for mobject in drawn])
    owner = np.repeat(np.arange(len(drawn)), np.diff(ends, prepend=0))
    low, size = snapshot.boxes[glyphs, :2], snapshot.boxes[glyphs, 2:] - snapshot.boxes[glyphs, :2]
    scale = np.maximum(size, 0.15 * np.maximum(size.max(axis=1, keepdims=True), 1e-6))
    points = np.concatenate([mobject.points for mobject in drawn])[:, :2]
    flat = (points - low[owner]) / scale[owner]
    starts = [0, *ends[:-1]]
    return {id(each): flat[a:b] for each, a, b in zip(drawn, starts, ends, strict=True)}


def _over_each_other(snapshot: Snapshot, outlines: Outlines) -> tuple[_Pairs, _Pairs, _Pairs]:
    """The pairs of owners of which readable glyphs lie over each other, at least one of them mathematics.

    Those of different letters, those of numbers, and those of a glyph and its copy that have come apart.
    """
    glyphs = snapshot.glyphs[snapshot.opacity[snapshot.glyphs] >= LEGIBLE]
    boxes = snapshot.boxes[glyphs]
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    one, other = np.nonzero(np.triu(((high - low) > GLYPHS_OVER * PIXEL).all(axis=2), 1))
    found: _Pairs = {}
    numbers: _Pairs = {}
    copies: _Pairs = {}
    for i, j in zip(one, other, strict=True):
        first, second = snapshot.parts[glyphs[i]], snapshot.parts[glyphs[j]]
        if first.owner is second.owner and first.owner.piece is not None:
            continue
        is_formula = any(is_mathematics(part) for part in (first, second))
        if not (is_formula or any(isinstance(part.owner.piece, Readout) for part in (first, second))):
            continue
        names = tuple(sorted((first.owner.name, second.owner.name)))
        if not _alike(outlines[id(first.mobject)], outlines[id(second.mobject)]):
            (found if is_formula else numbers)[names] = {**first.allowed, **second.allowed}
        elif float(np.abs(boxes[i] - boxes[j]).max()) > GLYPHS_OVER * PIXEL:
            copies[names] = {**first.allowed, **second.allowed}
    return found, numbers, copies


def _half_made(
    snapshot: Snapshot, outlines: Outlines, ends: Mapping[int, list[NDArray[np.float64]]]
) -> dict[Key, Mapping[str, str]]:
    """The owners of glyphs of formulas whose outline is neither that at the start nor that at the end."""
    found: dict[Key, Mapping[str, str]] = {}
    for place in snapshot.glyphs:
        part = snapshot.parts[place]
        if not is_mathematics(part):
            continue
        outline, known = outlines.get(id(part.mobject)), ends.get(id(part.mobject), [])
        if outline is not None and known and not any(_alike(outline, each) for each in known):
            found[(part.owner.name,)] = part.allowed
    return found


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether two normalised outlines are the same letter, but for where their points are."""
    if one.shape == other.shape and bool((np.abs(one - other) <= HALF_MADE).all()):
        return True
    if not len(one) or not len(other):
        return False
    apart = np.abs(one[::3, None] - other[None]).max(axis=2)
    return bool(apart.min(axis=1).max() <= HALF_MADE)
