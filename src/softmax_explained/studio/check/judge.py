"""From sightings to findings: what stays is an error, what passes in a move is a warning or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from softmax_explained.studio.check.finding import Allowed, Finding, Placed
from softmax_explained.studio.check.thresholds import PERSISTS

PASSING = frozenset({"OVERLAP", "OUTSIDE"})
"""What is worth a warning when it passes: something is in its way. Text that is still small or faint while it
comes is only on its way."""


@dataclass(frozen=True)
class Seen:
    """A sighting, and when it was.

    Attributes:
        placed: what was seen, in which beat, at which second of the reel.
        look: the how-manieth look at the chapter it was.
        stands: whether nothing moved.
    """

    placed: Placed
    look: int
    stands: bool


class Verdicts:
    """Gathers what is seen and judges it when the chapter is over."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, tuple[str, ...]], list[Seen]] = defaultdict(list)

    def add(self, seen: Seen) -> None:
        """Keep a sighting."""
        sighting = seen.placed.sighting
        self._seen[sighting.code, seen.placed.beat_id, sighting.objects].append(seen)

    def judge(self, starts: Mapping[str, float]) -> tuple[list[Finding], list[Allowed]]:
        """One finding for each thing in each beat.

        Args:
            starts: when each beat starts, in seconds of the reel.
        """
        findings, allowed = list[Finding](), list[Allowed]()
        for (code, beat_id, objects), all_seen in self._seen.items():
            standing = [seen for seen in all_seen if seen.stands] or all_seen
            worst = max(standing, key=lambda seen: seen.placed.sighting.excess).placed.sighting
            if worst.reason is not None:
                chapter, _, beat = beat_id.partition(".")
                allowed.append(Allowed(code, chapter, beat, objects, worst.reason))
            elif (stays := _stays(all_seen)) or code in PASSING:
                first = Placed(beat_id, all_seen[0].placed.time, worst)
                findings.append(finding_of(first, starts, is_error=stays))
        return findings, allowed


def finding_of(placed: Placed, starts: Mapping[str, float], *, is_error: bool = True) -> Finding:
    """A sighting as it is handed over."""
    chapter, _, beat = placed.beat_id.partition(".")
    seen = placed.sighting
    return Finding(
        code=seen.code,
        severity="error" if is_error else "warning",
        chapter=chapter,
        beat=beat,
        time=placed.time - starts[placed.beat_id],
        film_time=placed.time,
        objects=seen.objects,
        measured=seen.measured,
        norm=seen.norm,
        hint=seen.hint,
    )


def _stays(seen: Iterable[Seen]) -> bool:
    """Whether it was seen in a picture that stands, or in look after look for longer than a moment."""
    since, last = 0.0, -1
    for each in seen:
        if each.stands:
            return True
        if each.look > last + 1:
            since = each.placed.time
        last = each.look
        if each.placed.time - since >= PERSISTS:
            return True
    return False
