"""A stage that is cleared between pictures, and on which whole beats can be left out."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from manim import Animation, FadeIn, FadeOut, Mobject

from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.timeline import Timeline


class Montage(Timeline):
    """Beats that are left out do to the stage what they do, and nothing of it is seen.

    Afterwards the picture that was seen last gives way to the one the next beat starts from, as that beat's
    first move. What it would clear away at once has never been seen and does not come at all.
    """

    def __init__(self, **kwargs: Any) -> None:
        self._seen_last: list[Mobject] | None = (
            None  # copies of it, while the way from there is still to come
        )
        self._unseen: list[Mobject] = []
        super().__init__(**kwargs)

    @abstractmethod
    def picture_of_beats(self) -> list[Mobject]:
        """What beats have put on the stage."""

    def leave_out(self, beat: Callable[[], None]) -> None:
        """Set the stage as a beat would leave it, in no time."""
        if self._seen_last is None:
            self._seen_last = [mobject.copy() for mobject in self.picture_of_beats()]
        with self.at_once():
            beat()
        self._unseen = self.picture_of_beats()

    @property
    def bridge_time(self) -> float:
        """Seconds that the next beat needs before its own moves: some after beats that are left out."""
        return 0.0 if self._seen_last is None else style().pace("lead")

    def play(self, *animations: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play animations, after the way from the picture that was seen last."""
        if not self.stands_still:
            self._bridge()
        super().play(*animations, run_time=run_time, **kwargs)

    def _bridge(self) -> None:
        if self._seen_last is not None:
            going, self._seen_last = self._seen_last, None
            coming = [mobject for mobject in self._unseen if mobject in self.mobjects]
            if moves := [*(FadeOut(each) for each in going), *(FadeIn(each) for each in coming)]:
                super().play(*moves, run_time=style().pace("lead"))

    def leaving(self, *kept: Mobject) -> list[Animation]:
        """The animations that clear the stage but for what is kept, to go along with a first move."""
        if self._seen_last is not None and not self.stands_still:
            self.remove(*[mobject for mobject in self._unseen if mobject not in kept])
            self._bridge()
        return [
            FadeOut(mobject, rate_func=early) for mobject in self.picture_of_beats() if mobject not in kept
        ]

    def clear_stage(
        self, *kept: Mobject, also: Sequence[Animation] = (), run_time: float | None = None
    ) -> None:
        """Fade out the picture of the beats before, but for what is kept, the header, the rail and the dock.

        Args:
            kept: stays on the stage.
            also: animations that go with it, such as the next picture fading in.
            run_time: seconds; the lead of a beat if not given.
        """
        for coming in also:
            coming.rate_func = late
        if moves := [*self.leaving(*kept), *also]:
            self.play(*moves, run_time=run_time or style().pace("lead"))
