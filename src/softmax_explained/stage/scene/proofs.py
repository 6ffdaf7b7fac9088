"""What a chapter shows is proved: every expression is looked up when its first glyph comes onto the stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from manim import Animation, AnimationGroup, Mobject

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.core.proof.statements import Statements
from softmax_explained.errors import ProofError
from softmax_explained.stage.text.partial_formula import PrintedExpression
from softmax_explained.stage.text.text import Glyph

Visible = Mapping[PrintedExpression, frozenset[int]]
"""Per printed expression, the places of the glyphs that can be seen."""


class Proofs:
    """The proofs of a chapter's formulas; each expression is looked up once.

    Args:
        statements: all that the film has proved.
        solution: the lesson's numbers.
    """

    def __init__(self, statements: Statements, solution: FilmSolution) -> None:
        self._statements, self._solution = statements, solution
        self._known: dict[Any, tuple[str, ...] | ProofError] = {}
        self._judged = set[PrintedExpression]()
        self._readings: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def of(self, expr: Any) -> tuple[str, ...] | ProofError:
        """Name the proof of every relation in an expression; the error for the first without one."""
        if expr not in self._known:
            try:
                self._known[expr] = self._statements.proofs_of(expr, self._solution)
            except ProofError as error:
                self._known[expr] = error
        return self._known[expr]

    def side_of(self, expr: Any) -> str | None:
        """Name a statement that an expression without a relation is one side of."""
        return self._statements.side_of(expr, self._solution)

    def unproved(self, mobjects: Iterable[Mobject]) -> Iterator[tuple[Any, ProofError]]:
        """What some mobjects claim and is not proved; each printed expression is looked up once."""
        for mobject in mobjects:
            for part in mobject.get_family():
                if isinstance(part, Glyph) and part.printed and part.printed[0] not in self._judged:
                    self._judged.add(part.printed[0])
                    if isinstance(found := self.of(claim := part.printed[0].claim), ProofError):
                        yield claim, found

    def unproved_readings(self, piece: Visible, stage: Visible) -> Iterator[tuple[Any, ProofError]]:
        """The relations that can be read in the visible glyphs of one piece of type and are not proved.

        Args:
            piece: its glyphs.
            stage: those of everything, for a formula that goes on in another one.
        """
        for printed, glyphs in piece.items():
            more = {each: stage.get(each, frozenset()) for each in printed.continued}
            key = (printed, glyphs, *more.values())
            if key not in self._readings:
                self._readings[key] = printed.relations(glyphs, more)
            for relation in self._readings[key]:
                if isinstance(found := self.of(relation), ProofError):
                    yield relation, found


def animated(animations: Iterable[Animation]) -> Iterator[Mobject]:
    """What animations show, and what they turn it into."""
    for animation in animations:
        if isinstance(animation, AnimationGroup):
            yield from animated(animation.animations)
        for mobject in (animation.mobject, getattr(animation, "target_mobject", None)):
            if isinstance(mobject, Mobject):
                yield mobject
