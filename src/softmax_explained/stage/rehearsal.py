"""Run a chapter without drawing it: its times, its words and what it shows, in a second or two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import tempconfig

from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.stage.record import BeatRecord
from softmax_explained.stage.sparing import SparingRenderer
from softmax_explained.stage.timeline import Watcher

TINY = 90
"""Pixels of the shorter side of a picture nobody looks at."""

BeatEnded = Callable[[Chapter, BeatRecord], None]


def rehearse(
    chapter: type[Chapter],
    production: Production,
    *,
    after_beat: BeatEnded | None = None,
    watcher: Watcher | None = None,
    **settings: Any,
) -> Chapter:
    """Play a chapter's beats at once, each animation straight to its end.

    Args:
        chapter: the chapter's class.
        production: what to make of it.
        after_beat: called with the chapter and the beat's record while the beat's last frame stands.
        watcher: is shown the picture in the middle of every move too; what is played stays the same.
        settings: of Manim, in place of a tiny picture.

    Returns:
        The chapter with its records.
    """
    quiet = {
        "dry_run": True,  # no folder is made, no file is written
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        **production.camera(lines=TINY),
    }
    with tempconfig({**quiet, **settings}):
        played = chapter(production, renderer=SparingRenderer(skip_animations=True))
        played.watcher = watcher
        if after_beat is not None:
            watch = after_beat
            played.beat_ended = lambda record: watch(played, record)  # type: ignore[method-assign]
        played.render()
    return played
