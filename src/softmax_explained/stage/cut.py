"""Which beats of the film are shown: all of them, or a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cut:
    """A version of the film.

    Attributes:
        name: what it is asked for by.
        beats: the ids of the beats that are shown; None for every beat.

    >>> short = Cut("short", ("softmax.share_out", "loss.price"))
    >>> short.shown("softmax", ["exponentiate", "share_out", "formula"])
    ('share_out',)
    >>> short.chapters(["neuron", "softmax", "loss"])
    ('softmax', 'loss')
    """

    name: str
    beats: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether every beat is shown."""
        return self.beats is None

    def shown(self, chapter: str, beats: Sequence[str]) -> tuple[str, ...]:
        """Those beats of a chapter that are shown, by name."""
        return tuple(beat for beat in beats if self.beats is None or f"{chapter}.{beat}" in self.beats)

    def chapters(self, running_order: Sequence[str]) -> tuple[str, ...]:
        """Those chapters of which a beat is shown."""
        kept = {beat.partition(".")[0] for beat in self.beats or ()}
        return tuple(chapter for chapter in running_order if self.beats is None or chapter in kept)


FULL = Cut("full")
"""The whole film."""
