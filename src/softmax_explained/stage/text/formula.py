"""A SymPy expression on screen: every glyph knows which part of the expression it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from manim import RIGHT, UP, Animation, Transform, VGroup, VMobject

from softmax_explained.core.formulas.nodes import Shown
from softmax_explained.core.printing.boxes import Node
from softmax_explained.core.printing.typst import PREAMBLE, to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import FilmError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.colour_roles import film_roles
from softmax_explained.stage.text.line_breaking import break_lines
from softmax_explained.stage.text.partial_formula import PrintedExpression
from softmax_explained.stage.text.text import TypesetText


class Formula(TypesetText):
    """A typeset expression, coloured by role.

    Args:
        expr: the SymPy expression, as it is to be written.
        size: a token of ``[size]``.
        role: a role for all of it, instead of one for each part.

    Attributes:
        roles: the colour role of each node, None if its parts have their own.
        lines: current number of lines; see `fit_width`.

    >>> from softmax_explained.core.formulas.symbols import a, i, y
    >>> from sympy import evaluate
    >>> with evaluate(False):
    ...     formula = Formula(a[i] - y[i])
    >>> len(formula.find(a[i])), len(formula.find("−"))
    (2, 1)
    """

    def __init__(self, expr: Any, *, size: str = "formula", role: str | None = None) -> None:
        printed = to_typst(expr, ids=True)
        self.lines = 1
        super().__init__(f"$ {printed.source} $", size=size, colour=role or "ink", preamble=PREAMBLE)
        node_of_glyph = [int(colour[1:7], 16) - 1 for colour in self.colours]
        self.printed = PrintedExpression(expr, printed.nodes, node_of_glyph)
        for place, glyph in enumerate(self.submobjects):
            glyph.printed = self.printed, place  # type: ignore[attr-defined]  # a Glyph
        roles = film_roles()
        self.roles = tuple(roles.of(node.expr) if node.kind == "expr" else None for node in self.nodes)
        self._whole = roles.whole
        if role is None:
            self.paint()

    def fit_width(self, width: float) -> Self:
        """Make the formula fit: shrink it slightly, break it before operators, then shrink it further.

        Its parts can still be found, transformed and aligned.

        >>> from softmax_explained.core.formulas.symbols import a, i, j, sum_over, y
        >>> from sympy import evaluate
        >>> with evaluate(False):
        ...     formula = Formula(a[i] * sum_over(y[j], j) - y[i])
        >>> formula.fit_width(0.7 * formula.width).lines
        2
        """
        self.break_to_fit(width)
        return super().fit_width(width)

    def break_to_fit(self, width: float) -> None:
        """Break the formula into lines if it would be unreadable when shrunk to `width` Manim units."""
        least = min(style().size("least_formula"), self.em)
        if self.lines == 1 and self.width * least > width * self.em:
            em, baseline, middle = self.em, self.baseline, self.get_center()
            self.lines = break_lines(self, width * em / least)
            self._natural = tuple((edge[1] - baseline) / em for edge in (self.get_bottom(), self.get_top()))
            self.move_to(middle)

    @property
    def expr(self) -> Any:
        """The expression."""
        return self.printed.expr

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the expression."""
        return self.printed.nodes

    @property
    def node_of_glyph(self) -> tuple[int, ...]:
        """Per glyph, the id of the innermost node it draws."""
        return self.printed.node_of_glyph

    def continued_by(self, *lines: Formula) -> Self:
        """Declare that a long sum continues in other formulas, so that all of them are one claim."""
        self.printed.continued = tuple(line.printed for line in lines)
        return self

    def hidden(self) -> Self:
        """Make every part invisible; see `reveal`."""
        return self.set_opacity(0)

    def reveal(self, *parts: Any) -> list[Animation]:
        """Show some parts of a hidden formula, or all of it if none is given."""
        glyphs = [self.find(part) for part in parts] or [self]
        return [Transform(found, found.copy().set_fill(opacity=1)) for found in glyphs]

    @property
    def source(self) -> str:
        """The formula as Typst markup."""
        return to_typst(self.expr).source

    @property
    def plain(self) -> str:
        """The formula as plain text."""
        return self.printed.plain

    @property
    def numbers(self) -> list[Shown]:
        """The quantities in the expression."""
        return sorted((shown for shown in self.expr.atoms(Shown) if shown.key), key=lambda shown: shown.key)

    def paint(self, roles: Mapping[Any, str] | None = None) -> Self:
        """Colour every part by its role, or given parts by given roles; inner parts take precedence."""
        for node in self.nodes:  # a node comes before the nodes inside it
            role = self.roles[node.id] if roles is None else roles.get(node.expr)
            if role is not None and node.kind == "expr":
                self.glyphs(node).set_fill(style().colour(role))
        for node in self.nodes if roles is None and self._whole else ():
            if self.roles[node.id] == self._whole:  # its parts have its colour, even if they have roles
                self.glyphs(node).set_fill(style().colour(self._whole))
        return self

    def indices(self, node: Node) -> list[int]:
        """Indices of a node's glyphs, including those of its descendants."""
        inside, waiting = set[int](), [node.id]
        while waiting:
            current = waiting.pop()
            inside.add(current)
            waiting += self.nodes[current].children
        return [index for index, owner in enumerate(self.node_of_glyph) if owner in inside]

    def glyphs(self, node: Node) -> VGroup:
        """A node's glyphs, including those of its descendants."""
        return VGroup(*[self.submobjects[index] for index in self.indices(node)])

    def matches(self, part: Any) -> list[Node]:
        """The outermost nodes that draw a sub-expression, or an operator such as ``"−"``."""
        kind = "op" if isinstance(part, str) else "expr"
        found = [node for node in self.nodes if node.kind == kind and node.expr == part]
        ids = {node.id for node in found}
        return [node for node in found if node.parent not in ids]

    def occurrences(self, part: Any, nth: int | None = None) -> list[Node]:
        """The nodes of every occurrence of a part, or of the nth, counted from 0 from left to right.

        Args:
            part: a SymPy sub-expression as written, or an operator such as ``"="`` or ``"−"``.
            nth: one occurrence only.

        Raises:
            FilmError: the formula has no such part.
        """
        found = self.matches(part)
        if not found or (nth is not None and nth >= len(found)):
            wanted = part if isinstance(part, str) else to_text(part)
            raise FilmError(
                f"no {wanted} (occurrence {nth or 0}) in {self.plain}",
                hint="a part is found as it is written: build it under evaluate(False)",
            )
        return found if nth is None else [found[nth]]

    def find(self, part: Any, nth: int | None = None) -> VGroup:
        """The glyphs of every occurrence of a part, or of the nth; see `occurrences`."""
        return VGroup(*[glyph for node in self.occurrences(part, nth) for glyph in self.glyphs(node)])

    def align_at(self, other: Formula, part: str = "=") -> Self:
        """Move horizontally so that the first `part` is aligned with that of another formula."""
        distance = other.find(part, 0).get_x() - self.find(part, 0).get_x()
        return self.shift(distance * RIGHT)

    def level_with(self, other: Formula, part: str = "=") -> Self:
        """Move vertically so that the first `part` is level with that of another formula."""
        distance = other.find(part, 0).get_y() - self.find(part, 0).get_y()
        return self.shift(distance * UP)

    def deemphasise(self) -> Self:
        """Dim each glyph, by the opacity of its role, but keep it readable; a hidden one stays hidden."""
        for glyph in self.submobjects:
            if glyph.get_fill_opacity() > 0:
                glyph.set_fill(opacity=style().dim(self.role_of_glyph(glyph)))
        return self

    def role_of_glyph(self, glyph: VMobject) -> str:
        """The role of a glyph's current colour, or ``text``."""
        colour = glyph.get_fill_color()
        roles = [role for role in style().tables["opacity"] if role != "text"]
        return next((role for role in roles if style().colour(role) == colour), "text")


def centre_of(glyphs: Sequence[VMobject]) -> np.ndarray:
    """The centre of the bounding box of some glyphs."""
    return np.array(VGroup(*glyphs).get_center())


def rest_of(line: Formula, *terms: Any) -> VGroup:
    """The glyphs of a line that belong to none of the terms."""
    named = {id(glyph) for term in terms for glyph in line.find(term)}
    return VGroup(*[glyph for glyph in line if id(glyph) not in named])
