"""RUSHED and UNSPOKEN: whether each line of algebra stands long enough, and on a word of its beat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sympy import Float, Indexed, Integer, Rational, Symbol

from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.core.formulas.nodes import Partial, Shown
from softmax_explained.core.printing.boxes import Node
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import AlgebraLine, Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import (
    FORMULA_STAYS,
    FORMULA_STAYS_PER_SYMBOL,
    INTACT,
    LINE_STAYS,
    MARK_NEAR,
    PIXEL,
    READABLE_OPACITY,
    TIME_ROUNDING,
    UNDIMMED,
)

RUSHED = Rule(
    "RUSHED", "at least {:.2f} s", "start the next line on a later word, or leave this line bright for longer"
)
UNSPOKEN = Rule(
    "UNSPOKEN", "within {:.1f} s of a marked word", "put a mark on the word that says it, and show it there"
)

RELATIONS = ("=", "≈", "≤", "≥", "<", ">", "≠", "→")
LONG = 6  # symbols from which a side of a derivation counts as a line even without a relation sign
LEAVES = (Indexed, Symbol, Shown, Float, Integer, Rational)


@dataclass
class _Seen:
    """One formula over time: per picture the time, its bright glyphs, and where these are."""

    formula: Formula
    beat_id: str
    appears: float
    carried: bool  # it was there in the first picture of the chapter
    top: float
    allowed: Mapping[str, str]
    samples: list[tuple[float, frozenset[int], NDArray[np.float64]]] = field(default_factory=list)


class AlgebraWatch:
    """Watches the formulas of a chapter."""

    def __init__(self) -> None:
        self._seen: dict[int, _Seen] = {}
        self._last: float | None = None
        self._starts = [0.0, 0.0]  # of the last two moves

    def move(self, time: float) -> None:
        """Note that a move starts: a line that it brings appears from then on."""
        self._starts = [self._starts[1], time]

    def see(self, beat_id: str, time: float, snapshot: Snapshot) -> None:
        """Note which glyphs of each formula are bright in a picture."""
        previous = time if self._last is None else self._last
        for owner, places in snapshot.pieces.items():
            formula = owner.piece
            if not isinstance(formula, Formula):
                continue
            readable = [place for place in places if snapshot.fills[place, 3] >= READABLE_OPACITY]
            if not readable:
                continue
            if id(formula) not in self._seen:
                top = float(snapshot.boxes[places, 3].max())
                allowed = snapshot.parts[places[0]].allowed
                start = self._starts[0] if previous >= self._starts[1] >= time else self._starts[1]
                first = _Seen(formula, beat_id, min(start, previous), self._last is None, top, allowed)
                self._seen[id(formula)] = first
            numbers = {id(glyph): n for n, glyph in enumerate(formula.submobjects)}
            bright = [place for place in readable if snapshot.fills[place, 3] >= UNDIMMED]
            own = {numbers.get(id(snapshot.parts[place].mobject), -1): place for place in bright}
            own.pop(-1, None)  # what an animation has put into the formula for a moment
            order = sorted(own)
            boxes = snapshot.boxes[[own[number] for number in order]]
            middle = (boxes[:, :2] + boxes[:, 2:]) / 2
            if len(middle) and snapshot.ems[owner]:
                middle = (middle - middle[0]) / snapshot.ems[owner]
            self._seen[id(formula)].samples.append((time, frozenset(order), middle))
        self._last = time

    def lines(self, derivation_lines: Set[str]) -> list[tuple[AlgebraLine, Mapping[str, str]]]:
        """Every line of algebra, in the order in which they appear, with what is allowed for it."""
        shown = sorted(self._seen.values(), key=lambda seen: (seen.appears, -seen.top))
        shown = [seen for seen in shown if _is_line(seen.formula, derivation_lines)]
        by_text: dict[str, list[_Seen]] = defaultdict(list)
        for seen in shown:
            by_text[seen.formula.plain].append(seen)
        found = list[tuple[AlgebraLine, Mapping[str, str]]]()
        parents = list[Formula]()
        for seen in shown:
            same = by_text[seen.formula.plain]
            if seen is not same[0]:
                continue
            start, end = _longest([each for one in same for each in _complete(one)])
            new = new_symbols(seen.formula, parents)
            parents.append(seen.formula)
            least = max(LINE_STAYS, FORMULA_STAYS + FORMULA_STAYS_PER_SYMBOL * new)
            line = AlgebraLine(
                seen.beat_id, seen.formula.plain, seen.appears, start, end, least, new, seen.carried
            )
            found.append((line, seen.allowed))
        return found


def rushed_lines(lines: Sequence[tuple[AlgebraLine, Mapping[str, str]]]) -> Iterator[Violation]:
    """Lines that are not complete and undimmed for long enough."""
    for line, allowed in lines:
        short = line.needed - (line.until - line.complete_from)
        if short > TIME_ROUNDING and not line.carried and RUSHED.code not in allowed:
            measured = f"{line.until - line.complete_from:.2f} s for {line.new_symbols} new symbols"
            name = f"Formula {line.line}"
            violation = RUSHED.violation(name, measured=measured, excess=short, limit=line.needed)
            yield violation.at(line.beat, line.complete_from)


def unspoken_lines(
    lines: Sequence[tuple[AlgebraLine, Mapping[str, str]]], records: Sequence[BeatRecord]
) -> Iterator[Violation]:
    """Lines that do not appear on a marked word of their beat."""
    moves = {record.id: record.moves for record in records}
    for line, allowed in lines:
        if line.carried or UNSPOKEN.code in allowed:
            continue
        apart = [abs(move.word - line.appears) for move in moves.get(line.beat, ())]
        nearest = min(apart, default=float("inf"))
        if nearest > MARK_NEAR + TIME_ROUNDING:
            measured = f"{nearest:.1f} s from one" if apart else "its beat has no mark"
            name = f"Formula {line.line}"
            violation = UNSPOKEN.violation(name, measured=measured, excess=nearest, limit=MARK_NEAR)
            yield violation.at(line.beat, line.appears)


def skipped_steps(
    lines: Sequence[tuple[AlgebraLine, Mapping[str, str]]], derivations: Iterable[Derivation]
) -> Iterator[Violation]:
    """Lines that follow by a fact of the theory from a line that is not shown.

    Other lines of a derivation may be left out, as they can be calculated from the line before; and a line
    that another derivation reaches without a fact needs none.
    """
    shown = {_right_side(line.line) for line, _ in lines}
    steps = defaultdict[tuple[str, str], dict[str, str]](dict)  # by both sides of a line: line before, rule
    for derivation in derivations:
        left, sides = to_text(derivation.start), [to_text(line) for line in derivation.lines]
        for step, before, after in zip(derivation.steps, sides[:-1], sides[1:], strict=True):
            steps[left, after][before] = step.rule if step.rule in step.uses else ""
    for line, allowed in lines:
        left, right = line.line.rpartition(" = ")[0], _right_side(line.line)
        for (start, after), ways in steps.items():
            is_skipped = all(ways.values()) and not ways.keys() & shown
            if right != after or left not in ("", start) or line.carried or not is_skipped:
                continue
            if UNSPOKEN.code not in allowed:
                yield UNSPOKEN.violation(
                    f"Formula {line.line}",
                    measured=f"the line to which {min(ways.values())} is applied is not shown",
                    excess=1.0,
                    limit=MARK_NEAR,
                    hint="show the line before it too, and say what is used",
                ).at(line.beat, line.appears)


def _right_side(line: str) -> str:
    """What stands behind the last sign of equality of a line, also of one that hangs below another."""
    return line.removeprefix("= ").rpartition(" = ")[2]


def new_symbols(formula: Formula, parents: Sequence[Formula]) -> int:
    """The symbols of a line that are not in its parent: the earlier line that shares most with it.

    Terms and factors that the parent has too are not read again; a changed one is read as a whole, every
    letter with its index, number, sign and relation sign counting as one.
    """
    counts = [_unread(formula, parent) for parent in parents]
    return min([*counts, _unread(formula, None)])


def _unread(formula: Formula, parent: Formula | None) -> int:
    known = Counter[object]() if parent is None else _expressions(parent)
    return sum(_count(formula, node, known) for node in formula.nodes if node.parent is None)


def _expressions(formula: Formula) -> Counter[object]:
    return Counter(node.expr for node in formula.nodes if node.kind == "expr")


def _count(formula: Formula, node: Node, known: Counter[object]) -> int:
    """The unread symbols of a node: none if the parent has it, all of them if it is new within a product."""
    if node.kind == "op":
        return int(node.expr not in known and not known) if known else 1
    if known[node.expr] > 0:
        return 0
    if isinstance(node.expr, LEAVES) or not node.children or _is_slope(node.expr):
        return 1
    kind = type(node.expr).__name__
    children = [formula.nodes[child] for child in node.children]
    if known and kind in ("Add", "Mul", "Equality", "Approx"):
        return sum(_count(formula, child, known) for child in children)
    return sum(_count(formula, child, Counter()) for child in children)


def _is_slope(expr: object) -> bool:
    """Whether it is the derivative of a letter, ∂C/∂z_i, which is read as one symbol."""
    return isinstance(expr, Partial) and isinstance(expr.f, Indexed | Symbol)


def _is_line(formula: Formula, derivation_lines: Set[str]) -> bool:
    """Whether a formula with letters states a relation but no mere value, or is a long side of a line."""
    letters = [node for node in formula.nodes if isinstance(node.expr, Indexed | Symbol)]
    if not letters:
        return False
    relations = [node for node in formula.nodes if node.kind == "op" and node.expr in RELATIONS]
    if not any(_depth(formula, node) <= 1 for node in relations):
        long = sum(isinstance(node.expr, LEAVES) or node.kind == "op" for node in formula.nodes) >= LONG
        return long and formula.plain in derivation_lines  # a short one, such as a_i, is a letter
    root = formula.nodes[0]
    sides = [formula.nodes[child] for child in root.children if formula.nodes[child].kind == "expr"]
    simple = sum(not side.children or isinstance(side.expr, LEAVES) for side in sides)
    values = any(isinstance(side.expr, Shown | Float | Integer | Rational) for side in sides)
    return not (values and simple == len(sides))


def _depth(formula: Formula, node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node, depth = formula.nodes[node.parent], depth + 1
    return depth


def _complete(seen: _Seen) -> list[tuple[float, float]]:
    """The intervals in which all glyphs that are ever shown are bright and in their places."""
    whole: frozenset[int] = max((bright for _, bright, _ in seen.samples), key=len)
    if not whole:
        return []
    places = [middle for _, bright, middle in seen.samples if bright == whole]
    rest = places[-1] if len(places) < 3 else np.median(np.array(places), axis=0)
    scale = INTACT * PIXEL / max(seen.formula.em, 1e-3)
    found, since, last = list[tuple[float, float]](), None, 0.0
    for time, bright, middle in seen.samples:
        intact = bright == whole and bool((np.abs(middle - rest) <= scale + 0.02).all())
        if since is not None and not intact:
            found.append((since, last))
            since = None
        elif since is None and intact:
            since = time
        last = time
    if since is not None:
        found.append((since, last))
    return found


def _longest(intervals: list[tuple[float, float]]) -> tuple[float, float]:
    """The longest of some intervals, where those that nearly meet are one."""
    joined = list[tuple[float, float]]()
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + 0.15:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return max(joined, key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))


def gaps(spans: Sequence[tuple[float, float]], start: float, end: float) -> Iterator[tuple[float, float]]:
    """The parts of a time that no span covers."""
    edges = [(start, start), *sorted(spans), (end, end)]
    reached = start
    for (_, before), (after, _) in pairwise(edges):
        reached = max(reached, before)
        if after > reached:
            yield reached, min(after, end)
