"""Where the pictures of the chapter stand: column i docked, the map in its corner, cards, and lines."""

from __future__ import annotations

from dataclasses import dataclass

from softmax_explained.scenes.nudge.strips import StripLayout
from softmax_explained.stage import Region

COLUMN, TICK = 2.6, 0.75  # Manim units: width of the docked column, and beside it for ticks
TAG = 0.75  # over the column, for the name of a case
SLOT = 0.86  # height of a slot of the docked column at most
BAND = 1.5  # height of a row for the column and the map, where the lines stand below them
STRIP, FORMULA = 1.0, 0.95  # heights of a row for the small strip, and for the formula of the Jacobian
BESIDE = 5.2  # width of the formula beside the table, with the gap
UNDER = 0.68  # under the last line, for what its parts are


@dataclass(frozen=True)
class SlopeLayout:
    """The regions of the chapter's beats.

    Attributes:
        corner: the map of the paths.
        tag: the name of a case.
        column: column i, docked.
        cards: the card of the quotient rule, alone.
        quotient: the same, small.
        exponential: the card of the exponential rule, under it.
        facts: what the letters of the card stand for.
        sheet: the lines of a case.
        strip: the small strip over the table.
        table: the Jacobian, names and sums included.
        formula: of the Jacobian.
    """

    corner: Region
    tag: Region
    column: Region
    cards: Region
    quotient: Region
    exponential: Region
    facts: Region
    sheet: Region
    strip: Region
    table: Region
    formula: Region

    @classmethod
    def of(cls, stage: Region, K: int) -> SlopeLayout:
        """The layout in the region of a beat's picture, for K classes."""
        corner = StripLayout.of(stage).corner
        left, bottom, right, top = stage.edges
        if stage.is_landscape:
            tag = Region(left, top - TAG, left + COLUMN, top)
            room = Region(left, bottom, left + COLUMN, top - TAG)
            beside = Region(left + COLUMN + TICK, bottom, right, top)
            cards, facts = beside.columns(1.2, 1.0, gap=0.4)
            facts = Region(facts.left, bottom, right, corner.bottom - 0.1)
            sheet = Region(beside.left, bottom + UNDER, right, corner.bottom + 0.45)
            table = Region(left, bottom, right - BESIDE, top - STRIP)
            formula = Region(table.right + 0.45, bottom, right, corner.bottom)
        else:
            band, below = stage.rows(BAND, stage.height - BAND, gap=0.2)
            tag, room = (
                Region(left, band.top - 0.55, left + 2.4, band.top),
                Region(left, band.bottom, left + 2.2, band.top - 0.6),
            )
            if stage.width > stage.height:
                cards, facts = below.columns(1.05, 1.0, gap=0.3)
            else:
                cards, facts = below.rows(1.5, 1.0, gap=0.2)
            sheet = Region(below.left, bottom + UNDER, below.right, below.top)
            table = Region(left, bottom + FORMULA, right, corner.bottom - 0.15)
            formula = Region(left, bottom, right, bottom + FORMULA - 0.15)
        quotient, exponential = cards.rows(1.25, 1.0, gap=0.15)
        height = min(room.height, K * SLOT)
        column = Region(room.left, room.top - height, room.right, room.top)
        if stage.is_landscape:
            column = Region(room.left, room.y - height / 2, room.right, room.y + height / 2)
        strip = Region(table.left, top - STRIP + 0.25, min(table.right, corner.left - 0.3), top - 0.25)
        return cls(corner, tag, column, cards, quotient, exponential, facts, sheet, strip, table, formula)
