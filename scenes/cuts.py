"""The cuts of the film, as data: which of its beats are shown.

A beat that is left out is not lost: the beats after it find the stage as it would have left it.

>>> chapters_of("full") == RUNNING_ORDER
True
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from softmax_explained.scenes import RUNNING_ORDER

CUTS: Mapping[str, tuple[str, ...] | None] = MappingProxyType(
    {
        "full": None,  # every beat
        "short": (  # three minutes: the way to the result, and nothing beside it
            "opening.guess_and_truth",
            "opening.one_subtraction",
            "softmax.share_out",
            "softmax.formula",
            "softmax.competition",
            "loss.who_pays",
            "paths.all_outputs_move",
            "paths.add_them_up",
            "loss_slope.minus_y_over_a",
            "softmax_slope.grow",
            "softmax_slope.squeeze",
            "softmax_slope.case_i_equals_j",
            "softmax_slope.case_i_not_j",
            "collapse.other_paths",
            "collapse.direct_path",
            "collapse.complete_sum",
            "collapse.prediction_minus_target",
            "practice.remember_the_picture",
        ),
    }
)
"""The ids of the beats of each cut, in the order of the film."""


def chapters_of(cut: str) -> tuple[str, ...]:
    """The chapters of which a cut shows a beat."""
    beats = CUTS[cut]
    kept = set(RUNNING_ORDER) if beats is None else {beat.partition(".")[0] for beat in beats}
    return tuple(chapter for chapter in RUNNING_ORDER if chapter in kept)
