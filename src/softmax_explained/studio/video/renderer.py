"""Manim renderers: one hands on which rows of a frame have changed, the other only finds their digests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, cast

import numpy as np
from manim import Mobject, Scene
from manim.utils.iterables import list_update

from softmax_explained.stage.scene.dry_run import DryRunRenderer
from softmax_explained.studio.painting.camera import SegmentCamera
from softmax_explained.studio.video.encoder import SegmentWriter
from softmax_explained.studio.video.picture_digests import PictureDigests


class SegmentRenderer(DryRunRenderer):
    """Draws the frames of a segment; it has a `SegmentCamera` and a `SegmentWriter`.

    Attributes:
        digests: what the frames depend on, by section.
    """

    _paints: ClassVar[bool] = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.digests = PictureDigests()
        self._seen: bytes | None = b""  # by `update_frame`
        self._still: bytes | None = b""  # what stands still in the move

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = False,
        **kwargs: Any,
    ) -> None:
        """Draw mobjects, or the whole scene, over what stands still."""
        if self._paints:
            super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
        if not self.skip_animations:
            whole = list_update(scene.mobjects, scene.foreground_mobjects)
            self._seen = self._camera.digest(mobjects or whole)

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> Any:
        """Draw what stands still in a move."""
        image = super().save_static_frame_data(scene, static_mobjects)
        self._still = self._seen if static_mobjects else b""
        return image

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw a frame of a move, and write it."""
        if self.skip_animations:
            return
        camera, moving = self._camera, list(moving_mobjects or scene.mobjects)
        still = camera.background if self.static_image is None else self.static_image
        if self._writer.is_between_sections:  # its first picture is encoded whole
            camera.forget()
        frame = camera.paint(np.asarray(still, np.uint8), moving)  # no copy: Manim's pictures have this type
        self._note(frame.digest)
        self.time += 1 / camera.frame_rate
        self._writer.write_changed(camera.pixel_array, frame.changed)

    def freeze_current_frame(self, duration: float) -> None:
        """Write the picture for some seconds."""
        if not self.skip_animations:
            self._note(self._seen, int(duration * self._camera.frame_rate))
        super().freeze_current_frame(duration)

    def _note(self, moving: bytes | None, repeat: int = 1) -> None:
        camera = self._camera
        ground = f"{camera.pixel_width}x{camera.pixel_height} {camera.background_color.to_hex()}"
        self.digests.add(self._writer.sections[-1].name, [ground.encode(), self._still, moving], repeat)

    @property
    def _camera(self) -> SegmentCamera:
        return cast(SegmentCamera, self.camera)

    @property
    def _writer(self) -> SegmentWriter:
        return cast(SegmentWriter, self.file_writer)


class DigestRenderer(SegmentRenderer):
    """Finds the digests of the frames without painting or writing them; `report` is called at every move."""

    _paints = False

    def __init__(self, report: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._report = report

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play animations."""
        self._report()
        super().play(scene, *args, **kwargs)

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Take the digest of a frame of a move."""
        if not self.skip_animations:
            self._note(self._camera.digest(list(moving_mobjects or scene.mobjects)))

    def get_frame(self) -> Any:
        """A picture of nothing, instead of a copy."""
        return self._camera.background

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        """Write nothing."""
