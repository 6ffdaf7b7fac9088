"""Which node of a formula each box belongs to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from sympy import Expr

from softmax_explained.core.printing.boxes import Box, Fence, Node, Owned, Sign
from softmax_explained.core.printing.precedence import bare, binding


class Builder(ABC):
    """Draws the pieces of a formula; each piece gets a node, which knows the node it is part of."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._open: list[int] = []

    @abstractmethod
    def draw(self, expr: Any) -> Box:
        """Draw one expression, without its node."""

    def place(self, expr: Expr) -> Owned:
        """Draw an expression as a node of its own."""
        expr = bare(expr)
        return self.own("expr", expr, lambda: self.draw(expr))

    def at_least(self, level: int, expr: Expr) -> Owned:
        """Draw an expression, in parentheses if it binds less tightly than `level`."""
        return self.fence(expr) if binding(expr) < level else self.place(expr)

    def fence(self, expr: Expr) -> Owned:
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

    def nodes_with_children(self) -> tuple[Node, ...]:
        """Return all nodes, in the order of their ids."""
        children: list[list[int]] = [[] for _ in self._nodes]
        for node in self._nodes:
            if node.parent is not None:
                children[node.parent].append(node.id)
        return tuple(replace(node, children=tuple(children[node.id])) for node in self._nodes)
