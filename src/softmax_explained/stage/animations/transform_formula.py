"""Transform one line of a derivation into the next: equal sub-expressions move, the rest fades.

Parts are matched by expression, not by shape: the largest equal sub-expressions first, nearest first, with
their parentheses; then operators; then the sum sign or bar of a changed sum or fraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Scene,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)
from sympy import Sum

from softmax_explained.core.formulas.nodes import Partial, SumNot
from softmax_explained.core.printing.boxes import Node
from softmax_explained.stage.design.rate_functions import at_once, early, late
from softmax_explained.stage.text.formula import Formula, centre_of

Glyphs = tuple[int, ...]

MIDDLE, LAST = squish_rate_func(smooth, 0.2, 0.75), squish_rate_func(smooth, 0.72, 1.0)
"""The progress of what moves after parts have left, and of what comes afterwards."""

ANOTHER_ROW = 1.0  # ems: a part that rises by so much more than the others goes to another row
OVER, AROUND = 3.4, 2.5  # radians: the arcs over other parts, and to another row
STRAIGHT = 0.02  # horizontal distances below this, in Manim units, count as none


@dataclass
class GlyphMatching:
    """Which glyphs of the source become which glyphs of the target.

    Attributes:
        moves: pairs of groups of glyphs that move.
        passing: pairs of groups that move past others, over them or to another row.
        becomes: pairs of groups declared by the author, though not equal.
        gone: glyphs of the source that fade out.
        new: glyphs of the target that fade in.
    """

    moves: list[tuple[Glyphs, Glyphs]] = field(default_factory=list)
    passing: list[tuple[Glyphs, Glyphs]] = field(default_factory=list)
    becomes: list[tuple[Glyphs, Glyphs]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


class _Matcher:
    """Pairs parts of two formulas, each glyph at most once."""

    def __init__(self, source: Formula, target: Formula) -> None:
        self.source, self.target, self.plan = source, target, GlyphMatching()
        self.taken_source, self.taken_target = set[int](), set[int]()

    def pair(self, left: Glyphs, right: Glyphs, into: list[tuple[Glyphs, Glyphs]]) -> bool:
        free = not self.taken_source & set(left) and not self.taken_target & set(right)
        if not left or not right or not free or (into is self.plan.moves and len(left) != len(right)):
            return False
        into.append((left, right))
        self.taken_source.update(left)
        self.taken_target.update(right)
        return True

    def equal_parts(self, kinds: tuple[str, ...]) -> None:
        candidates = []
        for node in self.source.nodes:
            if node.kind not in kinds:
                continue
            left = tuple(self.source.indices(node))
            for other in self.target.nodes:
                if other.kind == node.kind and other.expr == node.expr and left:
                    right = tuple(self.target.indices(other))
                    distance = np.linalg.norm(
                        self._centre(self.source, left) - self._centre(self.target, right)
                    )
                    candidates.append((-len(left), float(distance), node.id, other.id, left, right))
        for *_, left, right in sorted(candidates):
            self.pair(left, right, self.plan.moves)

    def changed_parts(self) -> None:
        """Pair the sum signs or bars of sums or fractions whose contents have changed."""
        for node in self.source.nodes:
            head = _head(node)
            for other in self.target.nodes if head else ():
                if _head(other) == head and self.pair(
                    _own(self.source, node), _own(self.target, other), self.plan.moves
                ):
                    break

    def find_passing(self) -> None:
        """Find parts that go to another row or overtake others, as few glyphs as possible."""
        moves = sorted(self.plan.moves)  # in the order in which the source is read
        rises = [self._centre(self.target, to)[1] - self._centre(self.source, of)[1] for of, to in moves]
        usual = float(np.median(rises)) if moves else 0.0
        stays = [abs(rise - usual) < ANOTHER_ROW * self.target.em for rise in rises]
        in_row = [move for move, is_in_row in zip(moves, stays, strict=True) if is_in_row]
        kept = heaviest_increasing([right[0] for _, right in in_row], [len(right) for _, right in in_row])
        self.plan.moves = [in_row[n] for n in kept]
        self.plan.passing = [move for move in moves if move not in self.plan.moves]

    def rest(self) -> GlyphMatching:
        self.plan.gone = [k for k in range(len(self.source.submobjects)) if k not in self.taken_source]
        self.plan.new = [k for k in range(len(self.target.submobjects)) if k not in self.taken_target]
        return self.plan

    @staticmethod
    def _centre(formula: Formula, glyphs: Glyphs) -> np.ndarray:
        return centre_of([formula.submobjects[k] for k in glyphs])


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The places of an increasing subsequence with the largest sum of weights.

    >>> heaviest_increasing([5, 1, 2, 9, 3], [1, 1, 1, 1, 4])
    [1, 2, 4]
    """
    best: list[tuple[int, list[int]]] = []
    for place, value in enumerate(values):
        before = [chain for chain in best if values[chain[1][-1]] < value]
        weight, chosen = max(before, default=(0, []))
        best.append((weight + weights[place], [*chosen, place]))
    return max(best, default=(0, []))[1]


