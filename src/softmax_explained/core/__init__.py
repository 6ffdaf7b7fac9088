"""The truth of the film: a lesson, its solution, and every formula proved. NumPy and SymPy, no film in it."""

from softmax_explained.core.lesson import Lesson
from softmax_explained.core.lesson_file import default_lesson, load_lesson
from softmax_explained.core.numbers import format_number, parse_number
from softmax_explained.core.quantity import Quantity
from softmax_explained.core.race import Race, race
from softmax_explained.core.solution import Solution
from softmax_explained.core.solve import solve
from softmax_explained.core.sweep import Sweep, sweep

__all__ = [
    "Lesson",
    "Quantity",
    "Race",
    "Solution",
    "Sweep",
    "default_lesson",
    "format_number",
    "load_lesson",
    "parse_number",
    "race",
    "solve",
    "sweep",
]
