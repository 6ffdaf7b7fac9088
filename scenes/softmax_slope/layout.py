"""Where the pictures of the chapter stand: column i docked, the map in its corner, cards, and lines."""

from __future__ import annotations

from dataclasses import dataclass

from softmax_explained.scenes.nudge.strips import StripLayout
from softmax_explained.stage import Region

COLUMN, TICK = 2.6, 0.75  # Manim units: width of the docked column, and beside it for ticks
TAG = 0.75  # over the column, for the name of a case
SLOT = 0.86  # height of a slot of the docked column at most
BAND, TALL = 1.9, 2.4  # greatest height of a row for column and map over the lines; in a tall frame
STRIP, FORMULA = 1.0, 0.95  # heights of a row for the small strip, and for the formula of the Jacobian
FACT, SUM_PART = 1.35, 0.395  # height of a row of facts, and the part of its width for S
BESIDE = 5.2  # width of the formula beside the table, with the gap
LOW = 5, 6  # classes whose numbers need the whole width of the table
UNDER = 0.68  # under the last line, for what its parts are


@dataclass(frozen=True)
class SlopeLayout:
    """The regions of the chapter's beats.

    Attributes:
        corner: the map of the paths.
        tag: the name of a case.
        column: column i, docked.
        cards: the card of the quotient rule, large.
        alone: a share, beside the large card.
        quotient: the same, small.
        exponential: the card of the exponential rule, under it.
        facts: the sum S, its terms, and its slope: below one another where the share has been, or at the
            bottom, where the slope takes the place of the terms.
        sheet: the lines of a case.
        strip: the small strip over the table.
        table: the Jacobian, names and sums included.
        formula: of the Jacobian.
    """

    corner: Region
    tag: Region
    column: Region
    cards: Region
    alone: Region
    quotient: Region
    exponential: Region
    facts: tuple[Region, ...]
    sheet: Region
    strip: Region
    table: Region
    formula: Region

    @classmethod
    def of(cls, stage: Region, K: int) -> SlopeLayout:
        """The layout in the region of a beat's picture, for K classes."""
        corner = StripLayout.of(stage).corner
        left, bottom, right, top = stage.edges
        beside = under = Region(left + COLUMN + TICK, bottom, right, top)
        tag, room = (
            Region(left, top - TAG, left + COLUMN, top),
            Region(left, bottom, left + COLUMN, top - TAG),
        )
        if not stage.is_landscape:
            is_tall = stage.height > stage.width
            band = min(TALL, 0.25 * stage.height) if is_tall else min(BAND, 0.22 * stage.height)
            under = Region(left, bottom, right, top - band - 0.2)
            tag = Region(left, top - 0.5, left + 2.4, top)
            room = Region(left, top - band, left + 2.2, top - 0.72)
        height = min(room.height, K * SLOT)
        column = Region(room.left, room.y - height / 2, room.right, room.y + height / 2)
        if stage.is_landscape:
            cards, rest = beside.columns(1.2, 1.0, gap=0.4)
            quotient, exponential = cards.rows(1.25, 1.0, gap=0.15)
            free = Region(rest.left, bottom, right, corner.bottom - 0.1)
            alone, facts = free.rows(1, 2, gap=0.1)[0], free.rows(1.2, 0.9, 1.3, gap=0.25)
            sheet = Region(beside.left, bottom + UNDER, right, corner.bottom + 0.45)
            table = Region(left, bottom, right - BESIDE, top - STRIP)
            formula = Region(table.right + 0.45, bottom, right, corner.bottom)
        elif stage.width > stage.height:
            cards, rest = under.columns(4.4, 2.6, gap=0.2)
            alone, (both, row) = rest.rows(1, 2, gap=0.1)[0], under.rows(under.height - FACT, FACT, gap=0.2)
            quotient, exponential = both.columns(4.3, 2.75, gap=0.15)
            sums, terms = row.columns(SUM_PART, 1 - SUM_PART, gap=0.55)
        else:
            both, sums, terms = under.rows(under.height - 2 * FACT, FACT - 0.1, FACT, gap=0.1)
            quotient, exponential = both.rows(1.25, 1.0, gap=0.15)
            # until the facts come, the large card may be where they will be
            alone = Region(left, bottom, right, bottom + 1.25)
            cards = Region(left, alone.top + 0.15, right, under.top)
        if not stage.is_landscape:
            facts = sums, terms, terms
            sheet = Region(left, bottom + UNDER, right, under.top)
            table = Region(left, bottom + FORMULA, right, corner.bottom - 0.15)
            formula = Region(left, bottom, right, bottom + FORMULA - 0.15)
        if stage.is_landscape and K in LOW:
            table = Region(left, bottom + FORMULA, right, corner.bottom - 0.1)
            formula = Region(left, bottom, right, bottom + FORMULA - 0.15)
        strip = Region(table.left, top - STRIP + 0.25, min(table.right, corner.left - 0.3), top - 0.25)
        cards_and_facts = cards, alone, quotient, exponential, facts
        return cls(corner, tag, column, *cards_and_facts, sheet, strip, table, formula)
