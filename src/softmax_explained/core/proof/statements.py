"""Which proved statement a formula is: a line, an identity, a definition, or numbers that are recomputed.

No prover runs here. A relation is looked up by its structure: brackets do not count, a number counts as the
letter it stands for, an open index may be another letter or a class, and a definition may be written out,
term by term or with dots.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from sympy import Eq, Indexed, Integer, Number, Symbol, evaluate

from softmax_explained.core.derivations.derivation import CASES
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import Approx, Dots, Literal, Shown
from softmax_explained.core.formulas.relations import Link, links
from softmax_explained.core.formulas.structure import Tree, tree, unify, written_out
from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.statement import Statement, link_text, statements_of
from softmax_explained.core.quantities.substitution import SAME, compute, with_numbers, with_result
from softmax_explained.errors import ProofError, UnknownQuantityError, UsageError

FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≈": "≈"}
RULE = "= only if the digits on screen give the digits of the result, else ≈; see with_result"


class Statements:
    """All that a theory defines and proves, as relations that a formula may claim.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> from softmax_explained.core.solution import solve
    >>> from softmax_explained.core.formulas.symbols import C, a, log
    >>> from sympy import Eq
    >>> Statements(SOFTMAX).proofs_of(Eq(C, -log(a[2]), evaluate=False), solve(default_lesson()))
    ('identity:one_hot_loss',)
    """

    def __init__(self, theory: Theory) -> None:
        self._indices = theory.indices
        self._all = list(statements_of(theory))

    def proofs_of(self, expr: Any, solution: FilmSolution) -> tuple[str, ...]:
        """Name the proof of every relation in a formula, in reading order.

        Args:
            expr: the formula, as it is shown.
            solution: the numbers of the lesson; letters with the open index i are about its focus class.

        Raises:
            ProofError: a relation is not proved, its numbers are not the lesson's, or it has the wrong sign.
        """
        for number in expr.atoms(Shown):
            quantity = solution[number.key] if number.key else None
            is_printed = quantity is not None and number.text in (quantity.text, quantity.signed)
            if not is_printed and not (quantity and _needs_a_digit_more(number, expr, solution)):
                known = f"{quantity.key}, {quantity.text}" if quantity else "the value of a quantity"
                raise ProofError(
                    f"{to_text(expr)}: {number.text} is not {known}",
                    hint="make numbers with quantity.shown or with_numbers",
                )
        names, whole = list[str](), None
        for left, sign, right in links(expr):
            if left.atoms(Dots) and whole is not None:  # what dots leave out cannot be computed
                left = whole
            names.append(self._proof((left, sign, right), solution))
            whole = left
        return tuple(names)

    def side_of(self, expr: Any, solution: FilmSolution) -> str | None:
        """Name a statement of which a formula without a relation is one side; None if there is none."""
        if isinstance(expr, Shown):
            return f"value:{expr.key}"
        shown = tree(expr, lambda number: solution[number.key].symbol)
        for statement in self._all if isinstance(shown, tuple | Symbol) else ():
            for side in statement.sides:
                at = dict[Symbol, Any]()
                if unify(side, shown, at, statement.free, {}) and not self._refused(statement, at, solution):
                    return statement.name
        return None

    def _proof(self, link: Link, solution: FilmSolution) -> str:
        left, sign, right = link
        if _is_number(left) and _is_number(right):
            _check_numbers(link, solution)
            return "numbers"
        sides = [tree(side, lambda number: solution[number.key].symbol) for side in (left, right)]
        if sign in ("=", "≤", "≥") and unify(sides[0], sides[1], {}, (), {}):
            return f"value:{right.key}" if isinstance(right, Shown) else "same"
        sizes = self._sizes(solution)
        for one, other in (sides, sides[::-1]) if sign == "=" else ():
            if unify(written_out(one, sizes), other, {}, (), {}):
                return "same"
        end = sizes[self._indices[left]] if left in self._indices else 0
        if sign == "=" and isinstance(right, Integer) and 1 <= right <= end:
            return "index"
        why = ""
        for statement, at in self._matches(sides, sign, sizes):
            if not (why := self._refused(statement, at, solution)):
                return statement.name
        if isinstance(right, Shown) and sign == "=" and self._has_value(left, right, solution):
            return f"value:{right.key}"
        if not why:
            near = {str(one): one.name for one in self._all}
            close = difflib.get_close_matches(link_text(link), near, n=3)
            why = ", ".join(f"{text} ({near[text]})" for text in close)
            why = f"near it: {why}" if why else "nothing proved is similar"
        raise ProofError(
            f"{link_text(link)} is not proved",
            hint=f"{why}; register it in core/derivations/identities.py, or as a line of a derivation",
        )

    def _matches(
        self, shown: list[Tree], sign: str, sizes: Mapping[Symbol, int]
    ) -> Iterator[tuple[Statement, dict[Symbol, Any]]]:
        for statement in self._all:
            pairs = [shown] if sign == statement.link[1] else []
            pairs += [shown[::-1]] if FLIPPED.get(sign) == statement.link[1] else []
            ways = [statement.sides]
            if statement.name.startswith("definition:"):
                ways.append(tuple(written_out(side, sizes) for side in statement.sides))
            for pair in pairs:
                for sides in ways:
                    at = dict[Symbol, Any]()
                    if all(unify(*both, at, statement.free, {}) for both in zip(sides, pair, strict=True)):
                        yield statement, at

    def _sizes(self, solution: FilmSolution) -> Mapping[Symbol, int]:
        return {end: int(solution[end.name].value) for end in set(self._indices.values())}

    def _refused(self, statement: Statement, at: Mapping[Symbol, Any], solution: FilmSolution) -> str:
        """Why a statement does not hold for the indices found; "" if it does."""
        sizes = self._sizes(solution)
        for index, value in at.items():
            end = self._indices[index]
            if not (1 <= value <= sizes[end] if isinstance(value, int) else self._indices.get(value) == end):
                return f"{statement}: {value} cannot stand for {index}"
        named = {index.name: value for index, value in at.items()}
        if statement.when:
            first, second = named.get(statement.when[0]), named.get(statement.when[-1])
            if (first == second) != (statement.when == "i=j"):
                return f"{statement} holds only for {CASES[statement.when]}"
        given = statement.given
        is_concrete = bool(at) and all(isinstance(value, int) for value in at.values())
        if statement.name.startswith("condition:") and is_concrete:
            given = (Eq(statement.link[0], statement.link[2], evaluate=False),)
        fixed = {index: value - 1 for index, value in at.items() if isinstance(value, int)}
        if not all(self._is_fulfilled(condition, fixed, solution) for condition in given):
            return f"{statement} holds only for {', '.join(map(to_text, given))}"
        return ""

    def _is_fulfilled(self, condition: Any, fixed: Mapping[Symbol, int], solution: FilmSolution) -> bool:
        """Whether a condition holds for the lesson's numbers, for every value of its own index."""
        own = next((at for at in getattr(condition.lhs, "indices", ()) if at in self._indices), None)
        for n in range(self._sizes(solution)[self._indices[own]] if own else 1):
            index = {own: n, **fixed} if own else fixed
            try:
                numbers = [with_numbers(part, solution, index) for part in condition.args]
                left, right = (compute(part, shown=False) for part in numbers)
            except UsageError:
                return False
            if abs(left - right) > SAME:
                return False
        return True

    def _has_value(self, expr: Any, number: Any, solution: FilmSolution) -> bool:
        """Whether an expression in letters has the value of a number of the lesson."""
        index = {at: solution.letters[at.name] for at in self._indices if at.name in solution.letters}
        try:
            with_result(with_numbers(expr, solution, index), solution[number.key])
        except (ProofError, UsageError, UnknownQuantityError):
            return False
        return True


