"""The links of a path through another share: the steep slope of the logarithm, the flat one of softmax."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.softmax import softmax
from softmax_explained.core.symbols import C, a, i, j, y, z
from softmax_explained.stage.frame import Region
from softmax_explained.stage.pictures.slope_picture import SlopePicture

TINY = 1e-300
"""A share that underflows to 0 is drawn here: ln 0 has no place on a plot."""

UNIT = 1.0
"""Manim units of a step of 1 on every axis, so that the two slopes can be compared by eye."""

with evaluate(False):
    STEEP, FLAT = -y[j] / a[j], -a[i] * a[j]


def steep_link(solution: Solution, region: Region) -> SlopePicture:
    """Draw what the true class pays over its share, at the left of a region."""
    weight = float(solution.lesson.targets[solution.t])
    share = max(float(solution.a[solution.t]), TINY)
    paid = float(solution["loss_term[t]"].value)
    left, height = region.left + 0.6, region.height - 0.5
    picture = SlopePicture(
        lambda x: float(-weight * np.log(max(x, TINY))),
        at=share,
        slope=float(-weight / share),
        x=(0.0, 1.2),
        y=(0.0, max(height / UNIT, 1.6 * paid)),
        region=Region(left, region.bottom + 0.3, left + 1.2 * UNIT, region.bottom + 0.3 + height),
        letters=(a[j], C),
        link=STEEP,
        colour="C",
    )
    picture.link.next_to(picture.ground, UP, buff=0).align_to(picture.ground, UP)
    picture.link.shift((left + 1.5 - picture.link.get_x()) * RIGHT)
    return picture


def flat_link(solution: Solution, region: Region) -> SlopePicture:
    """Draw the share of the true class over the score of the focus class, at the right of a region."""
    score, one = float(solution.z[solution.i]), np.eye(solution.K)[solution.i]
    right = region.right - 0.75
    picture = SlopePicture(
        lambda x: float(softmax(solution.z + (x - score) * one)[solution.t]),
        at=score,
        slope=float(solution.J[solution.t, solution.i]),
        x=(score - 1.4, score + 1.4),
        y=(0.0, 1.0),
        region=Region(right - 2.8 * UNIT, region.bottom + 0.3, right, region.bottom + 0.3 + UNIT),
        letters=(z[i], a[j]),
        link=FLAT,
        colour="a",
    )
    picture.link.next_to(picture.ground, UP, buff=0.35).shift((right - 1.4 - picture.link.get_x()) * RIGHT)
    return picture
