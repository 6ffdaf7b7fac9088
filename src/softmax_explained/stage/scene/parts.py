"""The parts of a beat, which different processes can draw."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 8.0
"""After so much of a part, the next move or hold begins another one. It does so whoever draws them."""


@dataclass(frozen=True)
class Parts:
    """Consecutive parts of a beat, by their numbers from 0.

    >>> [number in Parts(1) for number in range(3)], [number in Parts(0, 1) for number in range(3)]
    ([False, True, True], [True, False, False])
    """

    first: int = 0
    end: int | None = None  # the first that does not belong to them; None for all that follow

    def __contains__(self, number: object) -> bool:
        """Whether the part of a number belongs to them."""
        return isinstance(number, int) and self.first <= number and (self.end is None or number < self.end)


WHOLE = Parts()


def section_name(beat: str, part: int) -> str:
    """The name of the Manim section with a part of a beat, given by its id.

    >>> section_name("loss.price", 0), section_name("loss.price", 1)
    ('loss.price', 'loss.price+1')
    """
    return f"{beat}+{part}" if part else beat


def beat_of(section: str) -> str:
    """The id of the beat of a section.

    >>> beat_of("loss.price+1")
    'loss.price'
    """
    return section.partition("+")[0]