def _is_number(expr: Any) -> bool:
    """Whether a formula has numbers only, no letters."""
    return isinstance(expr, Shown | Literal | Number | Dots) or (
        bool(expr.args) and not isinstance(expr, Indexed) and all(map(_is_number, expr.args))
    )


def _needs_a_digit_more(number: Any, expr: Any, solution: FilmSolution) -> bool:
    """Whether a number has one digit more than elsewhere, and the digits give a result only with that."""
    quantity = solution[number.key]
    finer = quantity.finer()
    if number.text not in (finer.text, finer.signed):
        return False
    for left, sign, right in links(expr):
        if sign == "=" and number in left.atoms(Shown) and isinstance(right, Shown):
            with evaluate(False):
                coarser = left.xreplace({number: quantity.shown})
            return isinstance(with_result(coarser, solution[right.key]), Approx)
    return False


def _check_numbers(link: Link, solution: FilmSolution) -> None:
    """Raise ProofError unless both sides agree, computed from exact values and from the digits on screen."""
    left, sign, right = link
    if isinstance(right, Shown) and right.key and sign in ("=", "≈"):
        _, correct, _ = next(links(with_result(left, solution[right.key])))
        if correct != sign:
            raise ProofError(f"{link_text(link)}: the digits shown ask for {correct}", hint=RULE)
        return
    for shown in (False, True):
        one, other = (compute(side, shown=shown) for side in (left, right))
        holds = {"=": one == other, "≠": one != other, "<": one < other, ">": one > other}
        holds |= {"≤": one <= other, "≥": one >= other, "≈": shown or abs(one - other) <= SAME}
        if not holds[sign]:
            raise ProofError(f"{link_text(link)} does not hold", hint=RULE)
