"""From a SymPy tree to boxes, keeping for every box the node it came from."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from sympy import (
    Add,
    Expr,
    IndexedBase,
    KroneckerDelta,
    Mul,
    Number,
    Pow,
    Sum,
    Symbol,
    Tuple,
    exp,
    log,
    sympify,
)
from sympy.core.numbers import Exp1
from sympy.core.relational import Relational
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas import nodes as written
from softmax_explained.core.formulas.relations import SIGNS
from softmax_explained.core.printing.boxes import (
    THIN_SPACE,
    Box,
    Choice,
    Digits,
    Fence,
    Letter,
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
)
from softmax_explained.core.printing.builder import Builder
from softmax_explained.core.printing.precedence import (
    ATOM,
    MUL,
    NEGATIVE,
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


class Layout(Builder):
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
        super().__init__()
        self._bounds = bounds
        self.box = self.place(sympify(expr))
        self.nodes = self.nodes_with_children()

    @singledispatchmethod
    def draw(self, expr: Any) -> Box:
        """Draw one expression by the rule of its type."""
        raise UsageError(
            f"no way to print a {type(expr).__name__}: {expr!r}",
            hint="use the nodes of core.formulas.nodes and SymPy's +, ×, powers, exp, log and Sum, "
            "or add a rule to core.printing.layout",
        )

    @draw.register
    def _symbol(self, expr: Symbol) -> Box:
        bold = isinstance(expr, written.Vector | written.Matrix)
        return Letter(expr.name, bold=bold, upright=bold)

    @draw.register
    def _base(self, expr: IndexedBase) -> Box:
        return Letter(str(expr.label))

    @draw.register
    def _euler(self, _: Exp1) -> Box:
        return Letter("e")

    @draw.register
    def _number(self, expr: Number) -> Box:
        if not expr.is_Rational:
            raise UsageError(
                f"no way to print the bare number {expr}",
                hint="a number on screen is a quantity: use Shown(value, text, key)",
            )
        return Digits(_plain(expr)) if expr.q == 1 else Over(Digits(str(expr.p)), Digits(str(expr.q)))

    @draw.register
    def _shown(self, expr: written.Shown) -> Box:
        return Digits(expr.text)

    @draw.register
    def _literal(self, expr: written.Literal) -> Box:
        return Digits(_plain(expr.number))

    @draw.register
    def _word(self, expr: written.Word) -> Box:
        return Text(expr.text)

    @draw.register
    def _dots(self, _: written.Dots) -> Box:
        return Sign("⋯")

    @draw.register
    def _indexed(self, expr: Indexed) -> Box:
        return Script(Letter(str(expr.base.label)), self._indices(expr.indices))

    @draw.register
    def _delta(self, expr: KroneckerDelta) -> Box:
        return Script(Letter("delta"), self._indices(expr.args))

    def _indices(self, indices: Any) -> Box:
        return Row(tuple(self.draw(index) for index in indices), "indices")

    @draw.register
    def _sum_of_terms(self, expr: Add) -> Box:
        row: list[Box] = []
        for n, term in enumerate(terms(expr)):
            negative, body = without_minus(term)
            if n or negative:
                row.append(self.sign("−" if negative else "+", "between" if n else "before"))
            row.append(self.at_least(MUL, body))
        return Row(tuple(row))

    @draw.register
    def _product(self, expr: Mul) -> Box:
        negative, body = without_minus(expr)
        if negative:
            return Row((self.sign("−", "before"), self.at_least(MUL, body)))
        if parts := fraction(expr):
            return Over(self.place(parts[0]), self.place(parts[1]))
        row: list[Box] = []
        found = factors(expr)
        for n, factor in enumerate(found):
            fenced = binding(factor) <= NEGATIVE or (is_greedy(factor) and factor is not found[-1])
            if n and not fenced:
                if starts_with_digit(factor) or isinstance(found[n - 1], written.Literal):
                    row.append(self.sign("·"))
                elif stand_apart(found[n - 1], factor):
                    row.append(Sign(THIN_SPACE))
            row.append(self.fence(factor) if fenced else self.place(factor))
        return Row(tuple(row), "product") if len(row) > 1 else row[0]

    @draw.register
    def _power(self, expr: Pow) -> Box:
        if is_reciprocal(expr):
            return Over(Digits("1"), self.place(denominator(expr)))
        if isinstance(expr.base, Indexed):
            # x_2^2 is one attachment, so that both scripts stand at the same x; letter and index are the x_2.
            x = self.own("expr", expr.base, lambda: self._indices(expr.base.indices))
            letter = Owned(x.id, Letter(str(expr.base.base.label)))
            return Script(letter, x, self.place(expr.exp))
        return Script(self.at_least(ATOM, expr.base), above=self.place(expr.exp))

    @draw.register
    def _exponential(self, expr: exp) -> Box:
        return Script(Letter("e"), above=self.place(expr.args[0]))

    @draw.register
    def _logarithm(self, expr: log) -> Box:
        of = bare(expr.args[0])
        sums = isinstance(of, Sum | written.SumNot)
        return Row((Sign("ln"), self.place(of) if sums else self.at_least(POW, of)))

    @draw.register
    def _sum(self, expr: Sum) -> Box:
        signs = [self._limits(*limits) for limits in reversed(expr.limits)]  # SymPy keeps the innermost first
        return Row((*signs, self._summand(expr.function)))

    @draw.register
    def _sum_not(self, expr: written.SumNot) -> Box:
        below = self._condition(expr.index, "≠", expr.missing)
        return Row((Script(Sign("∑", "before"), below), self._summand(expr.body)))

    def _limits(self, index: Symbol, lo: Expr, hi: Expr) -> Box:
        if not self._bounds:
            return Script(Sign("∑", "before"), self.own("limits", str(index), lambda: self.draw(index)))
        below = self._condition(index, "=", lo)
        return Script(Sign("∑", "before"), below, self.own("limits", str(hi), lambda: self.draw(hi)))

    def _condition(self, index: Symbol, sign: str, bound: Expr) -> Box:
        """Draw what stands below a Σ: k = 1, j ≠ i."""
        return self.own(
            "limits", f"{index} {sign} {bound}", lambda: Row((self.draw(index), Sign(sign), self.draw(bound)))
        )

    def _summand(self, body: Expr) -> Box:
        return self.fence(body) if binding(body) <= NEGATIVE else self.place(body)

    @draw.register
    def _partial(self, expr: written.Partial) -> Box:
        short = isinstance(expr.f, Symbol | Indexed)
        top = Row((Sign("∂", "before"), self.place(expr.f))) if short else Sign("∂", "before")
        slope = Over(top, Row((Sign("∂", "before"), self.place(expr.x))))
        return slope if short else Row((slope, self.fence(expr.f)), "product")

    @draw.register
    def _gradient(self, expr: written.Gradient) -> Box:
        nabla = Script(Sign("∇", "before"), self.place(expr.x))
        return Row((nabla, self.at_least(ATOM, expr.f)))

    @draw.register(written.Differential)
    @draw.register(written.Change)
    def _nudge(self, expr: Any) -> Box:
        d = Letter("d" if isinstance(expr, written.Differential) else "Delta", upright=True)
        return Row((d, self.at_least(ATOM, expr.of)), "tight")

    @draw.register
    def _transposed(self, expr: written.Transposed) -> Box:
        return Script(self.at_least(ATOM, expr.of), above=Letter("T", upright=True))

    @draw.register
    def _diag(self, expr: written.Diag) -> Box:
        return Row((Sign("diag"), self.fence(expr.of)), "tight")

    @draw.register
    def _paren(self, expr: written.Paren) -> Box:
        return self.fence(expr.body)

    @draw.register
    def _cases(self, expr: written.Cases) -> Box:
        return Choice(tuple((self.place(value), self.place(condition)) for value, condition in expr.rows))

    @draw.register
    def _tuple(self, expr: Tuple) -> Box:
        row: list[Box] = []
        for part in expr.args:
            row += [Sign(","), self.place(part)] if row else [self.place(part)]
        return Fence(Row(tuple(row)))

    @draw.register(Relational)
    @draw.register(written.Approx)
    @draw.register(written.Becomes)
    def _relation(self, expr: Any) -> Box:
        return Row((self.place(expr.lhs), self.sign(SIGNS[type(expr)]), self.place(expr.rhs)))


def _plain(number: Expr) -> str:
    return str(number).replace("-", "−")
