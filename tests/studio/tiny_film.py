"""A film of two tiny chapters with words of its own, small enough to be drawn in a test."""

from __future__ import annotations

import os
import signal
import tempfile
from functools import cached_property
from pathlib import Path

from manim import Circle, FadeIn, Square

from softmax_explained.core import Solution
from softmax_explained.stage import Chapter, Production, beat
from softmax_explained.stage.narration.script import Script

WORDS = {
    "film": {"title": "A tiny film"},
    "opening": {
        "title": "The opening",
        "first": {"title": "One", "say": "Here a {round|circle} appears."},
        "second": {"title": "Two", "say": "It has {S} friends; minus a_i is {g[t]}, and {cls[t]} stays."},
    },
    "ending": {
        "title": "The ending",
        "last": {"title": "Three", "say": "Here a {square|square} appears."},
    },
}

ORDER = ("opening", "ending")


def script_for(solution: Solution) -> Script:
    return Script("en", solution, WORDS)


class Opening(Chapter, running_order=ORDER):
    @cached_property
    def script(self) -> Script:
        return script_for(self.solution)

    @beat
    def first(self) -> None:
        self.on("round", FadeIn(Circle()))

    @beat
    def second(self) -> None:
        self.add(Square())


class Ending(Chapter, running_order=ORDER):
    @cached_property
    def script(self) -> Script:
        return script_for(self.solution)

    @beat
    def last(self) -> None:
        self.on("square", FadeIn(Square()))


BROKEN_WORDS = {"broken": {"title": "B", "fails": {"title": "B", "say": "Hello there."}}}


class Broken(Chapter):
    @cached_property
    def script(self) -> Script:
        return Script("en", self.solution, BROKEN_WORDS)

    @beat
    def fails(self) -> None:
        raise ZeroDivisionError("the scene divides by nothing")


class Killed(Broken):
    @cached_property
    def script(self) -> Script:
        return Script("en", self.solution, {"killed": BROKEN_WORDS["broken"]})

    @beat
    def fails(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class PutsAside(Broken):
    """Puts something aside where programs put what is temporary."""

    @cached_property
    def script(self) -> Script:
        return Script("en", self.solution, {"puts_aside": BROKEN_WORDS["broken"]})

    @beat
    def fails(self) -> None:
        Path(tempfile.gettempdir(), "put aside").touch()


PRODUCTION = Production(quality="draft")


class Watched:
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float]] = []
        self.reasons: dict[str, list[str]] = {}

    def drawn(self, chapter: str, seconds: float) -> None:
        self.seen.append((chapter, seconds))

    def reused(self, chapter: str) -> None:
        self.seen.append((f"reused {chapter}", 0))

    def drawing(self, chapter: str, because: list[str]) -> None:
        self.reasons[chapter] = because

    def joining(self) -> None:
        self.seen.append(("joining", 0))
