"""Which proved statement a formula is: a line, an identity, a definition, or numbers that are recomputed.

No prover runs here. A relation is looked up by its structure: brackets do not count, a number counts as the
letter it stands for, an open index may be another letter or a class, and a definition may be written out,
term by term or with dots.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Protocol

from sympy import Eq, Expr, Integer, Number, Symbol
from sympy.tensor.indexed import Indexed

from softmax_explained.core.derivations.derivation import Derivation, When
from softmax_explained.core.derivations.identities import IDENTITIES, Identity
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Dots, Literal, Shown
from softmax_explained.core.formulas.relations import Link, links
from softmax_explained.core.formulas.structure import Tree, tree, unify, written_out
from softmax_explained.core.formulas.symbols import DEFINITIONS, K, M, i, j, k, m
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.arithmetic import compute
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.quantities.substitution import SAME, with_numbers, with_result
from softmax_explained.errors import ProofError, UnknownQuantityError, UsageError

FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "="}
INDICES = {i: K, j: K, k: K, m: M}
CASES = {"i=j": "i = j", "i!=j": "i ≠ j"}


@dataclass(frozen=True)
class Statement:
    """One proved relation.

    Attributes:
        name: what a ledger calls it, such as ``collapse:9``.
        link: left-hand side, sign, right-hand side.
        free: its open indices.
        when: the case it holds in.
        given: equations that a lesson's numbers must fulfil.
    """

    name: str
    link: Link
    free: tuple[Symbol, ...]
    when: When = None
    given: tuple[Expr, ...] = ()

    def __str__(self) -> str:
        return told(self.link)

    @cached_property
    def sides(self) -> tuple[Tree, Tree]:
        """The structure of both sides."""
        return tree(self.link[0]), tree(self.link[2])


def told(link: Link) -> str:
    """A relation as plain text."""
    return f"{to_text(link[0])} {link[1]} {to_text(link[2])}"


class Numbers(Protocol):
    """What is asked of a solution: its size, its focus class, counted from 0, and its quantities."""

    @property
    def K(self) -> int:
        """How many classes."""

    @property
    def M(self) -> int:
        """How many inputs."""

    @property
    def i(self) -> int:
        """The class that the open index i is about."""

    def __getitem__(self, key: str) -> Quantity:
        """A quantity."""


class Statements:
    """All that a film has defined and proved.

    Args:
        definitions: letter → equation.
        derivations: by name.
        identities: by name.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> from softmax_explained.core.solve import solve
    >>> from softmax_explained.core.formulas.symbols import a, y
    >>> from sympy import Eq
    >>> STATEMENTS.prove(Eq(a[2], a[2] + 1, evaluate=False), solve(default_lesson()))
    Traceback (most recent call last):
    softmax_explained.errors.ProofError: a_2 = a_2 + 1 is not proved
      nothing reads like it; register it in core/derivations/identities.py, or as a line of a derivation
    """

    def __init__(
        self,
        definitions: Mapping[str, Expr],
        derivations: Mapping[str, Derivation],
        identities: Mapping[str, Identity],
    ) -> None:
        self._all = [
            *_of_definitions(definitions),
            *(one for identity in identities.values() for one in _of_identity(identity)),
            *(one for derivation in derivations.values() for one in _of_derivation(derivation)),
        ]

    def prove(self, expr: Any, solution: Numbers) -> tuple[str, ...]:
        """Name the proof of every relation in a formula, in reading order.

        Args:
            expr: the formula, as it is shown.
            solution: the numbers of the lesson; letters with the open index i are about its focus class.

        Raises:
            ProofError: a relation is not proved, its numbers are not the lesson's, or it has the wrong sign.
        """
        for number in expr.atoms(Shown):
            if number.key and number.text not in (solution[number.key].text, solution[number.key].signed):
                raise ProofError(
                    f"{to_text(expr)}: {number.text} is not {number.key}, {solution[number.key].text}",
                    hint="make numbers with leaf(quantity) or with_numbers",
                )
        names, whole = list[str](), None
        for left, sign, right in links(expr):
            if left.atoms(Dots) and whole is not None:  # nobody can compute what dots leave out
                left = whole
            names.append(self._proof((left, sign, right), solution))
            whole = left
        return tuple(names)

    def side_of(self, expr: Any, solution: Numbers) -> str | None:
        """Name a statement of which a formula without a relation is one side; None if there is none."""
        if isinstance(expr, Shown):
            return f"value:{expr.key}"
        shown = tree(expr, lambda number: solution[number.key].symbol)
        for statement in self._all if isinstance(shown, tuple | Symbol) else ():
            for side in statement.sides:
                at = dict[Symbol, Any]()
                if unify(side, shown, at, statement.free, {}) and not _refused(statement, at, solution):
                    return statement.name
        return None

    def _proof(self, link: Link, solution: Numbers) -> str:
        left, sign, right = link
        if _is_number(left) and _is_number(right):
            return _recomputed(link, solution)
        sides = [tree(side, lambda number: solution[number.key].symbol) for side in (left, right)]
        if sign in ("=", "≤", "≥") and unify(sides[0], sides[1], {}, (), {}):
            return f"value:{right.key}" if isinstance(right, Shown) else "same"
        sizes = {K: solution.K, M: solution.M}
        if left in INDICES and sign == "=" and isinstance(right, Integer):
            return self._of(link, "index" if 1 <= right <= sizes[INDICES[left]] else None)
        why = ""
        for statement, at in self._matches(sides, sign, sizes):
            if not (why := _refused(statement, at, solution)):
                return statement.name
        if isinstance(right, Shown) and sign == "=" and _has_value(left, right, solution):
            return f"value:{right.key}"
        return self._of(link, None, why)

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

    def _of(self, link: Link, name: str | None, why: str = "") -> str:
        if name:
            return name
        if not why:
            near = {str(one): one.name for one in self._all}
            close = difflib.get_close_matches(told(link), near, n=3)
            why = ", ".join(f"{text} ({near[text]})" for text in close)
            why = f"near it: {why}" if why else "nothing reads like it"
        raise ProofError(
            f"{told(link)} is not proved",
            hint=f"{why}; register it in core/derivations/identities.py, or as a line of a derivation",
        )


def _of_definitions(definitions: Mapping[str, Expr]) -> Iterator[Statement]:
    for name, equation in definitions.items():
        for link in links(equation):
            yield Statement(f"definition:{name}", link, tuple(getattr(link[0], "indices", ())))


def _of_derivation(one: Derivation) -> Iterator[Statement]:
    for first, last in combinations(range(len(one)), 2):
        name = f"{one.name}:{f'{first}=' if first else ''}{last}"
        yield Statement(name, (one[first], "=", one[last]), one.free, one.when)


def _of_identity(one: Identity) -> Iterator[Statement]:
    for link in links(one.relation):
        yield Statement(f"identity:{one.name}", link, one.free, one.when, one.given)
    for condition in (*one.given, *one.chosen):
        yield Statement(f"condition:{one.name}", (condition.lhs, "=", condition.rhs), one.free)


def _refused(statement: Statement, at: Mapping[Symbol, Any], solution: Numbers) -> str:
    """Why a statement does not hold for the indices found; "" if it does."""
    for index, value in at.items():
        size = solution.M if INDICES.get(index) == M else solution.K
        if not (1 <= value <= size if isinstance(value, int) else INDICES.get(value) == INDICES.get(index)):
            return f"{statement}: {value} cannot stand for {index}"
    if statement.when and (at.get(i) == at.get(j)) != (statement.when == "i=j"):
        return f"{statement} holds only for {CASES[statement.when]}"
    given = statement.given
    if (
        statement.name.startswith("condition:")
        and at
        and all(isinstance(value, int) for value in at.values())
    ):
        given = (Eq(statement.link[0], statement.link[2], evaluate=False),)
    if not all(_is_fulfilled(condition, at, solution) for condition in given):
        return f"{statement} holds only for {', '.join(map(to_text, given))}"
    return ""


def _is_fulfilled(condition: Expr, at: Mapping[Symbol, Any], solution: Numbers) -> bool:
    """Whether a condition holds for the lesson's numbers, for every value of an index that is not given."""
    fixed = {index: value - 1 for index, value in at.items() if isinstance(value, int)}
    own = condition.lhs.indices[0] if isinstance(condition.lhs, Indexed) else None
    for n in range(solution.K):
        index = {own: n, **fixed} if own else fixed
        try:
            numbers = [with_numbers(part, solution, index) for part in condition.args]
            left, right = (compute(part, shown=False) for part in numbers)
        except UsageError:
            return False
        if abs(left - right) > SAME:
            return False
    return True


