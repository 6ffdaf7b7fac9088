"""The film: one file a chapter, in this order.

>>> [chapter.name for chapter in chapters()] == list(RUNNING_ORDER)
True
"""

from __future__ import annotations

from importlib import import_module
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
    """The class of a chapter: ``softmax_slope`` is ``SoftmaxSlope`` in ``scenes/softmax_slope.py``."""
    module = import_module(f"{__name__}.{name}")
    found: type[Chapter] = getattr(module, name.title().replace("_", ""))
    return found


def chapters() -> tuple[type[Chapter], ...]:
    """The chapters of the film, in running order."""
    return tuple(chapter(name) for name in RUNNING_ORDER)
