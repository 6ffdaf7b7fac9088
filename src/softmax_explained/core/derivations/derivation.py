"""A derivation: a first line, and steps that each name the rule that gives their line from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sympy import Eq, Expr, Symbol

from softmax_explained.core.formulas.nodes import Approx

#: Side condition of a case. None: the free indices may be anything.
When = Literal["i=j", "i!=j"] | None
CASES: dict[When, str] = {"i=j": "i = j", "i!=j": "i ≠ j"}

#: The fact of softmax that a step may use beyond the definitions, see `Theory.facts`.
TARGETS_SUM_TO_ONE = "targets-sum-to-one"
SUM_TO_ONE = frozenset({TARGETS_SUM_TO_ONE})


@dataclass(frozen=True)
class Step:
    """One line and why it follows from the line before."""

    expr: Expr  # the new right-hand side
    rule: str  # a short stable id such as "quotient-rule"; its wording belongs to the words file
    uses: frozenset[str] = frozenset()  # the facts of the theory that it needs beyond the definitions
    #: A letter near 0: the lines differ, but have the same value and the same slope along it at 0 (≈).
    small: Expr | None = None


@dataclass(frozen=True, init=False)
class Derivation:
    """A chain of equal lines, line 0 being the expression that is derived; a step may be ≈ to first order.

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> direct = DERIVATIONS["direct_path"]
    >>> len(direct), direct[-1]
    (4, a[i]*y[i] - y[i])
    """

    name: str
    start: Expr  # line 0, the left-hand side of every equation
    steps: tuple[Step, ...]
    free: tuple[Symbol, ...]  # open indices: the lines hold for each value of them that `when` allows
    when: When  # the case it is about

    def __init__(
        self, name: str, start: Expr, *steps: Step, free: tuple[Symbol, ...] = (), when: When = None
    ) -> None:
        vars(self).update(name=name, start=start, steps=steps, free=free, when=when)

    @cached_property
    def lines(self) -> tuple[Expr, ...]:
        """The start and the right-hand side of each step."""
        return (self.start, *(step.expr for step in self.steps))

    @cached_property
    def equations(self) -> tuple[Expr, ...]:
        """The equation start = line, or ≈, for each line after the first, as the film shows them."""
        return tuple(self.chain(0, line) for line in range(1, len(self)))

    def sign(self, first: int, last: int) -> Literal["=", "≈"]:
        """Return "≈" if a step between two lines holds to first order only, else "="."""
        first, last = sorted((first % len(self), last % len(self)))
        return "≈" if any(step.small is not None for step in self.steps[first:last]) else "="

    def chain(self, *lines: int) -> Expr:
        """Give some lines as one chain: line = line = line.

        >>> from softmax_explained.core.derivations.registry import DERIVATIONS
        >>> DERIVATIONS["chain"].chain(0, 1) == DERIVATIONS["chain"].equations[0]
        True
        """
        shown, last = self[lines[0]], lines[0]
        for line in lines[1:]:
            near = self.sign(last, line) == "≈"
            shown, last = Approx(shown, self[line]) if near else Eq(shown, self[line], evaluate=False), line
        return shown

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule of each step."""
        return tuple(step.rule for step in self.steps)

    def pairs(self) -> Iterator[tuple[Expr, Step]]:
        """Each step with the line it starts from."""
        return zip(self.lines[:-1], self.steps, strict=True)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, line: int) -> Expr:
        return self.lines[line]
