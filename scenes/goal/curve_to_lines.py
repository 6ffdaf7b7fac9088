"""The move that makes the three lines out of the curve of the price and the lying share."""

from __future__ import annotations

from manim import DOWN, Animation, FadeIn, FadeOut, ReplacementTransform, VMobject

from softmax_explained.scenes.goal.sensitivity_lines import SensitivityLines
from softmax_explained.scenes.loss.last_picture import LastPicture as LossPicture
from softmax_explained.stage.design.rate_functions import afterwards, at_once, early


def out_of_the_curve(old: LossPicture, picture: SensitivityLines, t: int) -> list[Animation]:
    """The animations that make the three lines out of the letter and point of the loss and the lying share.

    The axis of the loss leaves with the curve, since it would fall over what stands beside it.
    """
    arrow, letter, *marks = old.curve.axis
    boxes = picture.strip.boxes
    others: list[VMobject] = [box for n, box in enumerate(boxes) if n != t]
    carried = old.curve.axis, old.point.dot, old.point.bar
    parts = (*old.curve, arrow, *marks, *old.point, old.level, old.card)
    gone = [part for part in parts if part not in carried and part.family_members_with_points()]
    others += [picture.names, picture.threads_in, picture.threads_out, *picture.loss_axis]
    score = picture.score_axis, picture.score_letter, picture.score_name, picture.score_dot
    return [
        # the number of the loss may be right below the letter, which moves there
        *[FadeOut(each, rate_func=at_once if each is old.level else early) for each in gone],
        ReplacementTransform(letter, picture.loss_letter),
        ReplacementTransform(old.point.dot, picture.loss_dot),
        ReplacementTransform(old.point.bar, boxes[t]),
        *[afterwards(part) for part in others],
        *[FadeIn(part, shift=0.6 * DOWN) for part in score],
    ]
