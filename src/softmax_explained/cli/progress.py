"""Progress bars of films that are being made: one per chapter, or one per film of a course."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, Task, TaskID, TextColumn, TimeElapsedColumn

from softmax_explained.cli.printable import printable

if TYPE_CHECKING:
    from softmax_explained.errors import SoftmaxExplainedError
    from softmax_explained.studio.planning.plan import Plan

_SOON = 1.0  # seconds that speaking may take without being shown

MOST_REASONS = 3  # changes that are named of a chapter that is drawn again


def progress_bars() -> Progress:
    """Bars on the standard error."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} {task.fields[unit]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _task(progress: Progress, bar: TaskID) -> Task:
    """A bar; its place in the list of all is another one once a bar was removed."""
    return next(task for task in progress.tasks if task.id == bar)


class SpeakingBar:
    """A bar for the sentences of a film that are spoken; it is not shown if they were all spoken before.

    Args:
        progress: shows the bar.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar: TaskID | None = None
        self._begun = time.monotonic()

    def spoken(self, number: int, count: int) -> None:
        """Move the bar."""
        if self._bar is None and time.monotonic() - self._begun > _SOON:
            self._bar = self._progress.add_task("Speaking", total=count, unit="sentences")
        if self._bar is not None:
            self._progress.update(self._bar, completed=number)

    def end(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._progress.remove_task(self._bar)


class ChapterBars:
    """A bar per chapter of one film; the chapters' lengths are estimates, so a bar may grow.

    Args:
        progress: shows the bars.
        plan: the film.
        explain: print for each chapter what has changed and which beats are drawn, or that it is reused.
    """

    def __init__(self, progress: Progress, plan: Plan, *, explain: bool) -> None:
        self._progress, self._explain = progress, explain
        self._lengths = {chapter.scene.name: chapter.seconds for chapter in plan.chapters}
        self._beats = {chapter.scene.name: len(chapter.beats) for chapter in plan.chapters}
        self._bars = {
            chapter.scene.name: progress.add_task(chapter.title, total=chapter.seconds, unit="s")
            for chapter in plan.chapters
        }

    def reused(self, chapter: str) -> None:
        """Fill a chapter's bar."""
        self.drawn(chapter, self._lengths[chapter])
        self._explained(f"{chapter}: reused")

    def drawing(self, chapter: str, because: Callable[[], list[str]]) -> None:
        """Print what has changed in a chapter."""
        if not self._explain:
            return
        parts = because()
        others = f" and {len(parts) - MOST_REASONS} more" if len(parts) > MOST_REASONS else ""
        reasons = f"changed: {', '.join(parts[:MOST_REASONS])}{others}" if parts else "not in the cache"
        self._explained(f"{chapter}: {reasons}")

    def finished(self, chapter: str, drawn: Sequence[str]) -> None:
        """Print which beats of a chapter were drawn."""
        names = f": {', '.join(beat.partition('.')[2] for beat in drawn)}" if drawn else ""
        self._explained(f"{chapter}: {len(drawn)} of {self._beats[chapter]} beats drawn{names}")

    def drawn(self, chapter: str, seconds: float) -> None:
        """Move a chapter's bar."""
        bar = self._bars[chapter]
        total = max(_task(self._progress, bar).total or 0.0, seconds)
        self._progress.update(bar, completed=seconds, total=total)

    def joining(self) -> None:
        """Fill every bar, and say what takes the last half minute."""
        for bar in self._bars.values():
            self._progress.update(bar, total=_task(self._progress, bar).completed)
        self._progress.console.print("Adding sound, captions and ledger …")

    def _explained(self, line: str) -> None:
        if self._explain:
            self._progress.console.print(line, markup=False, highlight=False)


class CourseBars:
    """A bar for a course, and one per film in progress; films report from their own threads.

    Args:
        progress: shows the bars.
        films: how many there are.
    """

    def __init__(self, progress: Progress, films: int) -> None:
        self._progress, self._bars = progress, dict[str, TaskID]()
        self._course = progress.add_task("films", total=films, unit="films")

    def planned(self, film: str) -> None:
        """Do nothing: planning takes a second."""

    def skipped(self, film: str) -> None:
        """Move the bar of the course."""
        self._print(f"{film}: up to date")
        self._progress.advance(self._course)

    def begun(self, film: str, plan: Plan) -> _FilmBar:
        """Add a bar."""
        lengths = {chapter.scene.name: chapter.seconds for chapter in plan.chapters}
        self._bars[film] = self._progress.add_task(film, total=sum(lengths.values()), unit="s")
        return _FilmBar(self._progress, self._bars[film], lengths)

    def made(self, film: str) -> None:
        """Remove the bar and move that of the course."""
        self._end(film, "finished")

    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        """Print the error immediately, so that the user can fix it while the others are drawn."""
        self._end(film, f"failed: {error.message}")

    def _end(self, film: str, how: str) -> None:
        if film in self._bars:
            self._progress.remove_task(self._bars.pop(film))
        self._progress.advance(self._course)
        self._print(f"{film}: {how}")

    def _print(self, line: str) -> None:
        self._progress.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


class _FilmBar:
    """How far a film is, from how far its chapters are; each counts for its planned length at most."""

    def __init__(self, progress: Progress, bar: TaskID, lengths: dict[str, float]) -> None:
        self._progress, self._bar, self._lengths = progress, bar, lengths
        self._drawn, self._lock = dict[str, float](), Lock()

    def drawn(self, chapter: str, seconds: float) -> None:
        with self._lock:
            self._drawn[chapter] = min(seconds, self._lengths[chapter])
            self._progress.update(self._bar, completed=sum(self._drawn.values()))

    def reused(self, chapter: str) -> None:
        self.drawn(chapter, self._lengths[chapter])

    def drawing(self, chapter: str, because: Callable[[], list[str]]) -> None:
        """Do nothing: a course has too many chapters to explain."""

    def finished(self, chapter: str, drawn: Sequence[str]) -> None:
        """Do nothing, for the same reason."""

    def joining(self) -> None:
        self._progress.update(self._bar, completed=sum(self._lengths.values()))
