"""Several formulas are combined into one: their parts move to their places in the new line."""

import numpy as np
from manim import AnimationGroup, FadeIn, Scene, Transform, VMobject

from softmax_explained.stage.animations.transform_formula import Glyphs, match
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.text.formula import Formula, centre_of


class Assemble(AnimationGroup):
    """Parts of a line arrive from other formulas; the rest of the line fades in.

    Args:
        target: the new line, in its place.
        sources: formulas on screen that contain its parts, in the order in which they start.
        keep: leave the sources on screen.
        run_time: seconds.
    """

    def __init__(self, target: Formula, *sources: Formula, keep: bool = True, run_time: float = 1.5) -> None:
        self._target, self._sources, self._keep = target, sources, keep
        self._travelling = list[VMobject]()
        moves, taken = list[Transform](), set[int]()
        for source in sources:
            for lefts, rights in _moves(source, target):
                if taken & set(rights):
                    continue
                taken.update(rights)
                for left, right in zip(lefts, rights, strict=True):
                    self._travelling.append(source.submobjects[left].copy())
                    moves.append(Transform(self._travelling[-1], target.submobjects[right].copy()))
        rest = [k for k in range(len(target.submobjects)) if k not in taken]
        arrivals = [target.submobjects[k].copy() for k in rest]
        self._travelling += arrivals
        super().__init__(*moves, *[FadeIn(glyph, rate_func=late) for glyph in arrivals], run_time=run_time)

    def _setup_scene(self, scene: Scene) -> None:
        if not self._keep:
            scene.remove(*self._sources)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Replace the moving copies by the target."""
        super().clean_up_from_scene(scene)
        scene.remove(*self._travelling)
        scene.add(self._target)


def _moves(source: Formula, target: Formula) -> list[tuple[Glyphs, Glyphs]]:
    """Which glyphs move where; operators follow their terms, regardless of the distance."""
    moves = match(source, target).moves
    if not moves:
        return []
    drifts = [
        centre_of([target.submobjects[k] for k in rights]) - centre_of([source.submobjects[k] for k in lefts])
        for lefts, rights in moves
    ]
    return match(source.copy().shift(np.median(drifts, axis=0)), target).moves
