"""Digests of the state of a chapter where beats begin and end: the same state and code, the same pictures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from manim import Mobject

from softmax_explained.core.solution import Solution
from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.film import Film
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.timeline import Timeline
from softmax_explained.studio.cache.object_digest import object_digest
from softmax_explained.studio.painting.appearance import DIGITS

_CONSTANT = Production, Film, Solution, Script, Frame, Proofs, Chapter, Timeline, Path
"""What beats read and do not change: settings, numbers, words, regions. What changes of a chapter and its
timeline is added by itself; paths are those of pictures that have been read."""

_OF_MANIM = (
    *("animations", "moving_mobjects", "static_mobjects", "time_progression", "stop_condition", "duration"),
    *("last_t", "renderer", "manager", "queue", "camera_class", "skip_animations", "_log_file_path"),
    *("file_writer_settings", "session_spec", "output_plan"),
)
_OF_THE_TAKE = "take", "parts", "beat_records", "beat_begins", "beat_ended", "_starts", "_moves", "_sounds"
"""What depends on how a chapter is played, and not on what it shows."""


def scene_state(chapter: Chapter) -> str | None:
    """A digest of everything that the next beat may depend on, beside code and constant settings.

    That is what stands on the stage and what the beats before have kept as attributes, with all that these
    refer to. Coordinates are compared to `appearance.DIGITS` decimals.

    Returns:
        None if something is of a kind of which nothing is known.
    """
    left_out = {*_OF_MANIM, *_OF_THE_TAKE, "mobjects"}
    attributes = {name: value for name, value in sorted(vars(chapter).items()) if name not in left_out}
    shown = [each for each in chapter.mobjects if not _is_of_a_wait(each)]
    pending = chapter.timeline.scheduled, chapter.timeline.captions
    return object_digest(
        [attributes, shown, pending], decimals=DIGITS, constant=_CONSTANT, left_out=_not_seen
    )


class BeatStates:
    """The states at the beginning and the end of every beat of a take that is played from now on.

    Args:
        chapter: its beats that are played before its take are left out.
    """

    def __init__(self, chapter: Chapter) -> None:
        self._begins: dict[str, str | None] = {}
        self._ends: dict[str, str | None] = {}
        self._chapter = chapter
        chapter.beat_begins = self._begin  # type: ignore[method-assign]
        chapter.beat_ended = self._end  # type: ignore[method-assign]

    def of(self, beat: str) -> tuple[str | None, str | None]:
        """The states before and after a beat, given by its id."""
        return self._begins[beat], self._ends[beat]

    def _begin(self, beat: str) -> None:
        if not self._is_of_take(beat):
            return
        beats = [f"{self._chapter.name}.{name}" for name in self._chapter.beats()]
        before = dict(pairwise(reversed(beats))).get(beat)
        # A beat begins as the one before has ended, which is not among `_ends` if it was not run.
        self._begins[beat] = self._ends[before] if before in self._ends else scene_state(self._chapter)

    def _end(self, record: BeatRecord) -> None:
        if self._is_of_take(record.id):
            self._ends[record.id] = scene_state(self._chapter)

    def _is_of_take(self, beat: str) -> bool:
        return beat.partition(".")[2] in self._chapter.take


def _is_of_a_wait(mobject: Mobject) -> bool:
    """Whether it stands for nothing: Manim adds such a mobject with every wait."""
    return type(mobject) is Mobject and not (len(mobject.points) or mobject.submobjects or mobject.updaters)


def _not_seen(value: object) -> Iterable[str]:
    """Attributes that do not tell what a shape looks like: where it was copied or read from."""
    return ("original_id", "file_name") if isinstance(value, Mobject) else ()
