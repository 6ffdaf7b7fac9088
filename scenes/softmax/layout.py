"""The layout of the softmax chapter: curve and lengths, strip over sum, scores over two strips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from softmax_explained.scenes.pictures.share_strip import FIGURES, NAME_AND_NUMBER
from softmax_explained.scenes.softmax.last_picture import EDGE, whole
from softmax_explained.scenes.softmax.lengths import WIDEST_NAMES
from softmax_explained.stage import Region, Words
from softmax_explained.stage.charts.segment_tags import LEADER
from softmax_explained.stage.text.label_layout import column_width, row_height

LOW_ROW, HIGH_ROW = 0.34, 0.75  # minimum and maximum height in Manim units of a length below the curve
UNDER = 0.15  # Manim units over the sum under the strip
OVER = 0.85  # Manim units over a white strip for its bracket and S
THICK = 1.3  # of the white strip over the formula, in Manim units
LIFT = 0.4  # how far all scores are lifted together: exact in the digits that every score has
GROWTH = math.exp(LIFT)  # by which the white strip grows then, and at most when one score is raised
TRACK = 1.12  # height in Manim units of the number line of the scores
BESIDE = 1.55  # the same where the formula is beside it
FORMULA = 1.8  # height in Manim units of the formula where it has a row of its own
GHOST = 0.78  # Manim units between the unit strip and its ruler, for the strip as it was and the change since
AIR = 0.12  # Manim units between the two strips
TALL = 1.2  # least ratio of height to width of a frame in which the formula has a row of its own


def curve_and_lengths(stage: Region, names: Sequence[Words]) -> tuple[Region, Region]:
    """Regions of a curve, and of lengths beside it or, if the stage is not landscape, below it."""
    if stage.is_landscape:
        curve, lengths = stage.columns(52, 48, gap=0.6)
        return curve, lengths
    K = len(names)
    high = max(HIGH_ROW, row_height(names, column_width(names, WIDEST_NAMES * stage.width)))
    rows = K * min(high, max(LOW_ROW, stage.height / (2 * K)))
    curve, lengths = stage.rows(stage.height - rows, rows, gap=0.3)
    return curve, lengths


def strip_over_sum(stage: Region, total: float) -> tuple[Region, Region]:
    """Regions of a strip as wide as the stage, and of the sum under it, which is `total` Manim units high."""
    high = min(stage.height, 5.1 + total)
    middle = Region(stage.left, stage.y - high / 2, stage.right, stage.y + high / 2)
    strip, below = middle.rows(high - total - UNDER, total, gap=UNDER)
    return whole(strip), below


def strip_sum_formula(stage: Region, total: float) -> tuple[Region, Region, Region]:
    """Regions of a white strip without its bracket, of the sum under it, and of a formula below."""
    high = min(stage.height, 5.8 + total)
    middle = Region(stage.left, stage.y - high / 2, stage.right, stage.y + high / 2)
    rest = high - OVER - THICK - 2 * UNDER - total
    _, strip, _, below, _, formula = middle.rows(OVER, THICK, UNDER, total, UNDER, rest)
    return whole(strip), below, formula


@dataclass(frozen=True)
class TwoStrips:
    """Where the scores, the white strip, the unit strip under it and the formula are.

    Attributes:
        track: of the scores.
        lengths: of the white strip as long as it grows, without its bracket.
        shares: of the unit strip with tags, ruler and figures.
        formula: of the formula.
        at_rest: length in Manim units of both strips.
    """

    track: Region
    lengths: Region
    shares: Region
    formula: Region

    @property
    def at_rest(self) -> float:
        """Manim units."""
        return self.lengths.width / GROWTH


def two_strips(stage: Region) -> TwoStrips:
    """Lay out the scores over both strips; the formula is where there is room for it."""
    tall = stage.height > TALL * stage.width
    over, under = OVER + AIR + LEADER + NAME_AND_NUMBER, GHOST + FIGURES
    track_high = TRACK if tall or stage.is_landscape else BESIDE
    top = track_high + (FORMULA if tall else 0.0)
    thick = min(1.1, (stage.height - top - over - under) / 2)
    high = top + over + under + 2 * thick
    middle = Region(stage.left, stage.y - high / 2, stage.right, stage.y + high / 2)
    rest = high - top - OVER - thick
    track, row, _, white, shares = middle.rows(track_high, top - track_high + 1e-9, OVER, thick, rest)
    lengths, shares = whole(white), whole(shares)
    shares = Region(shares.left, shares.bottom, shares.left + lengths.width / GROWTH, shares.top - AIR)
    if tall:
        return TwoStrips(track, lengths, shares, row)
    if stage.is_landscape:
        formula = Region(shares.right + 5 * EDGE, shares.bottom, stage.right, shares.top)
        return TwoStrips(track, lengths, shares, formula)
    track, formula = track.columns(46, 54, gap=0.15)
    return TwoStrips(track, lengths, shares, formula)
