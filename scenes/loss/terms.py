"""The loss term by term: beside every class its target and its contribution."""

from collections.abc import Sequence
from typing import Any

from manim import LEFT, Animation, FadeIn, LaggedStart, Transform
from sympy import evaluate, log

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a, y
from softmax_explained.scenes.loss.terms_layout import WIDE, fits, terms_layout, ways_to_write
from softmax_explained.stage import FillGap, Formula, Outline, Region, Words, equals, point, style

FREE_LIFT, LIFT = 0.65, 0.36  # Manim units by which targets rise on their way, and the same below a name
EDGE, SMALL_EDGE = 0.25, 0.14  # Manim units between a target and its outline, and the same below a name


class LossTerms:
    """One row per class: its name, its target in a dashed outline, and its term −y ln a of the loss.

    Attributes:
        names: the names that are written, by class.
        targets_column: the region of the targets.
        targets: K formulas ``y_k = number``, or the numbers alone.
        terms: K formulas, hidden at first, each with a gap for its target.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution, K = solution, solution.K
        for self._symbols, self._size in ways_to_write(region, K):
            self._write()
            edge = SMALL_EDGE if self._symbols and region.width < WIDE else EDGE
            wide = max(target.width for target in self.targets) + 2 * edge
            long = max(term.width for term in self.terms)
            sizes: dict[str, Any] = {"target": wide, "term": long, "symbols": self._symbols}
            if fits(region, names, **sizes):
                break
        places = terms_layout(region, names, **sizes, priority={solution.i, solution.t})
        self._lift = LIFT if self._symbols and region.width < WIDE else FREE_LIFT
        self.names, self.targets_column = dict(places.names), places.targets
        x, height = places.targets.x, min(0.42, 0.38 * places.rows[0].height)
        for target, term, row in zip(self.targets, self.terms, places.rows, strict=True):
            target.move_to(point(x, row.y))
            term.move_to(point(places.terms, row.y), aligned_edge=LEFT)
        self.outlines = [
            Outline(x - wide / 2, row.y - height, x + wide / 2, row.y + height) for row in places.rows
        ]

    def _write(self) -> None:
        sol, K = self._solution, self._solution.K
        self._weights = [y[k + 1] if self._symbols else sol[f"y[{k}]"].shown for k in range(K)]
        shares = [a[k + 1] if self._symbols else sol[f"a[{k}]"].shown for k in range(K)]
        with evaluate(False):
            self._logs = [log(share) for share in shares]
        self.targets = [self._target(k) for k in range(K)]
        self.terms = [self._term(k).hidden() for k in range(K)]

    def name_classes(self) -> list[Animation]:
        return [FadeIn(name) for name in self.names.values()]

    def set_targets(self) -> Animation:
        return LaggedStart(*[FadeIn(target) for target in self.targets], lag_ratio=0.3)

    def ask_price(self) -> list[Animation]:
        """Reveal −ln a in every row, with a gap for the target."""
        parts = zip(self.terms, self._logs, strict=True)
        return [animation for term, log_share in parts for animation in term.reveal("−", log_share)]

    def weigh(self) -> list[Animation]:
        """Move the targets into their terms."""
        return [
            FillGap(target.find(weight), term.find(weight), lift=self._lift)
            for target, term, weight in zip(self.targets, self.terms, self._weights, strict=True)
        ]

    def pay(self) -> list[Any]:
        """Show all terms; those with target 0 are dimmed."""
        moves: list[Any] = []
        for k, target in enumerate(self._solution.lesson.targets):
            shown = self.terms[k].copy().set_opacity(1)
            if not target:
                if k in self.names:
                    moves += [self.names[k].animate.set_opacity(style().dim())]
                moves += [self.outlines[k].animate.set_stroke(opacity=style().dim("y"))]
                moves += [Transform(self.targets[k], self.targets[k].copy().deemphasise())]
                shown.deemphasise()
            moves.append(Transform(self.terms[k], shown))
        return moves

    def _target(self, k: int) -> Formula:
        target = self._solution[f"y[{k}]"]
        if self._symbols:
            return Formula(equals(y[k + 1], target), size="number")
        return Formula(target.shown, size=self._size)

    def _term(self, k: int) -> Formula:
        with evaluate(False):
            written = equals(-self._weights[k] * self._logs[k], self._solution[f"loss_term[{k}]"])
        return Formula(written, size=self._size)