def match(
    source: Formula, target: Formula, becomes: Sequence[tuple[Any, Any]] = (), *, in_order: bool = False
) -> GlyphMatching:
    """Find which glyphs of `source` become which of `target`.

    Args:
        source: the line before.
        target: the line after.
        becomes: pairs (part of the source, part of the target) to transform into each other although their
            expressions differ, such as e^{z_i}/S and a_i. A part may be ``(expression, nth)``.
        in_order: find what overtakes other parts or goes to another row.

    Raises:
        FilmError: a formula has no such part.
    """
    matcher = _Matcher(source, target)
    for left, right in becomes:
        matcher.pair(_named(source, left), _named(target, right), matcher.plan.becomes)
    matcher.equal_parts(("expr", "paren"))
    matcher.equal_parts(("op", "limits"))
    matcher.changed_parts()
    if in_order:
        matcher.find_passing()
    return matcher.rest()


class TransformFormula(AnimationGroup):
    """Transform one formula into the next, which replaces it.

    Args:
        source: the formula on screen.
        target: the next formula, in its place.
        becomes: see `match`.
        keep: keep the source on screen.
        arc: angle of the paths in radians, for parts that would cross; vertical paths stay straight.
        in_order: what leaves has left before others move, and parts that pass others do so on arcs.
        run_time: seconds.
    """

    def __init__(
        self,
        source: Formula,
        target: Formula,
        *,
        becomes: Sequence[tuple[Any, Any]] = (),
        keep: bool = False,
        arc: float = 0.0,
        in_order: bool = False,
        run_time: float = 1.5,
    ) -> None:
        self.source, self.target, self.keep = source, target, keep
        self.plan = match(source, target, becomes, in_order=in_order)
        self._travelling = list[VMobject]()
        leaving, moving, coming = (at_once, MIDDLE, LAST) if in_order else (early, smooth, late)
        moves: list[Animation] = [
            _travel(self._copy(source, left), target.submobjects[right].copy(), arc, moving)
            for lefts, rights in self.plan.moves
            for left, right in zip(lefts, rights, strict=True)
        ]
        moves += [self._pass(*pair) for pair in self.plan.passing]
        super().__init__(
            *moves,
            *[animation for pair in self.plan.becomes for animation in self._become(*pair)],
            *([] if keep else [FadeOut(self._copy(source, k), rate_func=leaving) for k in self.plan.gone]),
            *[FadeIn(self._copy(target, k), rate_func=coming) for k in self.plan.new],
            run_time=run_time,
        )

    def _copy(self, formula: Formula, glyph: int) -> VMobject:
        copied = formula.submobjects[glyph].copy()
        self._travelling.append(copied)
        return copied

    def _pass(self, lefts: Glyphs, rights: Glyphs) -> Animation:
        """Move a part over others in its row, or around the end of a row to another one."""
        old = VGroup(*[self._copy(self.source, k) for k in lefts])
        new = VGroup(*[self.target.submobjects[k].copy() for k in rights])
        right, up = (float(each) for each in (new.get_center() - old.get_center())[:2])
        changes_row = abs(up) > ANOTHER_ROW * self.target.em
        arc = np.sign(up) * AROUND if changes_row else -np.sign(right) * OVER
        return Transform(old, new, path_arc=float(arc), rate_func=MIDDLE)

    def _become(self, left: Glyphs, right: Glyphs) -> list[Animation]:
        """Move and fade the old part while the new one, of another shape, grows in its place."""
        old = VGroup(*[self._copy(self.source, k) for k in left])
        new = VGroup(*[self._copy(self.target, k) for k in right])
        there = old.copy().move_to(new).set_opacity(0)
        if there.width > new.width:
            there.scale_to_fit_width(new.width)
        end = new.copy()
        new.move_to(old).set_opacity(0)
        return [Transform(old, there), Transform(new, end)]

    def _setup_scene(self, scene: Scene) -> None:
        if not self.keep:
            scene.remove(self.source)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Replace the moving copies by the target."""
        super().clean_up_from_scene(scene)
        scene.remove(*self._travelling)
        for animation in self.animations:
            scene.remove(animation.mobject)  # type: ignore[arg-type]  # never an OpenGL one here
        scene.add(self.target)


def _travel(glyph: VMobject, there: VMobject, arc: float, rate: Any) -> Transform:
    sideways = abs(float(there.get_center()[0] - glyph.get_center()[0])) > STRAIGHT
    return Transform(glyph, there, path_arc=arc if sideways else 0.0, rate_func=rate)


def _head(node: Node) -> str | None:
    if node.kind != "expr":
        return None
    if isinstance(node.expr, Sum | SumNot):
        return "sum"
    return "partial" if isinstance(node.expr, Partial) else None


def _own(formula: Formula, node: Node) -> Glyphs:
    return tuple(index for index, owner in enumerate(formula.node_of_glyph) if owner == node.id)


def _named(formula: Formula, part: Any) -> Glyphs:
    (node,) = formula.occurrences(*part) if isinstance(part, tuple) else formula.occurrences(part, 0)
    return tuple(formula.indices(node))
