"""The loss term by term: beside every class, or below its name, its target and its contribution."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manim import LEFT, Animation, FadeIn, LaggedStart, Transform
from sympy import evaluate, log

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a, y
from softmax_explained.stage import FillGap, Formula, Outline, Region, Words, equals, point, style
from softmax_explained.stage.text.label_layout import beside_rows, column_width, height_of

WIDE = 10.0  # width in Manim units at which names, targets and terms with symbols fit beside each other
SYMBOLS_UP_TO = 4  # with more classes than this, rows are too low for symbols
# Minimum and maximum width of the column of names, and width of the targets, in a wide region
NAMES, WIDEST_NAMES, TARGETS = 2.0, 2.8, 2.6
GAP, SMALL_GAP = 0.4, 0.2  # Manim units between two columns, and between target and term below a name
# Row heights in Manim units: for large numbers, for a name above its target, and the maximum of that
LARGE_ROW, HIGH_ROW, TALL_ROW = 0.6, 1.08, 1.35
LEAST_NAMES = 0.3  # fraction of the width that names may take before the numbers are made smaller
FREE_LIFT, LIFT = 0.65, 0.36  # Manim units by which targets rise on their way, and the same below a name
EDGE, SMALL_EDGE = 0.25, 0.14  # Manim units between a target and its outline, and the same below a name


@dataclass(frozen=True)
class TermsLayout:
    """The places of the parts of the rows."""

    names: Mapping[int, Words]  # the names that are written, by class, in their places
    targets: Region  # the column of the targets
    terms: float  # x of the terms' left edges
    rows: Sequence[Region]  # the regions of targets and terms


def ways_to_write(region: Region, K: int) -> list[tuple[bool, str]]:
    """Whether to use symbols or numbers only, and their size token: the options for K rows, best first."""
    if region.width >= WIDE:
        return [(True, "formula") if K <= SYMBOLS_UP_TO else (False, "label")]
    high = region.height / K
    ways = [(HIGH_ROW, True, "formula"), (LARGE_ROW, False, "number"), (0.0, False, "label")]
    return [(symbols, size) for least, symbols, size in ways if high >= least]


def fits(region: Region, names: Sequence[Words], *, target: float, term: float, symbols: bool) -> bool:
    """Whether rows of these widths fit, with names above or before them."""
    if symbols:
        return region.width >= WIDE or target + SMALL_GAP + term <= region.width
    before = column_width(names, LEAST_NAMES * region.width)
    return region.width >= WIDE or before + target + term + 2 * GAP <= region.width


def terms_layout(
    region: Region,
    names: Sequence[Words],
    *,
    target: float,
    term: float,
    symbols: bool,
    priority: Collection[int],
) -> TermsLayout:
    """Arrange the rows, and put the names into their places.

    `target` and `term` are the widths of the widest target with its outline and of the widest term, in Manim
    units; with `symbols` in a narrow region, the names are above the rows.
    """
    if region.width >= WIDE:
        before, column = max(NAMES, column_width(names, WIDEST_NAMES)), TARGETS
    elif symbols:
        return _names_over(region, names, target, term)
    else:
        spare = region.width - target - term - 2 * GAP
        before, column = column_width(names, spare), target
    x = region.left + before
    beside = Region(region.left, region.bottom, x, region.top).rows(*[1] * len(names))
    targets = Region(x + GAP, region.bottom, x + GAP + column, region.top)
    written = beside_rows(names, beside, priority=priority)
    return TermsLayout(written, targets, targets.right + GAP, beside)


def _names_over(region: Region, names: Sequence[Words], target: float, term: float) -> TermsLayout:
    """Every name at the top of its row, above target and term."""
    line = height_of(1)
    targets = Region(region.left, region.bottom, region.left + target, region.top)
    rows = [row.inset(0, max(0.0, (row.height - TALL_ROW) / 2)) for row in region.rows(*[1] * len(names))]
    for name, row in zip(names, rows, strict=True):
        name.fit_width(row.width, lines=1, edge=LEFT).centre_on(row.top - line / 2)
        name.shift((row.left - name.get_left()[0]) * -LEFT)
    lower = [Region(row.left, row.bottom, row.right, row.top - line) for row in rows]
    return TermsLayout(dict(enumerate(names)), targets, min(targets.right + GAP, region.right - term), lower)


class LossTerms:
    """One row per class: its name, its target in a dashed outline, and its term −y ln a of the loss.

    The targets are formulas ``y_k = number`` or numbers alone; the terms are hidden at first, each with a gap
    for its target.
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
