"""DOUBLED: mathematics drawn over mathematics or its own copy in passing, and glyphs between two letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.text.text import Glyph
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import DOUBLED, GLYPHS_OVER, HALF_MADE, LEGIBLE, PIXEL

DOUBLE = Rule(
    "DOUBLED",
    "at most {:.1f} s",
    "start the new line in a row of its own, or fade the old one out first; fly letters instead of morphing",
)

Key = tuple[str, ...]
Outlines = Mapping[int, NDArray[np.float64]]  # the points of glyphs by the ids of their mobjects


@dataclass(frozen=True)
class _Moment:
    beat_id: str
    time: float
    seen: Mapping[Key, Mapping[str, str]]  # what is doubled, with what is allowed


class DoubledInk:
    """Watches glyphs on glyphs, and glyphs between two letters."""

    def __init__(self) -> None:
        self._moments: list[_Moment] = []
        self._copies: list[_Moment] = []  # copies that lie over their originals
        self._move: list[tuple[str, float, Snapshot, Outlines]] = []

    def see(self, beat_id: str, time: float, snapshot: Snapshot) -> None:
        """Note a picture in which nothing moves, or from which a move starts."""
        self._still(beat_id, time)

    def see_move(self, beat_id: str, time: float, snapshot: Snapshot, *, last: bool) -> None:
        """Note a picture of a move; glyphs are judged when it ends."""
        self._move.append((beat_id, time, snapshot, _outlines(snapshot)))
        if not last:
            return
        ends: dict[int, list[NDArray[np.float64]]] = defaultdict(list)
        for _, _, _, outlines in (self._move[0], self._move[-1]):
            for key, outline in outlines.items():
                ends[key].append(outline)
        for beat, when, during, outlines in self._move[1:-1]:
            others, copies = _over_each_other(during, outlines)
            self._moments.append(_Moment(beat, when, {**others, **_half_made(during, outlines, ends)}))
            self._copies.append(_Moment(beat, when, copies))
        self._still(beat_id, time)
        self._move = []

    def violations(self) -> Iterator[Violation]:
        """What is doubled for too long, once per beat and pair."""
        for beat_id, key, start, seconds in _longest(self._moments):
            measured = f"{seconds:.2f} s over each other"
            if len(key) == 1:
                measured = f"{seconds:.2f} s between two letters"
            violation = DOUBLE.violation(*key, measured=measured, excess=seconds, limit=DOUBLED)
            yield violation.at(beat_id, start)

    def copies(self) -> Iterator[Violation]:
        """Copies that lie over their originals for too long, which is blurred but not wrong: a warning."""
        known = {(beat_id, key) for beat_id, key, _, _ in _longest(self._moments)}
        for beat_id, key, start, seconds in _longest(self._copies):
            if (beat_id, key) in known:
                continue
            measured = f"a copy {seconds:.2f} s over its original"
            hint = "let the copy fade in where it is clear of its original, or let it leave faster"
            violation = DOUBLE.violation(*key, measured=measured, excess=seconds, limit=DOUBLED, hint=hint)
            yield violation.at(beat_id, start)

    def _still(self, beat_id: str, time: float) -> None:
        for moments in (self._moments, self._copies):
            moments.append(_Moment(beat_id, time, {}))


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


def _over_each_other(
    snapshot: Snapshot, outlines: Outlines
) -> tuple[dict[Key, Mapping[str, str]], dict[Key, Mapping[str, str]]]:
    """The pairs of owners of which readable glyphs lie over each other, at least one of them mathematics.

    Those of different letters, and those of a letter and its copy that have come apart.
    """
    glyphs = snapshot.glyphs[snapshot.opacity[snapshot.glyphs] >= LEGIBLE]
    boxes = snapshot.boxes[glyphs]
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    one, other = np.nonzero(np.triu(((high - low) > GLYPHS_OVER * PIXEL).all(axis=2), 1))
    found: dict[Key, Mapping[str, str]] = {}
    copies: dict[Key, Mapping[str, str]] = {}
    for i, j in zip(one, other, strict=True):
        first, second = snapshot.parts[glyphs[i]], snapshot.parts[glyphs[j]]
        if first.owner is second.owner and first.owner.piece is not None:
            continue
        if not any(isinstance(part.mobject, Glyph) and part.mobject.printed for part in (first, second)):
            continue
        names = tuple(sorted((first.owner.name, second.owner.name)))
        if not _alike(outlines[id(first.mobject)], outlines[id(second.mobject)]):
            found[names] = {**first.allowed, **second.allowed}
        elif float(np.abs(boxes[i] - boxes[j]).max()) > GLYPHS_OVER * PIXEL:
            copies[names] = {**first.allowed, **second.allowed}
    return found, copies


def _half_made(
    snapshot: Snapshot, outlines: Outlines, ends: Mapping[int, list[NDArray[np.float64]]]
) -> dict[Key, Mapping[str, str]]:
    """The owners of glyphs of formulas whose outline is neither that at the start nor that at the end."""
    found: dict[Key, Mapping[str, str]] = {}
    for place in snapshot.glyphs:
        part = snapshot.parts[place]
        if not (isinstance(part.mobject, Glyph) and part.mobject.printed):
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