def _is_number(expr: Any) -> bool:
    return isinstance(expr, Shown | Literal | Number | Dots) or (
        bool(expr.args) and not isinstance(expr, Indexed) and all(map(_is_number, expr.args))
    )


def _has_value(expr: Any, number: Any, solution: Numbers) -> bool:
    """Whether letters come to a number of the lesson."""
    try:
        with_result(with_numbers(expr, solution, {i: solution.i}), solution[number.key])
    except (ProofError, UsageError, UnknownQuantityError):
        return False
    return True


def _recomputed(link: Link, solution: Numbers) -> str:
    """Compute both sides of a relation of numbers, from their exact values and from the digits on screen."""
    left, sign, right = link
    if isinstance(right, Shown) and right.key and sign in ("=", "≈"):
        made = with_result(left, solution[right.key])
        if next(links(made))[1] != sign:
            raise ProofError(f"{told(link)}: the digits shown ask for {next(links(made))[1]}", hint=RULE)
        return "numbers"
    for shown in (False, True):
        one, other = (compute(side, shown=shown) for side in (left, right))
        holds = {"=": one == other, "≠": one != other, "<": one < other, ">": one > other}
        holds |= {"≤": one <= other, "≥": one >= other, "≈": not shown and abs(one - other) <= SAME}
        if not holds[sign] and not (sign == "≈" and shown):
            raise ProofError(f"{told(link)} does not hold", hint=RULE)
    return "numbers"


RULE = "= only if the digits on screen give the digits of the result, else ≈; see with_result"


#: All that a scene of the film may claim.
STATEMENTS = Statements(DEFINITIONS, DERIVATIONS, IDENTITIES)
