"""Replace labels by others, class by class."""

from collections.abc import Mapping

from manim import Animation, FadeOut, Mobject, ReplacementTransform

from softmax_explained.stage.design.rate_functions import afterwards, early


def relabel(old: Mapping[int, Mobject], new: Mapping[int, Mobject]) -> list[Animation]:
    """Transform labels into new ones; those without a successor fade out, those without a predecessor in.

    Args:
        old: labels on screen, by class.
        new: their successors, by class.

    >>> from manim import Square
    >>> [type(move).__name__ for move in relabel({0: Square(), 1: Square()}, {1: Square(), 2: Square()})]
    ['ReplacementTransform', 'FadeOut', 'FadeIn']
    """
    kept = [ReplacementTransform(old[k], new[k]) for k in old if k in new]
    gone = [FadeOut(old[k], rate_func=early) for k in old if k not in new]
    return [*kept, *gone, *[afterwards(new[k]) for k in new if k not in old]]
