"""MIXED: numbers on the screen together that belong to different scores, without saying so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sympy import Indexed

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.numbers import Number, decimal, numbers_of
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import READABLE_OPACITY

MIXED = Rule(
    "MIXED",
    "one state of the scores",
    "let all of them follow, hide those that do not, or write beside each which state it belongs to",
)

SMOOTHED = "with smoothed targets"
STATES = {
    "z1": ("after a step", "z"),
    "a1": ("after a step", "a"),
    "C1": ("after a step", "C"),
    "start": ("at the start of the race", "z"),
    "start_a": ("at the start of the race", "a"),
    "shifted": ("after subtracting the largest", "z"),
    "lifted": ("lifted", "z"),
    "ys": (SMOOTHED, "y"),
    "gs": (SMOOTHED, "g"),
}
"""Families of quantities in another state than that of the lesson, and the family of the lesson's state."""

ENDLESS = re.compile("∞|\\binf\\b|\\bNaN\\b")  # what a computer prints for a number that it cannot hold
LARGEST_EXPONENT = 700.0  # of an exponential that a float can hold
TARGETS = {"y", "y'", "y′"}
BASE = ("z", "e", "S", "a", "C", "y", "g")


def mixed_states(snapshot: Snapshot, solution: FilmSolution) -> Iterator[Violation]:
    """Numbers that contradict the scores shown beside them, and the same quantity in two states unnamed."""
    numbers = [number for number in numbers_of(snapshot) if MIXED.code not in number.allowed]
    live = [number for number in numbers if isinstance(number.owner.piece, Readout)]
    yield from _contradictions(live, solution)
    yield from _overflowed(live, snapshot)
    yield from _two_states(numbers, snapshot)
    yield from _other_targets(numbers, snapshot, solution)


def _contradictions(numbers: Sequence[Number], solution: FilmSolution) -> Iterator[Violation]:
    """Shares, exponentials and the loss against softmax of the scores that are displayed."""
    scores = [number for number in numbers if number.family == "z" and number.digits is not None]
    if not scores:
        return
    z = _values(solution, "z")
    rounding = np.zeros(len(z))
    for number in scores:
        if abs(float(number.digits or 0) - z[number.indices[0]]) > number.half:
            z[number.indices[0]] = float(number.digits or 0)
            rounding[number.indices[0]] = number.half
    lengths = np.exp(z - z.max())
    share = lengths / lengths.sum()
    log_share = z - z.max() - np.log(lengths.sum())
    targets = _values(solution, "y")
    loss = float(-(targets * log_share).sum())
    for number in numbers:
        if number.family not in ("a", "e", "S", "C") or number.digits is None:
            continue  # such as an input, of which there may be more than classes
        place = number.indices[0] if number.indices else 0
        if number.family == "a":
            expected, slack = float(share[place]), 0.25 * float(rounding.sum())
        elif number.family == "C":
            expected, slack = loss, 2 * float(rounding.sum())
        else:  # such numbers are small: larger ones have a power of ten, and no digits here
            pieces = np.exp(np.minimum(z, LARGEST_EXPONENT))
            parts = pieces[[place]] if number.family == "e" else pieces
            halves = rounding[[place]] if number.family == "e" else rounding
            expected, slack = float(parts.sum()), float((parts * halves).sum())
        apart = abs(float(number.digits) - expected)
        if apart > number.half * 1.02 + slack + 1e-9:
            yield MIXED.violation(
                *sorted({number.owner.name, scores[0].owner.name}),
                measured=f"{number.key} shows {number.text}, the scores shown give {expected:.3f}",
                excess=apart,
            )


def _values(solution: FilmSolution, family: str) -> NDArray[np.float64]:
    """The values of the quantities of a family, in the order of their indices."""
    found = [q for key, q in solution.quantities.items() if key.partition("[")[0] == family]
    return np.array([q.value * 10.0**q.exponent for q in found])


def _two_states(numbers: Sequence[Number], snapshot: Snapshot) -> Iterator[Violation]:
    """The same quantity, or a quantity and the formula beside it, in two states that nothing names."""
    seen: dict[str, dict[str, Number]] = defaultdict(dict)
    for number in numbers:
        state, family = STATES.get(number.family, ("", number.family))
        if family in BASE:
            seen[family].setdefault(state, number)
    words = [owner for owner in snapshot.pieces if isinstance(owner.piece, Words)]
    for states in seen.values():
        if len(states) > 1 and not words:
            names = sorted({number.owner.name for number in states.values()})
            measured = " and ".join(f"{n.key} {n.text}" for n in states.values())
            yield MIXED.violation(*names, measured=measured, excess=1.0)


def _overflowed(live: Sequence[Number], snapshot: Snapshot) -> Iterator[Violation]:
    """Finite shares or exponentials beside a sign that one of them is infinite: then there are no shares."""
    endless = [
        owner
        for owner, places in snapshot.pieces.items()
        if isinstance(owner.piece, Formula | Words)
        and (snapshot.opacity[places] >= READABLE_OPACITY).any()
        and MIXED.code not in snapshot.parts[places[0]].allowed
        and _is_endless(owner.piece)
    ]
    finite = [number for number in live if number.family in ("a", "e", "S") and number.digits is not None]
    if endless and finite:
        measured = f"{finite[0].key} {finite[0].text} beside infinity"
        yield MIXED.violation(endless[0].name, finite[0].owner.name, measured=measured, excess=1.0)


def _is_endless(piece: Formula | Words) -> bool:
    """Whether a text says that a value is infinite; a formula in which ∞ is only a part may be a limit."""
    return piece.plain == "∞" if isinstance(piece, Formula) else bool(ENDLESS.search(piece.text))


def _other_targets(
    numbers: Sequence[Number], snapshot: Snapshot, solution: FilmSolution
) -> Iterator[Violation]:
    """Numbers of the smoothed targets y′ beside a formula of the targets y.

    Each formula is judged alone: one that defines y′ does not say that another one is about y′.
    """
    softened = any(number.family == "eps" and number.digits for number in numbers)
    smoothed = [
        number
        for number in numbers
        if STATES.get(number.family, ("",))[0] == SMOOTHED or (softened and _has_left(number, solution))
    ]
    for owner in snapshot.pieces:
        if smoothed and isinstance(owner.piece, Formula) and _letters(owner.piece) & TARGETS == {"y"}:
            measured = f"{smoothed[0].key} {smoothed[0].text} beside a formula with the targets y"
            yield MIXED.violation(smoothed[0].owner.name, owner.name, measured=measured, excess=1.0)
            return


def _has_left(number: Number, solution: FilmSolution) -> bool:
    """Whether a live target or slope has another value than in the lesson: then it follows the smoothing."""
    if number.family not in ("g", "y") or not isinstance(number.owner.piece, Readout):
        return False
    quantity = solution.quantities.get(number.key)
    known = None if quantity is None else decimal(quantity.text)
    return known is not None and number.digits not in (None, known)


def _letters(formula: Formula) -> set[str]:
    """The letters of a formula that have an index."""
    return {str(node.expr.base) for node in formula.nodes if isinstance(node.expr, Indexed)}
