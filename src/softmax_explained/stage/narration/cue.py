"""A caption and when it is on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cue:
    """A caption: its lines, and when it is on the screen, in seconds of the film or of a beat's speech."""

    start: float
    end: float
    lines: tuple[str, ...]

    def later(self, seconds: float) -> Cue:
        """The caption shifted by a number of seconds; earlier if it is negative."""
        return replace(self, start=self.start + seconds, end=self.end + seconds)
