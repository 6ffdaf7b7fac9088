"""What is told of a film while it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class FilmProgress(Protocol):
    """Receives the progress of a film."""

    def drawn(self, chapter: str, seconds: float) -> None:
        """So many seconds of a chapter are drawn."""

    def reused(self, chapter: str) -> None:
        """All beats of a chapter are taken from the cache."""

    def drawing(self, chapter: str, because: Callable[[], list[str]]) -> None:
        """Beats of a chapter are going to be drawn.

        `because` returns the changes that are the reason, none if the beats never were drawn. It reads the
        record of everything in the cache, so it should be called only if that is to be told.
        """

    def finished(self, chapter: str, drawn: Sequence[str]) -> None:
        """A chapter is complete for which `drawing` was called; these of its beats, by id, were drawn.

        None were drawn if what has changed cannot be seen.
        """

    def joining(self) -> None:
        """All chapters are drawn; sound and files follow."""
