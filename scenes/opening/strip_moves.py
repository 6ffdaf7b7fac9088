"""How the bars of the prediction become one strip, and the one strip two."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, FadeIn, FadeOut, Transform

from softmax_explained.scenes.opening.prediction import Prediction, closing_up
from softmax_explained.scenes.pictures.racing_strips import RacingStrip, RacingStrips
from softmax_explained.stage import Region, Words
from softmax_explained.stage.design.rate_functions import early, late


def one_strip(chapter: Any, step: Words, half: Words) -> RacingStrip:
    """A strip in the middle of the stage, from the example (step 0) to the start of the race (step 1)."""
    solution, stage = chapter.solution, chapter.stage
    quarter = stage.height / 4
    region = Region(stage.left, stage.y - quarter, stage.right, stage.y + quarter)
    names = [chapter.class_name(k, size="body") for k in range(solution.K)]
    shares = np.array([solution.a, solution.race.shares_ce[0]])
    count = chapter.quantity("n_ce")
    return RacingStrip(shares, solution.t, count, names, region, head=step.copy(), step=step, half=half)


def close_up(prediction: Prediction, one: RacingStrip) -> list[Animation]:
    """The bars become the segments of a strip, and their names those of the segments; the rest leaves."""
    lying = prediction.lying
    moves = [closing_up(bar, one.segment(k), lying=lying) for k, bar in enumerate(prediction.bars)]
    for k, name in prediction.names.items():
        goal = one.names[one.order.index(k)]
        seen = goal.get_fill_opacity() > 0
        moves.append(Transform(name, goal) if seen else FadeOut(name, rate_func=early))
    leaving = prediction.network, prediction.numbers, prediction.targets
    return [*moves, *[FadeOut(each, rate_func=early) for each in leaving]]


def doubled(one: RacingStrip, race: RacingStrips) -> list[Animation]:
    """The one strip goes up; then another one like it appears below it.

    A copy that slid out of it would have its names over those of the first.
    """
    return [
        Transform(one.strip, race.upper.strip, rate_func=early),
        Transform(one.names, race.upper.names, rate_func=early),
        FadeIn(race.lower.strip, race.lower.names, rate_func=late),
    ]
