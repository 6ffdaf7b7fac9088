"""The layout of the softmax chapter: curve and lengths, sliders and formula, all above a strip."""

from collections.abc import Sequence

from softmax_explained.scenes.softmax.lengths import WIDEST_NAMES
from softmax_explained.stage import Region, Words
from softmax_explained.stage.text.label_layout import column_width, row_height

STRIP = 2.25  # height in Manim units of the unit strip with its ruler and a line of names
FEET = 0.55  # Manim units below the curve for the numbers on its axis
LOW_ROW, HIGH_ROW = 0.34, 0.75  # minimum and maximum height in Manim units of a length below the curve
PITCH, WIDEST_SLIDERS = 1.9, 5.8  # maximum distance between sliders and width of all, in Manim units
BESIDE_FORMULA, UNDER_SLIDERS = 3.9, 1.4  # Manim units for the formula beside the sliders, and below them
HANDLE = 0.6  # Manim units to the right of the sliders for the label of their handle


def curve_and_lengths(stage: Region, names: Sequence[Words]) -> tuple[Region, Region]:
    """Regions of a curve, and of lengths beside it or, if the stage is not landscape, below it."""
    if stage.is_landscape:
        curve, lengths = stage.columns(46, 54, gap=0.7)
        return curve, lengths
    K = len(names)
    high = max(HIGH_ROW, row_height(names, column_width(names, WIDEST_NAMES * stage.width)))
    rows = K * min(high, max(LOW_ROW, stage.height / (2 * K)))
    curve, _, lengths = stage.rows(stage.height - rows - FEET, FEET, rows)
    return curve, lengths


def sliders_and_formula(area: Region, K: int) -> tuple[Region, Region]:
    """Regions of K sliders, and of a formula beside them or, if there is more height, below them."""
    if area.height > area.width / 2:
        sliders, formula = area.rows(area.height - UNDER_SLIDERS, UNDER_SLIDERS)
        return sliders.inset(max(HANDLE, (area.width - PITCH * K) / 2), 0.1), formula
    width = min(PITCH * K, WIDEST_SLIDERS, area.width - BESIDE_FORMULA)
    sliders, formula = area.columns(width, area.width - width, gap=HANDLE)
    return sliders.inset(0, 0.1), formula


def lines_over_strip(stage: Region) -> int:
    """Maximum number of lines of a name above the strip."""
    return 2 if stage.is_landscape else 1


def above_strip(stage: Region, rise: float) -> tuple[Region, Region, Region]:
    """The region above the unit strip, its upper part, and a lower band for a short strip.

    `rise` is the height in Manim units of the lines of the names above the last.
    """
    whole, _ = stage.rows(stage.height - STRIP - rise, STRIP + rise)
    # The formula above the band takes two lines, or is lower
    band = 0.75 if stage.is_landscape else 0.09 * stage.height
    upper, lowest = whole.rows(whole.height - band, band)
    return whole, upper, lowest
