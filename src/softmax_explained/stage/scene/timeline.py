"""The clock of a scene: every move and every hold takes whole frames, and beats can be skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from manim import Animation, FadeIn, FadeOut, Mobject, Scene, Wait, config
from sympy import Expr

from softmax_explained.errors import ProofError
from softmax_explained.stage.design.style import style

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

    Skipped beats change the scene, but are not seen. After them, the first move of the next beat fades from
    the picture that was seen last to the present one; what that beat clears at once is not shown at all.

    Args:
        scene: where they are played.
        picture: the mobjects that beats have put on the scene.

    Attributes:
        observer: receives every picture, if there is one.
        marks: the marks of the beat that are still to come, with the seconds at which their words are said.
        alongside: animations that are played together with the next move.
        instant: whether what is played now takes no time.
    """

    def __init__(self, scene: Scene, picture: Callable[[], list[Mobject]]) -> None:
        self.observer: PlaybackObserver | None = None
        self.marks: dict[str, float] = {}
        self.alongside: list[Animation] = []
        self.instant = False
        self._scene, self._picture, self._frames = scene, picture, 0
        self._seen_last: list[Mobject] | None = None  # copies of it, after beats that were skipped
        self._unseen: list[Mobject] = []

    @property
    def clock(self) -> float:
        """Seconds played so far, by whole frames."""
        return self._frames / float(config.frame_rate)

    @property
    def bridge_time(self) -> float:
        """Seconds that the next beat needs before its own moves: some after beats that were skipped."""
        return 0.0 if self._seen_last is None else style().pace("lead")

    def play(self, *animations: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play animations for a whole number of frames, ending before the next mark's word is said."""
        if not self.instant:
            self._bridge()
        played = self._scene.compile_animations(*animations, **kwargs)
        if self.instant:
            self._jump(played)
        if self.instant or not played:  # nothing is left to clear after beats that a cut leaves out
            return
        longest = max(animation.run_time for animation in played)
        allowed = run_time or longest
        if self.marks:
            allowed = min(allowed, max(min(self.marks.values()) - self.clock, SHORTEST_MOVE))
        frames = max(1, round(allowed * config.frame_rate))
        # Manim steps through the run time to find the frames of a move, and takes the whole part for a wait:
        # half a frame less is never one too many for a move, half a frame more never one too few for a wait.
        half = 0.5 if len(played) == 1 and isinstance(played[0], Wait) else -0.5
        length = (frames + half) / config.frame_rate
        for animation in played:
            animation.run_time *= length / longest
        for animation in self.alongside:
            animation.run_time = min(animation.run_time, length)
        played += self.alongside
        self.alongside = []
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
            if self.observer:
                self.observer.moving(self._scene, moment, t)

    def wait_until(self, moment: float) -> None:
        """Hold the picture until a moment, to the nearest frame; nothing if it has passed."""
        if self.instant:
            return
        if self.alongside:
            first, *self.alongside = self.alongside
            self.play(first)
        if moment - self.clock > 0.5 / config.frame_rate:
            self._scene.wait(moment - self.clock)

    def skip(self, beat: Callable[[], None]) -> None:
        """Set the scene as a beat would leave it, in no time."""
        if self._seen_last is None:
            self._seen_last = [mobject.copy() for mobject in self._picture()]
        self.instant = True
        try:
            beat()
        finally:
            self.instant = False
        self._unseen = self._picture()

    def drop_unseen(self, kept: Iterable[Mobject]) -> None:
        """Take what skipped beats have left off the scene, but for what is kept."""
        if self._seen_last is not None and not self.instant:
            self._scene.remove(*[mobject for mobject in self._unseen if mobject not in kept])
            self._bridge()

    def _bridge(self) -> None:
        """Move from the picture that was seen last to the present one."""
        if self._seen_last is not None:
            going, self._seen_last = self._seen_last, None
            coming = [mobject for mobject in self._unseen if mobject in self._scene.mobjects]
            if moves := [*(FadeOut(each) for each in going), *(FadeIn(each) for each in coming)]:
                self.play(*moves, run_time=style().pace("lead"))

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
