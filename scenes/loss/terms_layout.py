"""The rows of the loss: names, targets and terms in columns, or each name above its target."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from manim import LEFT

from softmax_explained.stage import Region, Words
from softmax_explained.stage.text.label_layout import beside_rows, column_width, height_of

WIDE = 10.0  # width in Manim units at which names, targets and terms with symbols fit beside each other
SYMBOLS_UP_TO = 4  # with more classes than this, rows are too low for symbols
# Minimum and maximum width of the column of names, and width of the targets, in a wide_enough region
NAMES, WIDEST_NAMES, TARGETS = 2.0, 2.8, 2.6
GAP, SMALL_GAP = 0.4, 0.2  # Manim units between two columns, and between target and term below a name
# Row heights in Manim units: for large numbers, for a name above its target, and the maximum of that
LARGE_ROW, HIGH_ROW, TALL_ROW = 0.6, 1.08, 1.35
LEAST_NAMES = 0.3  # fraction of the width that names may take before the numbers are made smaller


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
