"""A Manim scene that counts whole frames and keeps formulas in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, Self

from manim import Animation, Mobject, Scene, Wait, config
from sympy import Expr

from softmax_explained.errors import ProofError

SHORTEST_MOVE = 0.2
"""Seconds: a move that has to end before the next mark's word is never made shorter than this."""


class Watcher(Protocol):
    """Whoever looks at a picture while it moves; a rehearsal can have one, a drawn film has none."""

    def before(self, scene: Timeline) -> None:
        """The next move or hold is about to start from this picture."""
        ...

    def moments(self, scene: Timeline, seconds: float) -> Iterable[float]:
        """The moments of a move of so many seconds to look at before its end, in order."""
        ...

    def moving(self, scene: Timeline, moment: float, seconds: float) -> None:
        """A move of so many seconds has come to one of the moments, or to its end."""
        ...

    def held(self, scene: Timeline, seconds: float) -> None:
        """Nothing has moved for so many seconds."""
        ...

    def unproved(self, scene: Timeline, claim: Expr, error: ProofError) -> None:
        """A formula that comes onto the stage claims what is not proved; without a watcher this is raised."""
        ...


class Timeline(Scene):
    """The clock of a reel: every play and every hold takes a whole number of frames.

    Manim adds up the run times it is asked for and draws the frames that fit, so over a hundred moves its
    clock and its picture drift apart. Here the run time is fitted to the frames before, so they cannot.

    Attributes:
        watcher: is shown the picture before, during and after every move, if there is one.
        stands_still: whether what is played now takes no time; see `at_once`.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.watcher: Watcher | None = None
        self._frames = 0
        self._limit: float | None = None  # the moment the next marked move has to start at
        self._alongside: list[Animation] = []  # played together with the next move
        self.stands_still = False
        super().__init__(**kwargs)

    @property
    def clock(self) -> float:
        """Seconds of the reel so far, by whole frames."""
        return self._frames / float(config.frame_rate)

    def play(self, *animations: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play animations for a whole number of frames, ending before the next mark's word is said."""
        played = self.compile_animations(*animations, **kwargs)
        if self.stands_still:
            self._jump(played)
            return
        if not played:  # nothing left to clear, after beats that a cut leaves out
            return
        longest = max(animation.run_time for animation in played)
        allowed = wanted = run_time or longest
        if self._limit is not None:
            allowed = min(wanted, max(self._limit - self.clock, SHORTEST_MOVE))
        frames = max(1, round(allowed * config.frame_rate))
        # Manim steps through the run time to find the frames of a move, and takes the whole part for a wait:
        # half a frame less is never one too many for a move, half a frame more never one too few for a wait.
        half = 0.5 if len(played) == 1 and isinstance(played[0], Wait) else -0.5
        length = (frames + half) / config.frame_rate
        for animation in played:
            animation.run_time *= length / longest
        for animation in self._alongside:
            animation.run_time = min(animation.run_time, length)
        played += self._alongside
        self._alongside = []
        if self.watcher:
            self.watcher.before(self)
        super().play(*played)
        self._frames += frames
        if self.watcher and self.is_current_animation_frozen_frame():
            self.watcher.held(self, frames / config.frame_rate)

    def update_to_time(self, t: float) -> None:
        """Bring every animation to a moment of its move; a watcher sees moments on the way there."""
        watcher = self.watcher
        for moment in watcher.moments(self, t) if watcher else ():
            super().update_to_time(moment)
            if watcher:
                watcher.moving(self, moment, t)
        super().update_to_time(t)
        if watcher:
            watcher.moving(self, t, t)

    def wait_until_time(self, moment: float) -> None:
        """Hold the picture until a moment of the reel, to the nearest frame; nothing if it has passed."""
        if self.stands_still:
            return
        if self._alongside:
            first, *self._alongside = self._alongside
            self.play(first)
        if moment - self.clock > 0.5 / config.frame_rate:
            self.wait(moment - self.clock)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is played in here takes no time: every move jumps to its end, and not a frame is drawn."""
        self.stands_still = True
        try:
            yield
        finally:
            self.stands_still = False

    def _jump(self, animations: list[Animation]) -> None:
        """Do to the stage what playing the animations would do to it."""
        self.compile_animation_data(*animations)
        self.begin_animations()
        super().update_to_time(self.duration)
        for animation in animations:
            animation.finish()
            animation.clean_up_from_scene(self)
        self.update_mobjects(0)

    def remove(self, *mobjects: Mobject) -> Self:
        """Take mobjects off the stage with all their parts, also those of a group that was never on it."""
        return super().remove(*[part for mobject in mobjects for part in mobject.get_family()])

    def add_mobjects_from_animations(self, animations: list[Animation]) -> None:
        """Add what moves, unless all its parts are on the stage already.

        Adding a few glyphs of a formula as a group of their own would tear the formula apart: Manim keeps
        every part in one place of its list only.
        """
        present = {id(mobject) for mobject in self.get_mobject_family_members()}

        def is_there(mobject: Any) -> bool:
            parts = mobject.family_members_with_points()
            # What has no points (a wait's, a tracker's) is added as ever: Manim draws a still frame twice
            # over, semi-transparent parts too bright, when nothing at all seems to move.
            return bool(parts) and all(id(part) in present for part in parts)

        super().add_mobjects_from_animations(
            [animation for animation in animations if not is_there(animation.mobject)]
        )

    def get_moving_and_static_mobjects(
        self, animations: Iterable[Animation]
    ) -> tuple[list[Mobject], list[Mobject]]:
        """Tell apart what is drawn anew in every frame of a move and what is drawn once.

        Manim would list the parts that moving things have at the start: a live number, whose glyphs change,
        would go on being drawn with its first digits too.
        """
        parts = {id(part) for part in self.get_moving_mobjects(*animations)}
        wholes = [
            mobject for mobject in self.mobjects if any(id(part) in parts for part in mobject.get_family())
        ]
        still = [mobject for mobject in self.mobjects if mobject not in wholes]
        return wholes, [part for mobject in still for part in mobject.family_members_with_points()]
