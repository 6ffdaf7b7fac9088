"""What scenes are built with: type, formulas, charts, the beat. Each is imported when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from softmax_explained.stage.exports import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Import a name of `softmax_explained.stage.exports`: with it comes Manim, which takes a second."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module("softmax_explained.stage.exports"), name)
