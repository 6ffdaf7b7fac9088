"""What a formula reads as while some of its glyphs are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, Self

from sympy import Add, Expr, Mul, Pow, evaluate
from sympy.core.relational import Relational

from softmax_explained.core.formulas.relations import sign_of
from softmax_explained.core.printing.boxes import Node
from softmax_explained.core.printing.unicode import to_text


class PrintedExpression:
    """A printed expression, shared by a formula and all copies of its glyphs.

    Args:
        expr: the expression.
        nodes: its parts.
        node_of_glyph: per glyph, the id of the innermost part it draws.

    Attributes:
        continued: what goes on where this ends, as the further lines of a long sum.
    """

    def __init__(self, expr: Any, nodes: Sequence[Node], node_of_glyph: Sequence[int]) -> None:
        self.expr, self.nodes, self.node_of_glyph = expr, tuple(nodes), tuple(node_of_glyph)
        self.continued: tuple[PrintedExpression, ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copied glyph still belongs to this expression; SymPy would evaluate it anew on copying."""
        return self

    @cached_property
    def plain(self) -> str:
        """The expression as plain text."""
        return to_text(self.expr)

    @property
    def claim(self) -> Any:
        """The expression with what continues it."""
        return _continued(self.expr, [each.expr for each in self.continued])

    def relations(
        self, visible: frozenset[int], further: Mapping[PrintedExpression, frozenset[int]]
    ) -> tuple[Any, ...]:
        """The relations that can be read; a gap in a sum or a product is not seen as a gap.

        A relation without its sign or one of its sides, or with an operator that lacks an operand, claims
        nothing.

        Args:
            visible: the places of the glyphs that can be seen.
            further: the same for what continues it.
        """
        try:
            more = [_Reader(*each).read() for each in further.items()]
        except _Incomplete:
            return ()
        reader = _Reader(self, visible, [term for term in more if term is not None])
        with suppress(_Incomplete):
            reader.read()
        return tuple(reader.relations)


class _Incomplete(Exception):  # noqa: N818  # no error: what is visible is no complete expression
    """An operator lacks an operand, or two operands the operator between them."""


class _Reader:
    """Reads the visible glyphs of an expression.

    Args:
        printed: the expression.
        visible: the places of its visible glyphs.
        more: further terms, read on other lines.

    Attributes:
        relations: those that could be read.
    """

    def __init__(self, printed: PrintedExpression, visible: frozenset[int], more: Sequence[Any] = ()) -> None:
        self._nodes, self._more, self.relations = printed.nodes, more, list[Any]()
        self._own: list[list[bool]] = [[] for _ in printed.nodes]
        for glyph, owner in enumerate(printed.node_of_glyph):
            self._own[owner].append(glyph in visible)
        self._seen: list[list[bool]] = [list(flags) for flags in self._own]
        for node in reversed(printed.nodes):  # a node comes before the nodes inside it
            if node.parent is not None:
                self._seen[node.parent] += self._seen[node.id]

    def read(self) -> Any:
        """What can be read; None if nothing can be seen."""
        return self._read(self._nodes[0])

    def _read(self, node: Node) -> Any:
        expr, own = node.expr, self._own[node.id]
        if not any(self._seen[node.id]):
            return None
        children = [self._nodes[child] for child in node.children]
        is_relation = node.kind == "expr" and sign_of(expr) is not None
        if is_relation and not (all(self._seen[node.id]) and not self._more):
            return self._relation(expr, *children)
        if all(self._seen[node.id]):
            self.relations += [expr] if is_relation else []
            return expr
        if node.kind == "expr" and isinstance(expr, Add):
            return self._sum(children)
        pairs = [(child, self._read(child)) for child in children]
        shown = [part for child, part in pairs if part is not None and child.kind != "op"]
        if node.kind == "expr" and isinstance(expr, Mul):
            return self._product(own, children, shown)
        if not any(own) and len(shown) == 1:
            if node.kind == "paren" and isinstance(shown[0], Add):
                raise _Incomplete
            return shown[0]
        if not all(own) or any(part is None for _, part in pairs):
            raise _Incomplete
        with evaluate(False):
            return expr.xreplace({child.expr: part for child, part in pairs if child.kind != "limits"})

    def _relation(self, expr: Any, left: Node, sign: Node, right: Node) -> Any:
        sides = [self._read(left), self._read(right)]
        sides[1] = _continued(sides[1], self._more if expr is self._nodes[0].expr else [])
        if all(self._seen[sign.id]) and None not in sides:
            options = {"evaluate": False} if isinstance(expr, Relational) else {}
            self.relations.append(expr.func(*sides, **options))
            return self.relations[-1]
        if any(self._seen[sign.id]) or None not in sides:
            raise _Incomplete
        return next(side for side in sides if side is not None)

    def _sum(self, children: list[Node]) -> Any:
        terms, sign = list[Any](), None
        for child in children:
            if child.kind == "op":
                sign = child
                continue
            part, is_signed = self._read(child), sign is not None and any(self._seen[sign.id])
            if (part is None and is_signed) or (part is not None and terms and not is_signed):
                raise _Incomplete
            if part is not None:
                terms.append(_minus(part) if sign and is_signed and sign.expr == "−" else part)
            sign = None
        return _added(terms)

    def _product(self, own: list[bool], children: list[Node], factors: list[Any]) -> Any:
        if not factors or (any(own) and (not all(own) or len(factors) < 2)):
            raise _Incomplete
        if any(own):  # a fraction bar
            return Mul(factors[0], Pow(factors[1], -1, evaluate=False), evaluate=False)
        if own and len(factors) > 1:
            raise _Incomplete
        if children[0].kind == "op" and children[0].expr == "−":
            return _minus(factors[0]) if any(self._seen[children[0].id]) else factors[0]
        return Mul(*factors, evaluate=False) if len(factors) > 1 else factors[0]


def _minus(expr: Any) -> Expr:
    return Mul(-1, expr, evaluate=False)


def _added(parts: Sequence[Any]) -> Any:
    terms = [term for part in parts for term in (part.args if isinstance(part, Add) else (part,))]
    return Add(*terms, evaluate=False) if len(terms) > 1 else terms[0]


def _continued(expr: Any, more: Sequence[Any]) -> Any:
    """An expression and what follows on further lines; of a relation, its right-hand side goes on."""
    if not more:
        return expr
    if sign_of(expr) is None:
        return _added([*([] if expr is None else [expr]), *more])
    options = {"evaluate": False} if isinstance(expr, Relational) else {}
    return expr.func(expr.lhs, _continued(expr.rhs, more), **options)
