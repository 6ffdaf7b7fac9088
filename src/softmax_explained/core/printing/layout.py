"""From a SymPy tree to boxes, keeping for every box the node it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import sympy as sp
from sympy.core.numbers import Exp1
from sympy.core.relational import Relational
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas import nodes
from softmax_explained.core.formulas.relations import SIGNS
from softmax_explained.core.printing.boxes import (
    PRIME,
    THIN_SPACE,
    Box,
    Choice,
    Digits,
    Fence,
    Letter,
    Node,
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
)
from softmax_explained.core.printing.precedence import (
    ATOM,
    MUL,
    POW,
    bare,
    binding,
    denominator,
    factors,
    fraction,
    is_greedy,
    is_reciprocal,
    stand_apart,
    starts_with_digit,
    terms,
    without_minus,
)
from softmax_explained.errors import UsageError

SUM = Sign("∑", "before")


class Layout:
    """Lays one formula out.

    Args:
        expr: the formula, built under `evaluate(False)`.
        bounds: whether a full sum shows its bounds (Σ_{k=1}^K) or only its index (Σ_k).

    Raises:
        UsageError: for a string, or a node that has no rule here: nothing is ever printed by `str()`.

    >>> from softmax_explained.core.formulas.symbols import a, i, y
    >>> [node.kind for node in Layout(a[i] + y[i]).nodes]
    ['expr', 'expr', 'op', 'expr']
    """

    def __init__(self, expr: Any, *, bounds: bool = False) -> None:
        if isinstance(expr, str):
            raise UsageError(
                f"a formula cannot be the string {expr!r}",
                hint="give a SymPy expression, or Word(text) for a word inside a formula",
            )
        self._nodes: list[Node] = []
        self._open: list[int] = []
        self._bounds = bounds
        self.box = self.place(sp.sympify(expr))
        children: list[list[int]] = [[] for _ in self._nodes]
        for node in self._nodes:
            if node.parent is not None:
                children[node.parent].append(node.id)
        self.nodes = tuple(replace(node, children=tuple(children[node.id])) for node in self._nodes)

    def place(self, expr: sp.Expr) -> Owned:
        """Draw an expression as a node of its own."""
        expr = bare(expr)
        return self.own("expr", expr, lambda: self.draw(expr))

    def at_least(self, level: int, expr: sp.Expr) -> Owned:
        """Draw an expression, in parentheses if it binds less tightly than `level`."""
        return self.fence(expr) if binding(expr) < level else self.place(expr)

    def fence(self, expr: sp.Expr) -> Owned:
        """Draw an expression in parentheses, which are a node too."""
        return self.own("paren", bare(expr), lambda: Fence(self.place(expr)))

    def sign(self, char: str, place: Literal["before", "between"] = "between") -> Owned:
        """Draw a sign as a node."""
        return self.own("op", char, lambda: Sign(char, place))

    def own(
        self, kind: Literal["expr", "op", "paren", "limits"], expr: Any, draw: Callable[[], Box]
    ) -> Owned:
        """Make a node of what `draw` draws; the nodes made meanwhile are its descendants."""
        node = Node(len(self._nodes), kind, expr, self._open[-1] if self._open else None)
        self._nodes.append(node)
        self._open.append(node.id)
        body = draw()
        self._open.pop()
        return Owned(node.id, body)

    def draw(self, expr: Any) -> Box:
        """Draw one expression, without its node, by the rule of its type."""
        match expr:
            case nodes.Vector() | nodes.Matrix():
                return Letter(expr.name, bold=True, upright=True)
            case sp.Symbol():
                return Letter(expr.name)
            case sp.IndexedBase():
                return Letter(str(expr.label))
            case Exp1():
                return Letter("e")
            case sp.Integer():
                return Digits(_with_minus(expr))
            case sp.Rational():
                return Over(Digits(str(expr.p)), Digits(str(expr.q)))
            case nodes.Literal():
                return Digits(_with_minus(expr.number))
            case nodes.Shown():
                return Digits(expr.text)
            case nodes.Word():
                return Text(expr.text)
            case nodes.Dots():
                return Sign("⋯")
            case Indexed():
                return Script(Letter(str(expr.base.label)), self._indices(expr.indices))
            case sp.KroneckerDelta():
                return Script(Letter("delta"), self._indices(expr.args))
            case sp.Add():
                return self._sum_of_terms(expr)
            case sp.Mul():
                return self._product(expr)
            case sp.Pow():
                return self._power(expr)
            case sp.exp():
                return Script(Letter("e"), above=self.place(expr.args[0]))
            case sp.log():
                of = bare(expr.args[0])
                sums = isinstance(of, sp.Sum | nodes.SumNot)
                return Row((Sign("ln"), self.place(of) if sums else self.at_least(POW, of)))
            case sp.Sum():  # SymPy keeps the innermost limits first
                signs = [self._sum_sign(*limits) for limits in reversed(expr.limits)]
                return Row((*signs, self.at_least(MUL, expr.function)))
            case nodes.SumNot():
                below = self._condition(expr.index, "≠", expr.missing)
                return Row((Script(SUM, below), self.at_least(MUL, expr.body)))
            case nodes.Prime(f=sp.Symbol(name=name)):
                return Letter(f"{name}'")
            case nodes.Prime():
                return Script(self.fence(expr.f), above=Sign(PRIME))
            case nodes.Partial():
                return self._partial(expr)
            case nodes.Gradient():
                return Row((Script(Sign("∇", "before"), self.place(expr.x)), self.at_least(ATOM, expr.f)))
            case nodes.Differential() | nodes.Change():
                d = Letter("d" if isinstance(expr, nodes.Differential) else "Delta", upright=True)
                return Row((d, self.at_least(ATOM, expr.of)), "tight")
            case nodes.Slash():
                parts = self.at_least(POW, expr.over), Sign("/"), self.at_least(POW, expr.under)
                return Row(parts, "tight")
            case nodes.Transposed():
                return Script(self.at_least(ATOM, expr.of), above=Letter("T", upright=True))
            case nodes.Diag():
                return Row((Sign("diag"), self.fence(expr.of)), "tight")
            case nodes.Norm():
                return self.own("paren", expr.of, lambda: Fence(self.place(expr.of), "bars"))
            case nodes.Paren():
                return self.fence(expr.body)
            case nodes.Cases():
                return Choice(
                    tuple((self.place(value), self.place(condition)) for value, condition in expr.rows)
                )
            case sp.Tuple():
                row: list[Box] = []
                for part in expr.args:
                    row += [Sign(","), self.place(part)] if row else [self.place(part)]
                return Fence(Row(tuple(row)))
            case Relational() | nodes.Approx() | nodes.Becomes():
                return Row((self.place(expr.lhs), self.sign(SIGNS[type(expr)]), self.place(expr.rhs)))
            case sp.Number():
                raise UsageError(
                    f"no way to print the bare number {expr}",
                    hint="a number on screen is a quantity: use Shown(value, text, key)",
                )
        raise UsageError(
            f"no way to print a {type(expr).__name__}: {expr!r}",
            hint="use the nodes of core.formulas.nodes and SymPy's +, ×, powers, exp, log and Sum, "
            "or add a rule to core.printing.layout",
        )

    def _indices(self, indices: Any) -> Box:
        return Row(tuple(self.draw(index) for index in indices), "indices")

    def _sum_of_terms(self, expr: sp.Add) -> Box:
        row: list[Box] = []
        for n, term in enumerate(terms(expr)):
            negative, body = without_minus(term)
            if n or negative:
                row.append(self.sign("−" if negative else "+", "between" if n else "before"))
            row.append(self.at_least(MUL, body))
        return Row(tuple(row))

    def _product(self, expr: sp.Mul) -> Box:
        negative, body = without_minus(expr)
        if negative:
            return Row((self.sign("−", "before"), self.at_least(MUL, body)))
        if parts := fraction(expr):
            return Over(self.place(parts[0]), self.place(parts[1]))
        row: list[Box] = []
        found = factors(expr)
        for n, factor in enumerate(found):
            fenced = binding(factor) < MUL or (is_greedy(factor) and factor is not found[-1])
            if n and not fenced:
                if starts_with_digit(factor) or isinstance(found[n - 1], nodes.Literal):
                    row.append(self.sign("·"))
                elif stand_apart(found[n - 1], factor):
                    row.append(Sign(THIN_SPACE))
            row.append(self.fence(factor) if fenced else self.place(factor))
        return Row(tuple(row), "product") if len(row) > 1 else row[0]

    def _power(self, expr: sp.Pow) -> Box:
        if is_reciprocal(expr):
            return Over(Digits("1"), self.place(denominator(expr)))
        if isinstance(expr.base, Indexed):
            # x_2^2 is one attachment, so that both scripts are at the same x; letter and index are the x_2.
            x = self.own("expr", expr.base, lambda: self._indices(expr.base.indices))
            letter = Owned(x.id, Letter(str(expr.base.base.label)))
            return Script(letter, x, self.place(expr.exp))
        return Script(self.at_least(ATOM, expr.base), above=self.place(expr.exp))

    def _sum_sign(self, index: sp.Symbol, lo: sp.Expr, hi: sp.Expr) -> Box:
        if not self._bounds:
            return Script(SUM, self.own("limits", str(index), lambda: self.draw(index)))
        below = self._condition(index, "=", lo)
        return Script(SUM, below, self.own("limits", str(hi), lambda: self.draw(hi)))

    def _condition(self, index: sp.Symbol, sign: str, bound: sp.Expr) -> Box:
        """Draw what stands below a Σ: k = 1, j ≠ i."""
        return self.own(
            "limits", f"{index} {sign} {bound}", lambda: Row((self.draw(index), Sign(sign), self.draw(bound)))
        )

    def _partial(self, expr: nodes.Partial) -> Box:
        d, short = Sign("∂", "before"), isinstance(expr.f, sp.Symbol | Indexed)
        top = Row((d, self.place(expr.f))) if short else d
        slope = Over(top, Row((d, self.place(expr.x))))
        return slope if short else Row((slope, self.fence(expr.f)), "product")


def _with_minus(number: sp.Expr) -> str:
    return str(number).replace("-", "−")
