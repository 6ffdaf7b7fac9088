"""The truth of the film: a lesson, its solution, and every formula proved. NumPy and SymPy, no film in it."""

from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import default_lesson, load_lesson
from softmax_explained.core.number_format import format_number, parse_number
from softmax_explained.core.numerics.loss_comparison import Race, Sweep, race, sweep
from softmax_explained.core.printing.typst import to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.verify import Proof, verify
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.quantities.substitution import with_numbers, with_result
from softmax_explained.core.solve import Solution, solve

__all__ = [
    "DERIVATIONS",
    "Derivation",
    "Lesson",
    "Proof",
    "Quantity",
    "Race",
    "Solution",
    "Step",
    "Sweep",
    "default_lesson",
    "format_number",
    "load_lesson",
    "parse_number",
    "race",
    "solve",
    "sweep",
    "to_text",
    "to_typst",
    "verify",
    "with_numbers",
    "with_result",
]
