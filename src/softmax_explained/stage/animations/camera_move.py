"""Move the camera over a picture, while the header, the dock and the rail stay."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, Group, Mobject, smooth

from softmax_explained.stage.design.layout import Point, Region


class CameraMove(Animation):
    """Scale and move a picture, with its strokes, as a camera that zooms would show it.

    Text is scaled as well: a picture whose labels must be readable at both ends of the move replaces them on
    the way, for instance by fading one set out and another one in.

    Args:
        mobjects: the parts of the picture.
        focus: the point of the picture that moves to `target`.
        target: a point of the screen.
        factor: magnification; less than 1 to zoom out.
        opacity: of the picture at the start and at the end, for parts that come or go with the move; these
            are seen in the half of the move in which they are nearer to their own size.
        run_time: seconds.

    >>> from manim import Square
    >>> from softmax_explained.stage.design.layout import point
    >>> square = Square().move_to(point(3))
    >>> move = CameraMove([square], focus=point(3), target=point(0), factor=2.0)
    >>> move.interpolate(1.0)
    >>> round(float(square.width), 6), [round(float(x), 6) for x in square.get_center()]
    (4.0, [0.0, 0.0, 0.0])
    """

    def __init__(
        self,
        mobjects: Sequence[Mobject],
        *,
        focus: Point,
        target: Point,
        factor: float,
        opacity: tuple[float, float] = (1.0, 1.0),
        run_time: float = 1.2,
    ) -> None:
        self._opacity = opacity
        self._focus, self._target, self._factor = focus, target, factor
        self._parts = [part for each in mobjects for part in each.family_members_with_points()]
        self._starts = [part.copy() for part in self._parts]
        super().__init__(Group(*mobjects), run_time=run_time, rate_func=smooth)

    @classmethod
    def onto(
        cls, mobjects: Sequence[Mobject], part: Mobject, region: Region, *, run_time: float = 1.2
    ) -> CameraMove:
        """Zoom so that a part of the picture fills a region."""
        factor = min(region.width / part.width, region.height / part.height)
        return cls(mobjects, focus=part.get_center(), target=region.centre, factor=factor, run_time=run_time)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the picture at a time of the move; the magnification grows by equal factors in equal times."""
        eased = self.rate_func(alpha)
        scale = self._factor**eased
        # The focus moves in step with the magnification, so that a picture that grows does not swerve.
        way = eased if abs(self._factor - 1) < 1e-6 else (scale - 1) / (self._factor - 1)
        centre = self._focus + way * (self._target - self._focus)
        for part, start in zip(self._parts, self._starts, strict=True):
            part.points = centre + scale * (start.points - self._focus)
            part.set_stroke(width=scale * start.get_stroke_width())
            if self._opacity != (1.0, 1.0):
                before, after = self._opacity
                part_of_change = max(0.0, 2 * eased - 1) if after > before else min(1.0, 2 * eased)
                seen = before + part_of_change * (after - before)
                part.set_fill(opacity=seen * start.get_fill_opacity())
                part.set_stroke(opacity=seen * start.get_stroke_opacity())
