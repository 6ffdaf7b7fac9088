"""A Manim scene that is played by a timeline and keeps formulas in one piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from manim import Animation, Mobject, Scene

from softmax_explained.stage.scene.timeline import Timeline


class FrameScene(Scene):
    """What Manim calls on a scene, corrected.

    Attributes:
        timeline: plays the scene.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.timeline = Timeline(self)
        super().__init__(**kwargs)

    def picture_of_beats(self) -> list[Mobject]:
        """What beats have put on the stage."""
        return list(self.mobjects)

    def play(self, *animations: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play animations; see `Timeline.play`."""
        self.timeline.play(*animations, run_time=run_time, **kwargs)

    def update_to_time(self, t: float) -> None:
        """Bring every animation to a moment of its move; see `Timeline.update_to_time`."""
        self.timeline.update_to_time(t)

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
        would go on being drawn with its first digits too. The foreground may change too.
        """
        moving = *self.get_moving_mobjects(*animations), *self.foreground_mobjects
        parts = {id(part) for part in moving}
        wholes = [
            mobject for mobject in self.mobjects if any(id(part) in parts for part in mobject.get_family())
        ]
        still = [mobject for mobject in self.mobjects if mobject not in wholes]
        return wholes, [part for mobject in still for part in mobject.family_members_with_points()]
