"""The mathematics of the film, with NumPy and SymPy only: lessons, their solutions, and proved formulas."""

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import default_lesson, load_lesson
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.solve import Solution, solve

__all__ = ["Lesson", "Quantity", "Solution", "default_lesson", "load_lesson", "solve"]
