"""What a sweep has found, by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sweep.checked import Found, Outcome

WIDEST = 100
SEEDS = 6


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A table of the errors by code and beat, and a summary of the seeds."""
    places: dict[tuple[str, str], list[tuple[Outcome, Found]]] = defaultdict(list)
    for outcome in outcomes:
        for found in outcome.found:
            places[found.code, found.where].append((outcome, found))
    if places:
        yield f"{'code':10} {'beat':38} {'times':>5} {'lessons':>7}  seeds; an example"
    for (code, where), each in sorted(places.items(), key=lambda item: (-len(_seeds(item[1])), item[0])):
        seeds = _seeds(each)
        some = " ".join(map(str, seeds[:SEEDS])) + (" …" if len(seeds) > SEEDS else "")
        example = f"{some}; {each[0][1].what}"
        yield f"{code:10} {where:38} {len(each):5} {len(seeds):7}  {example[:WIDEST]}"
    codes = Counter(code for outcome in outcomes for code in {found.code for found in outcome.found})
    clean = sum(not outcome.found for outcome in outcomes)
    yield f"{clean} of {len(outcomes)} clean, {clean_in_a_row(outcomes)} in a row at the end"
    if codes:
        yield "lessons by code: " + ", ".join(f"{code} {times}" for code, times in codes.most_common())


def clean_in_a_row(outcomes: Sequence[Outcome]) -> int:
    """How many of the last outcomes have found nothing."""
    return next((n for n, outcome in enumerate(reversed(outcomes)) if outcome.found), len(outcomes))


def _seeds(each: Sequence[tuple[Outcome, Found]]) -> list[int]:
    return sorted({outcome.trial.seed for outcome, _ in each})
