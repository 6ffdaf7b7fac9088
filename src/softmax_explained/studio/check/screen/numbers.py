"""The numbers of a picture as a viewer reads them: from readouts and from formulas, with their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import READABLE_OPACITY

_KEY = re.compile(r"(?P<family>\w+)(?:\[(?P<indices>[\d,]+)\])?")


@dataclass(frozen=True)
class Number:
    """A number on the screen."""

    key: str
    text: str  # its digits as drawn
    owner: Owner
    allowed: Mapping[str, str]

    @property
    def family(self) -> str:
        """The name of the quantity, without its indices."""
        return self.key.partition("[")[0]

    @property
    def indices(self) -> tuple[int, ...]:
        """The indices of the quantity, 0-based."""
        found = _KEY.fullmatch(self.key)
        return tuple(map(int, (found["indices"] or "").split(","))) if found and found["indices"] else ()

    @property
    def digits(self) -> Decimal | None:
        """The number that the digits say; None for one with a power of ten."""
        return decimal(self.text)

    @property
    def half(self) -> float:
        """Half a unit of the last digit."""
        _, _, behind = self.text.partition(".")
        return 0.5 * 10.0 ** -len(behind)


def decimal(text: str) -> Decimal | None:
    """The value of displayed digits.

    >>> decimal("−0.341"), decimal("1.97 × 10⁴³⁴")
    (Decimal('-0.341'), None)
    """
    try:
        return Decimal(text.replace("−", "-").replace("+", ""))
    except InvalidOperation:
        return None


def numbers_of(snapshot: Snapshot) -> Iterator[Number]:
    """The numbers that can be read in a picture."""
    for owner, places in snapshot.pieces.items():
        shown = [place for place in places if snapshot.opacity[place] >= READABLE_OPACITY]
        if not shown:
            continue
        allowed = snapshot.parts[shown[0]].allowed
        if isinstance(owner.piece, Readout):
            yield Number(owner.piece.quantity.key, owner.piece.text, owner, allowed)
        elif isinstance(owner.piece, Formula):
            for number in owner.piece.numbers:
                yield Number(number.key, number.text, owner, allowed)
