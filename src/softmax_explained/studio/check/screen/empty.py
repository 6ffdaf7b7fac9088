"""EMPTY: a body in which nothing is shown, also between beats and chapters, and cards that are all empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from softmax_explained.stage.design.layout import Frame
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.body import content, only_empty_cards
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import EMPTY

NOTHING = Rule(
    "EMPTY",
    "at most {:.1f} s",
    "carry an object over from the picture before, and let the next one start while the last leaves",
)


@dataclass(frozen=True)
class EmptyStretch:
    """A time in which the body is empty, in seconds of the segment."""

    beat_id: str
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class EmptyBody:
    """Watches when the body of a chapter is empty, and when all cards in it are."""

    def __init__(self) -> None:
        self._body, self._cards = _Stretches(), _Stretches()

    def see(self, beat_id: str, time: float, snapshot: Snapshot, frame: Frame) -> None:
        """Note whether a picture at a time is empty."""
        held = content(snapshot, frame)
        self._body.see(beat_id, time, is_empty=not held.any())
        self._cards.see(beat_id, time, is_empty=only_empty_cards(snapshot, frame, held))

    def end(self) -> list[EmptyStretch]:
        """All stretches in which the body is empty, up to the end of the chapter."""
        return self._body.end()

    def cards(self) -> list[EmptyStretch]:
        """All stretches in which there are cards, and nothing on any of them."""
        return self._cards.end()


class _Stretches:
    """The stretches of a chapter in which something is empty."""

    def __init__(self) -> None:
        self._found: list[EmptyStretch] = []
        self._since: tuple[str, float] | None = None
        self._last = 0.0

    def see(self, beat_id: str, time: float, *, is_empty: bool) -> None:
        if not is_empty:
            self._close(time)
        elif self._since is None:
            self._since = beat_id, self._last
        self._last = time

    def end(self) -> list[EmptyStretch]:
        self._close(self._last)
        return self._found

    def _close(self, time: float) -> None:
        if self._since is not None:
            beat_id, start = self._since
            if time > start:
                self._found.append(EmptyStretch(beat_id, start, time))
            self._since = None


def empty_bodies(stretches: list[EmptyStretch]) -> Iterator[Violation]:
    """Stretches in which the body is empty for too long."""
    for stretch in stretches:
        if stretch.seconds > EMPTY:
            yield empty_for(stretch.seconds).at(stretch.beat_id, stretch.start)


def empty_cards(stretches: list[EmptyStretch]) -> Iterator[Violation]:
    """Stretches in which all cards are empty for too long: they look like pictures that failed to load."""
    for stretch in stretches:
        if stretch.seconds > EMPTY:
            measured = f"{stretch.seconds:.1f} s"
            violation = NOTHING.violation(
                "every card",
                measured=measured,
                excess=stretch.seconds - EMPTY,
                limit=EMPTY,
                hint="let the cards come with what is on them",
            )
            yield violation.at(stretch.beat_id, stretch.start)


def empty_for(seconds: float) -> Violation:
    """An empty body of so many seconds."""
    return NOTHING.violation("the body", measured=f"{seconds:.1f} s", excess=seconds - EMPTY, limit=EMPTY)
