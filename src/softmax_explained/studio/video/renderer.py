"""A Manim renderer that hands on which rows of a frame have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
from manim import Mobject, Scene

from softmax_explained.stage.scene.dry_run import DryRunRenderer
from softmax_explained.studio.video.camera import SegmentCamera
from softmax_explained.studio.video.encoder import SegmentWriter


class SegmentRenderer(DryRunRenderer):
    """Draws the frames of a segment; it has a `SegmentCamera` and a `SegmentWriter`."""

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw a frame of a move, and write it."""
        if self.skip_animations:
            return
        writer = cast(SegmentWriter, self.file_writer)
        camera, moving = cast(SegmentCamera, self.camera), list(moving_mobjects or scene.mobjects)
        still = camera.background if self.static_image is None else self.static_image
        if writer.is_between_sections:  # its first picture is encoded whole
            camera.forget()
        changed = camera.paint(
            np.asarray(still, np.uint8), moving
        )  # no copy: Manim's pictures have this type
        self.time += 1 / camera.frame_rate
        writer.write_changed(camera.pixel_array, changed)
