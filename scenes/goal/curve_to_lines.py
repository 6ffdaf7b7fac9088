"""The move that makes the three lines out of the curve of the price, its axis and the lying share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import DOWN, Animation, FadeIn, FadeOut, Mobject, ReplacementTransform, VMobject, smooth

from softmax_explained.scenes.goal.sensitivity_lines import SensitivityLines
from softmax_explained.scenes.loss.last_picture import LastPicture as LossPicture
from softmax_explained.stage.design.rate_functions import afterwards, at_once, early


def out_of_the_curve(old: LossPicture, picture: SensitivityLines, t: int) -> list[Animation]:
    """The animations that make the three lines out of the curve, its axis and the lying share."""
    arrow, letter, *marks = old.curve.axis
    boxes = picture.strip.boxes
    others: list[VMobject] = [box for n, box in enumerate(boxes) if n != t]
    carried = old.curve.axis, old.point.dot, old.point.bar
    parts = (*old.curve, *marks, *old.point, old.level, old.card)
    gone = [part for part in parts if part not in carried and part.family_members_with_points()]
    # The letter of the loss, its axis and the lying share pass there.
    early_on = *marks, old.card, old.curve.label
    axis, *ticks = picture.loss_axis
    others += [picture.names, picture.threads_in, picture.threads_out, *ticks]
    score = picture.score_axis, picture.score_letter, picture.score_name, picture.score_dot
    return [
        *[FadeOut(each, rate_func=_leaving(each, early_on, old)) for each in gone],
        ReplacementTransform(arrow, axis),
        ReplacementTransform(letter, picture.loss_letter),
        ReplacementTransform(old.point.dot, picture.loss_dot),
        ReplacementTransform(old.point.bar, boxes[t]),
        *[afterwards(part) for part in others],
        *[FadeIn(part, shift=0.6 * DOWN) for part in score],
    ]


def _leaving(part: Mobject, early_on: Sequence[Mobject], old: LossPicture) -> Callable[[float], float]:
    """How fast a part leaves; the number of the loss may be right below the letter, which moves there."""
    if part is old.level:
        return at_once
    return early if part in early_on else smooth
