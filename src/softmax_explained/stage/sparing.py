"""A renderer that draws nothing of what is skipped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manim import CairoRenderer, Mobject, Scene


class SparingRenderer(CairoRenderer):
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
        """Draw the scene, unless it is skipped and nobody asks for it all the same."""
        super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
