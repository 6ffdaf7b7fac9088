"""The film: its chapters in order, and its cuts as data.

A beat that is left out is not lost: the beats after it find the stage as it would have left it.

>>> chapters_of("full") == RUNNING_ORDER
True
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from softmax_explained.stage import Chapter


RUNNING_ORDER = (
    "opening",
    "neuron",
    "softmax",
    "loss",
    "goal",
    "paths",
    "loss_slope",
    "softmax_slope",
    "collapse",
    "squared_error",
    "descent",
    "practice",
)
"""The names of the chapters. A chapter's number in the film is its place in this row."""


def chapter(name: str) -> type[Chapter]:
    """The class of a chapter: ``softmax_slope`` is ``SoftmaxSlope`` in ``scenes/softmax_slope/scene.py``."""
    module = import_module(f"softmax_explained.scenes.{name}.scene")
    found: type[Chapter] = getattr(module, name.title().replace("_", ""))
    return found


def chapters() -> tuple[type[Chapter], ...]:
    """The chapters of the film, in running order."""
    return tuple(chapter(name) for name in RUNNING_ORDER)


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
