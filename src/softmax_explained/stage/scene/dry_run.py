"""Run a chapter without drawing it: its times, its words and what it shows, in a second or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from manim import CairoRenderer, Camera, Mobject, Scene

from softmax_explained.stage.manim_config import manim_config
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.timeline import PlaybackObserver

TINY = 90  # pixels of the shorter side of a picture that is not looked at

BeatEnded = Callable[[Chapter, BeatRecord], None]


def dry_run(
    chapter: type[Chapter],
    production: Production,
    *,
    after_beat: BeatEnded | None = None,
    observer: PlaybackObserver | None = None,
    camera_class: type[Camera] = Camera,
    until: str | None = None,
    **settings: Any,
) -> Chapter:
    """Play a chapter's beats, each animation straight to its end.

    Args:
        chapter: the chapter's class.
        production: what to make of it.
        after_beat: called with the chapter and the beat's record while the beat's last frame stands.
        observer: receives the pictures in the middle of every move too; what is played stays the same.
        camera_class: draws what a caller asks for.
        until: the name of the last beat to play; all of them if not given.
        settings: of Manim, in place of a tiny picture.

    Returns:
        The chapter with its records.
    """
    # In a dry run of Manim no folder is made and no file is written.
    with manim_config(**{"dry_run": True, **production.camera(lines=TINY), **settings}):
        take = None if until is None else chapter.beats()[: chapter.beats().index(until) + 1]
        played = chapter(
            production, take, renderer=DryRunRenderer(camera_class=camera_class, skip_animations=True)
        )
        played.timeline.observer = observer
        if after_beat is not None:
            played.beat_ended = partial(after_beat, played)  # type: ignore[method-assign]
        played.render()
    return played


class DryRunRenderer(CairoRenderer):
    """Goes straight to the end of every move that is skipped, and leaves the picture as it was.

    Manim goes to the end as well, but draws what stands there; and what follows something else, such as a
    label beside a handle, it leaves where it was before the move had quite ended.
    """

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play animations, or do to the stage what playing them would do to it."""
        super().play(scene, *args, **kwargs)
        if self.skip_animations:
            scene.update_mobjects(0)

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = False,
        **kwargs: Any,
    ) -> None:
        """Draw the scene, unless it is skipped; `ignore_skipping` draws it all the same."""
        super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
