"""A Manim camera that paints only the rows that have changed, and draws no outline twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, Self
from weakref import WeakKeyDictionary

import cairo
from manim import Camera, ImageMobject, Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from softmax_explained.studio.painting.appearance import Appearance, digest_of, is_visible
from softmax_explained.studio.painting.outline import CURVE, append_outline
from softmax_explained.studio.painting.rows import Pixels, Rows, bands


class PaintedFrame(NamedTuple):
    """A frame that was painted."""

    changed: Sequence[Rows] | None  # the rows in which it may differ from the frame before; None for all
    digest: bytes | None  # what it depends on beside the background, see `SegmentCamera.digest`


class SegmentCamera(Camera):
    """Replaces Manim's camera; the pictures are identical bit for bit.

    In most frames of an animation most glyphs do not move. Manim's camera would copy the whole background,
    convert the curves of all shapes again, point by point in Python, and paint formulas that are still
    hidden, with an opacity of 0. Here the path that Cairo has built is kept, and only the rows are painted
    in which something has changed since the frame before. Shapes that reach beyond them are not clipped:
    Cairo would round the edges of what it clips differently.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._paths = WeakKeyDictionary[VMobject, tuple[bytes, cairo.Path]]()  # with the points
        self._appearances = WeakKeyDictionary[VMobject, Appearance]()
        self._background: Pixels | None = None  # of the last frame, if the next can be painted over it
        # What is in it beside the background, by the id of the shape.
        self._painted: dict[int, Appearance] = {}

    def paint(self, background: Pixels, mobjects: Iterable[Mobject]) -> PaintedFrame:
        """Paint a frame, or the rows of it that may differ from the frame that was painted before.

        Args:
            background: the picture of everything that stands still; the same array for all frames of a move.
            mobjects: everything else.

        Returns:
            The rows that were painted; in others the array shows whatever was painted there.
        """
        displayed = self.get_mobjects_to_display(mobjects)
        if any(map(_has_pixels, displayed)):
            self._paint_all(background, mobjects)
            return PaintedFrame(None, self.digest(mobjects))
        shapes = [each for each in displayed if isinstance(each, VMobject)]
        before, painted = self._painted, {id(shape): self._appearance(shape) for shape in shapes}
        self._painted = painted
        digest = digest_of(painted.values())
        if background is not self._background or not _same_order(before, painted):
            self._paint_all(background, mobjects)
            self._background = background
            return PaintedFrame(None, digest)
        changed = [
            each.rows
            for shape in {**before, **painted}
            if (old := before.get(shape)) is not (new := painted.get(shape)) and old != new
            for each in (old, new)
            if each is not None
        ]
        found = bands(changed, self.pixel_height)
        for band in found:
            self.pixel_array[band.top : band.bottom] = background[band.top : band.bottom]
        context = self.get_cairo_context(self.pixel_array)
        for shape in shapes:
            if any(painted[id(shape)].rows.touches(band) for band in found):
                super().display_vectorized(shape, context)
        return PaintedFrame(found, digest)

    def digest(self, mobjects: Iterable[Mobject]) -> bytes | None:
        """All that a picture of mobjects depends on, in 16 bytes: their outlines and colours, in order.

        Nothing is painted. Two equal digests are the same picture; two pictures may be the same in spite of
        different ones. Coordinates are compared to `appearance.DIGITS` decimals, because the last ones depend
        on whether what came before was drawn or only played.

        Returns:
            None if one of the mobjects is of a kind that is not known here.
        """
        seen = list[Appearance]()
        for each in self.get_mobjects_to_display(mobjects):
            if isinstance(each, ImageMobject):
                pixels = hashlib.sha256(each.get_pixel_array().tobytes()).hexdigest()
                seen.append(Appearance.of_picture(each.points, f"{pixels} {each.resampling_algorithm}", self))
            elif _has_pixels(each):
                return None
            elif isinstance(each, VMobject):
                seen.append(self._appearance(each))
        return digest_of(seen)

    def forget(self) -> None:
        """Paint the next frame whole."""
        self._background = None

    def _paint_all(self, background: Pixels, mobjects: Iterable[Mobject]) -> None:
        self.pixel_array[:] = background
        self.capture_mobjects(mobjects)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Paint some mobjects over the picture, whatever it shows."""
        self.forget()
        super().capture_mobjects(mobjects, **kwargs)

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Paint a shape if it is visible."""
        return super().display_vectorized(vmobject, ctx) if is_visible(vmobject) else self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> Self:
        """Make the outline of a shape the current path; it is built only if its points have changed."""
        ctx.new_path()
        known, points = self._paths.get(vmobject), vmobject.points.tobytes()
        if known is not None and known[0] == points:
            ctx.append_path(known[1])
        else:
            if len(vmobject.points) % CURVE:
                super().set_cairo_context_path(ctx, vmobject)
            else:
                append_outline(ctx, vmobject)
            self._paths[vmobject] = points, ctx.copy_path()
        return self

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        """What is painted of mobjects, in order: as in Manim, a part of several is painted with the last."""
        if not include_submobjects or excluded_mobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found = list[Mobject]()
        for each in mobjects:
            _add_family(each, found)
        once = list(dict.fromkeys(reversed(found)))
        once.reverse()
        return sorted(once, key=attrgetter("z_index")) if self.use_z_index else once

    def _appearance(self, shape: VMobject) -> Appearance:
        found = Appearance.of(shape, self, known := self._appearances.get(shape))
        if found is not known:
            self._appearances[shape] = found
        return found


def _add_family(mobject: Mobject, found: list[Mobject]) -> None:
    """Add those of a mobject and its parts that have points."""
    if len(mobject.points):
        found.append(mobject)
    for each in mobject.submobjects:
        _add_family(each, found)


def _has_pixels(mobject: Mobject) -> bool:
    """Whether a mobject is or has a picture, whose rows are not known; a tracker is painted by nobody."""
    if isinstance(mobject, VMobject):
        return bool(mobject.background_image)
    return isinstance(mobject, AbstractImageMobject | PMobject)


def _same_order(before: dict[int, Appearance], now: dict[int, Appearance]) -> bool:
    """Whether what is painted in both frames is painted in the same order."""
    stayed = [shape for shape in before if shape in now]
    return stayed == (list(now) if len(stayed) == len(now) else [shape for shape in now if shape in before])
