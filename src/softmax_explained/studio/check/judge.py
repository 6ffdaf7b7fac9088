"""From violations to findings: what persists is an error; what passes is a warning or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from softmax_explained.studio.check.finding import Allowed, Finding, Violation
from softmax_explained.studio.check.thresholds import PERSISTS

ADVICE = frozenset({"LOPSIDED", "THIN"})
"""The rules about composition are warnings: a picture may have a reason to be small or at one side."""

PASSING = frozenset({"OVERLAP", "OUTSIDE"})
"""The rules that are worth a warning even if they are broken only in passing: something is in the way. Text
that is still small or faint while it appears is not. Mathematics that is crossed is
an error even in passing."""


@dataclass(frozen=True)
class _Observed:
    violation: Violation
    snapshot: int  # the number of the snapshot in the chapter
    still: bool  # whether nothing moved


class Judge:
    """Collects violations and judges them at the end of a chapter."""

    def __init__(self) -> None:
        self._observed: dict[tuple[str, str, tuple[str, ...]], list[_Observed]] = defaultdict(list)

    def add(self, violation: Violation, snapshot: int, *, still: bool) -> None:
        """Collect a violation, with the number of the snapshot and whether nothing moved in it."""
        key = violation.code, violation.beat_id, violation.objects
        self._observed[key].append(_Observed(violation, snapshot, still))

    def findings(self, starts: Mapping[str, float]) -> tuple[list[Finding], list[Allowed]]:
        """One finding for each rule, beat and set of objects, and what was allowed."""
        findings, allowed = list[Finding](), list[Allowed]()
        for (code, beat_id, objects), observed in self._observed.items():
            still = [each for each in observed if each.still] or observed
            worst = max((each.violation for each in still), key=lambda violation: violation.excess)
            if worst.reason is not None:
                chapter, _, beat = beat_id.partition(".")
                allowed.append(Allowed(code, chapter, beat, objects, worst.reason))
            elif (persists := _persists(observed)) or code in PASSING:
                first = worst.at(beat_id, observed[0].violation.time)
                severe = (persists or worst.never) and code not in ADVICE
                findings.append(first.finding(starts, "error" if severe else "warning"))
        return findings, allowed


def _persists(observed: Iterable[_Observed]) -> bool:
    """Whether it was seen in a still picture, or in consecutive snapshots for long enough."""
    since, last = 0.0, -1
    for each in observed:
        if each.still:
            return True
        if each.snapshot > last + 1:
            since = each.violation.time
        last = each.snapshot
        if each.violation.time - since >= PERSISTS:
            return True
    return False
