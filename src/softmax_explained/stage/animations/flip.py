"""Turn over a card."""

from manim import Animation, VGroup, VMobject, smooth

EDGE_ON = 1e-3  # relative width of a card seen edge-on


class Flip(Animation):
    """Turn a card over: its back narrows to a line, from which its face widens.

    Args:
        back: on screen; removed at the end.
        face: in the same place, not on screen yet.
        run_time: seconds.
    """

    def __init__(self, back: VMobject, face: VMobject, *, run_time: float = 1.0) -> None:
        self._back, self._face = back, face
        super().__init__(VGroup(back, face), run_time=run_time, rate_func=smooth, introducer=True)

    def begin(self) -> None:
        """Take both sides as they are when the animation starts."""
        self._sides = self._back.copy(), self._face.copy()
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the visible side at its apparent width."""
        part = self.rate_func(alpha)
        seen = max(abs(1 - 2 * part), EDGE_ON)
        for side, whole, shown in (
            (self._back, self._sides[0], part < 0.5),
            (self._face, self._sides[1], part >= 0.5),
        ):
            side.become(whole)
            side.stretch(seen if shown else EDGE_ON, 0, about_point=self._sides[0].get_center())
            if not shown:
                side.set_opacity(0)

    def clean_up_from_scene(self, scene: object) -> None:
        """Leave only the face."""
        super().clean_up_from_scene(scene)  # type: ignore[arg-type]
        scene.remove(self.mobject)  # type: ignore[attr-defined]
        scene.add(self._face)  # type: ignore[attr-defined]
