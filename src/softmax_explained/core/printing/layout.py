"""From a SymPy tree to boxes, keeping for every box the node it came from."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from sympy import (
    Add,
    Expr,
    KroneckerDelta,
    Mul,
    Pow,
    Sum,
    Symbol,
    Tuple,
    exp,
    log,
    sympify,
)
from sympy.core.relational import Relational
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas import nodes as written
from softmax_explained.core.printing.atoms import leaf
from softmax_explained.core.printing.boxes import (
    Box,
    Choice,
    Digits,
    Fence,
    Gap,
    Letter,
    Name,
    Over,
    Owned,
    Row,
    Script,
    Sign,
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

RELATIONS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


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
        """Draw one expression by the rule of its type: a `leaf`, or one of the rules that follow."""
        if (box := leaf(expr)) is not None:
            return box
        raise UsageError(
            f"no way to print a {type(expr).__name__}: {expr!r}",
            hint="write it with the nodes of core.nodes and SymPy's +, ×, powers, exp, log and Sum, "
            "or add a rule to core.layout",
        )

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
            if negative:
                row.append(self.sign("−", "between" if n else "before"))
            elif n:
                row.append(self.sign("+"))
            row.append(self.at_least(MUL, body))
        return Row(tuple(row))

    @draw.register
    def _product(self, expr: Mul) -> Box:
        negative, body = without_minus(expr)
        if negative:
            return Row((self.sign("−", "before"), self.at_least(MUL, body)))
        parts = fraction(expr)
        if parts:
            return Over(self.place(parts[0]), self.place(parts[1]))
        row: list[Box] = []
        found = factors(expr)
        for n, factor in enumerate(found):
            fenced = binding(factor) <= NEGATIVE or (is_greedy(factor) and factor is not found[-1])
            dotted = (
                n and not fenced and (starts_with_digit(factor) or isinstance(found[n - 1], written.Literal))
            )
            if dotted:
                row.append(self.sign("·"))
            elif n and not fenced and stand_apart(found[n - 1], factor):
                row.append(Gap())
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
        return Row((Name("ln"), self.place(of) if sums else self.at_least(POW, of)))

    @draw.register
    def _sum(self, expr: Sum) -> Box:
        signs = [self._limits(*limits) for limits in reversed(expr.limits)]  # SymPy keeps the innermost first
        return Row((*signs, self._summand(expr.function)))

    @draw.register
    def _sum_not(self, expr: written.SumNot) -> Box:
        under = self.own(
            "limits",
            f"{expr.index} ≠ {expr.missing}",
            lambda: Row((self.draw(expr.index), Sign("≠"), self.draw(expr.missing))),
        )
        return Row((Script(Sign("∑", "before"), under), self._summand(expr.body)))

    def _limits(self, index: Symbol, lo: Expr, hi: Expr) -> Box:
        if not self._bounds:
            return Script(Sign("∑", "before"), self.own("limits", str(index), lambda: self.draw(index)))
        from_ = self.own(
            "limits",
            f"{index} = {lo}",
            lambda: Row((self.draw(index), Sign("="), self.draw(lo))),
        )
        return Script(Sign("∑", "before"), from_, self.own("limits", str(hi), lambda: self.draw(hi)))

    def _summand(self, body: Expr) -> Box:
        return self.fence(body) if binding(body) <= NEGATIVE else self.place(body)

    @draw.register
    def _partial(self, expr: written.Partial) -> Box:
        def along() -> Box:
            return Row((Sign("∂", "before"), self.place(expr.x)))

        if isinstance(expr.f, Symbol | Indexed):
            return Over(Row((Sign("∂", "before"), self.place(expr.f))), along())
        return Row((Over(Sign("∂", "before"), along()), self.fence(expr.f)), "product")

    @draw.register
    def _gradient(self, expr: written.Gradient) -> Box:
        nabla = Script(Sign("∇", "before"), self.place(expr.x))
        return Row((nabla, self.at_least(ATOM, expr.f)))

    @draw.register
    def _differential(self, expr: written.Differential) -> Box:
        return Row((Letter("d", upright=True), self.at_least(ATOM, expr.of)), "tight")

    @draw.register
    def _change(self, expr: written.Change) -> Box:
        return Row((Letter("Delta", upright=True), self.at_least(ATOM, expr.of)), "tight")

    @draw.register
    def _transposed(self, expr: written.Transposed) -> Box:
        return Script(self.at_least(ATOM, expr.of), above=Letter("T", upright=True))

    @draw.register
    def _diag(self, expr: written.Diag) -> Box:
        return Row((Name("diag"), self.fence(expr.of)), "tight")

    @draw.register
    def _paren(self, expr: written.Paren) -> Box:
        return self.fence(expr.body)

    @draw.register
    def _cases(self, expr: written.Cases) -> Box:
        return Choice(tuple((self.place(value), self.place(condition)) for value, condition in expr.rows))

    @draw.register
    def _tuple(self, expr: Tuple) -> Box:
        row: list[Box] = []
        for n, part in enumerate(expr.args):
            row += [Sign(","), self.place(part)] if n else [self.place(part)]
        return Fence(Row(tuple(row)))

    @draw.register
    def _relation(self, expr: Relational) -> Box:
        return self._joined(RELATIONS[expr.rel_op], expr)

    @draw.register
    def _approx(self, expr: written.Approx) -> Box:
        return self._joined("≈", expr)

    @draw.register
    def _becomes(self, expr: written.Becomes) -> Box:
        return self._joined("←", expr)

    def _joined(self, sign: str, expr: Any) -> Box:
        return Row((self.place(expr.lhs), self.sign(sign), self.place(expr.rhs)))
