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


_SHARES = {"intel": {"wall": 0.25, "cpu": 0.35}, "amd": {"wall": 0.18, "cpu": 0.25}}
"""Of the time of Manim's own command at 1080p60, by the maker of the processor."""


def against_manim(quality: str, processor: str) -> dict[str, Target]:
    """The limits of our command, where Manim's own, as it comes, is 1.

    Args:
        quality: of the film.
        processor: its name; one that is neither Intel's nor AMD's is judged like Intel's.

    >>> against_manim("high", "AMD EPYC")["wall"].limit, against_manim("medium", "AMD EPYC")["wall"].limit
    (0.18, 0.28)
    """
    size = {"bytes": Target(1.3, unit=" ×")}
    if quality != "high":
        return {"wall": Target(0.28, unit=" ×"), "cpu": Target(0.45, unit=" ×"), **size}
    maker = next((maker for maker in _SHARES if maker in processor.lower()), "intel")
    return {key: Target(share, unit=" ×") for key, share in _SHARES[maker].items()} | size


LIKENESS = {
    **dict.fromkeys(("mean", "least", "least_encoded"), Target(0.99, least=True)),
    "mean_encoded": Target(0.995, least=True),
}
"""The SSIM to a lossless film: in RGB and as encoded, in 4:2:0; the mean, and that of the worst frame."""

AGAINST_FLOOR = Target(1.6, unit=" ×")
"""Our command, where x264 alone is 1."""

_AGAIN = {"high": 10, "medium": 6}
_WITHOUT_FRAMES = {"unchanged": 1, "word": 5}


def after_edit(quality: str, edit: str) -> Target | None:
    """The most that rendering again may take, in seconds.

    Args:
        quality: of the film.
        edit: a key of `bench.edits.EDITS`.

    >>> after_edit("high", "sentence").verdict(8.5)
    '≤ 10 s: met'
    """
    limit = _WITHOUT_FRAMES.get(edit, _AGAIN.get(quality))
    return None if limit is None or edit == "number" else Target(limit, unit=" s")
