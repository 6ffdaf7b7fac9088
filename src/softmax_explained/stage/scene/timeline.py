"""The clock of a scene: every move and every hold takes whole frames, and beats can be skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from manim import Animation, Scene, Wait, config, squish_rate_func
from sympy import Expr

from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.beat import PART
from softmax_explained.stage.shapes.caption_lane import CaptionLane

SHORTEST_MOVE = 0.2  # seconds: no move is made shorter than this to end before the next mark


class PlaybackObserver(Protocol):
    """Receives the pictures of a scene that is played; the scene is a `FrameScene`."""

    def before(self, scene: Any) -> None:
        """The next move or hold is about to start from this picture."""

    def moments(self, scene: Any, seconds: float) -> Iterable[float]:
        """The moments before the end of a move at which to observe it, in order; all in seconds."""

    def moving(self, scene: Any, moment: float, seconds: float) -> None:
        """A move has reached one of the moments, or its end."""

    def held(self, scene: Any, seconds: float) -> None:
        """Nothing has moved for this long, in seconds."""

    def unproved(self, scene: Any, claim: Expr, error: ProofError) -> None:
        """A formula that is about to be shown makes a claim without a proof."""


class Timeline:
    """Plays moves and holds on a scene, by whole frames.

    Manim adds up the run times it is asked for and draws the frames that fit, so over a hundred moves its
    clock and its picture drift apart. Here the run time is fitted to the frames, so they cannot.

    Args:
        scene: where they are played.

    Attributes:
        observer: receives every picture, if there is one.
        marks: the marks of the beat that are still to come, with the seconds of the beat at which their words
            are said.
        alongside: animations that are played together with the next move.
        scheduled: animations by the second of the beat at which they are due, see `schedule`.
        captions: shows the caption of the moment, if captions are burned in.
        instant: whether what is played now takes no time.
        part: the number of the part of the beat that is being played, see `beat.Parts`.
        part_begins: called when a part begins that is not the first.
    """

    def __init__(self, scene: Scene) -> None:
        self.observer: PlaybackObserver | None = None
        self.marks: dict[str, float] = {}
        self.alongside: list[Animation] = []
        self.instant = False
        self.scheduled: list[tuple[float, Animation]] = []
        self.captions: CaptionLane | None = None
        self.part, self.part_begins = 0, _nothing
        self._scene, self._frames, self._begun, self._part_begun = scene, 0, 0, 0.0

    @property
    def elapsed(self) -> float:
        """Seconds played so far, by whole frames."""
        return self._frames / float(config.frame_rate)

    @property
    def clock(self) -> float:
        """Seconds played since the beat began, by whole frames.

        All moments are counted from there, so that a beat is played alike whatever was played before it.
        """
        return (self._frames - self._begun) / float(config.frame_rate)

    def begin_beat(self) -> None:
        """Let the clock begin."""
        self._begun, self._part_begun, self.part = self._frames, 0.0, 0

    def play(self, *animations: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play animations for a whole number of frames, ending before the next mark's word is said."""
        played = self._scene.compile_animations(*animations, **kwargs)
        if self.instant:
            self._jump(played)
        if self.instant or not played:
            return
        if self.clock - self._part_begun >= PART:
            self._part_begun, self.part = self.clock, self.part + 1
            self.part_begins()
        longest = max(animation.run_time for animation in played)
        allowed = run_time or longest
        if self.marks:
            allowed = min(allowed, max(min(self.marks.values()) - self.clock, SHORTEST_MOVE))
        frames = max(1, round(allowed * config.frame_rate))
        # Manim steps through the run time to find the frames of a move, and takes the whole part for a wait:
        # half a frame less is never one too many for a move, half a frame more never one too few for a wait.
        is_wait = len(played) == 1 and isinstance(played[0], Wait)
        half = 0.5 if is_wait else -0.5
        length = (frames + half) / config.frame_rate
        for animation in played:
            animation.run_time *= length / longest
        for animation in self.alongside:
            animation.run_time = min(animation.run_time, length)
        played += [*self.alongside, *(() if is_wait else self._due(length))]
        self.alongside = []
        self._caption(self.clock)
        if self.observer:
            self.observer.before(self._scene)
        Scene.play(self._scene, *played)
        self._frames += frames
        if self.observer and self._scene.is_current_animation_frozen_frame():
            self.observer.held(self._scene, frames / config.frame_rate)

    def update_to_time(self, t: float) -> None:
        """Bring every animation to a moment of its move; an observer sees moments on the way there."""
        moments = self.observer.moments(self._scene, t) if self.observer else ()
        for moment in (*moments, t):
            Scene.update_to_time(self._scene, moment)
            self._caption(self.clock + moment)
            if self.observer:
                self.observer.moving(self._scene, moment, t)

    def schedule(self, moment: float, *animations: Animation) -> None:
        """Play animations at a moment, together with whatever moves or stands then.

        An animation that is due in the middle of a move is played within it if it ends in time, and else
        together with the next one.
        """
        self.scheduled = sorted(
            [*self.scheduled, *((moment, each) for each in animations)], key=lambda pair: pair[0]
        )

    def _due(self, length: float) -> list[Animation]:
        """The scheduled animations that fit into a move of this many seconds, delayed to their moments."""
        due, later = list[Animation](), list[tuple[float, Animation]]()
        for moment, animation in self.scheduled:
            delay = max(0.0, moment - self.clock)
            if delay + animation.run_time > length + 0.5 / config.frame_rate and delay:
                later.append((moment, animation))
                continue
            run_time = min(animation.run_time, length)
            start = min(delay, length - run_time) / length
            end = min(1.0, start + run_time / length)
            rate: Any = animation.rate_func
            animation.rate_func = squish_rate_func(rate, start, end)
            animation.run_time = length
            due.append(animation)
        self.scheduled = later
        return due

    def wait_until(self, moment: float) -> None:
        """Hold the picture until a moment, to the nearest frame; nothing if it has passed."""
        if self.instant:
            return
        if self.alongside:
            first, *self.alongside = self.alongside
            self.play(first)
        half_a_frame = 0.5 / config.frame_rate
        while self.scheduled and (start := max(self.scheduled[0][0], self.clock)) < moment - half_a_frame:
            self._hold_until(start)
            now = [each for due, each in self.scheduled if due <= self.clock + half_a_frame]
            self.scheduled = self.scheduled[len(now) :]
            self.play(*now)
        self._hold_until(moment)

    def _hold_until(self, moment: float) -> None:
        """Hold the picture until a moment; only captions change."""
        while moment - self.clock > 0.5 / config.frame_rate:
            change = self.captions.next_change(self.clock) if self.captions is not None else None
            self._scene.wait(min(moment, change or moment) - self.clock)

    def _caption(self, moment: float) -> None:
        if self.captions is not None and not self.instant:
            self.captions.show_at(moment)

    def skip(self, beat: Callable[[], None]) -> None:
        """Set the scene as a beat would leave it, in no time."""
        self.instant = True
        try:
            beat()
        finally:
            self.instant = False

    def _jump(self, animations: list[Animation]) -> None:
        """Do to the scene what playing the animations would do to it."""
        scene = self._scene
        scene.compile_animation_data(*animations)
        scene.begin_animations()
        Scene.update_to_time(scene, scene.duration)
        for animation in animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)


def _nothing() -> None:
    """Do nothing when a part begins."""
