"""What the benchmark must show, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A limit for one number.

    Attributes:
        limit: the number.
        least: whether it is the least that is allowed, or the most.
        unit: what stands behind it.
    """

    limit: float
    least: bool = False
    unit: str = ""

    def verdict(self, found: float) -> str:
        """The limit, and whether a number keeps it.

        >>> Target(0.25, unit=" ×").verdict(0.2), Target(0.99, least=True).verdict(0.98)
        ('≤ 0.25 ×: met', '≥ 0.99: missed by 0.01')
        """
        over = self.limit - found if self.least else found - self.limit
        judged = f"missed by {over:.2g}" if over > 0 else "met"
        return f"{'≥' if self.least else '≤'} {self.limit:g}{self.unit}: {judged}"


AGAINST_MANIM = {
    "wall": Target(0.25, unit=" ×"),
    "cpu": Target(0.45, unit=" ×"),
    "bytes": Target(1.3, unit=" ×"),
}
"""Our command, where Manim's own, as it comes, is 1."""

LIKENESS = Target(0.99, least=True)

AGAINST_FLOOR = Target(1.6, unit=" ×")
"""Our command, where x264 alone is 1."""

EDITS = {"unchanged": Target(3, unit=" s"), "word": Target(5, unit=" s")}
