"""The mathematics of the film, with NumPy and SymPy only: lessons, their solutions, and proved formulas.

>>> from softmax_explained.core import default_lesson, solve
>>> solve(default_lesson())["C"].text
'1.417'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import default_lesson, load_lesson

if TYPE_CHECKING:
    from softmax_explained.core.quantities.quantity import Quantity
    from softmax_explained.core.solution import Solution, solve

__all__ = ["Lesson", "Quantity", "Solution", "default_lesson", "load_lesson", "solve"]

_WITH_SYMPY = {"Quantity": "quantities.quantity", "Solution": "solution", "solve": "solution"}


def __getattr__(name: str) -> Any:
    """Load what needs SymPy, which takes a quarter of a second, when it is asked for (PEP 562)."""
    if name not in _WITH_SYMPY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WITH_SYMPY[name]}"), name)
