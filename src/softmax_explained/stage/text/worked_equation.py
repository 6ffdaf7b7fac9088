"""Equations with numbers put in."""

from typing import Any

from sympy import Eq, Equality

from softmax_explained.core.formulas.nodes import Approx, Dots, Shown
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.quantities.substitution import with_result


def equals(expr: Any, quantity: Quantity) -> Any:
    """The equation ``expr = number``, with ≈ if the digits shown on the left do not give those on the right.

    Args:
        expr: symbols, numbers as `Quantity.shown`, or an equation with such a right-hand side.
        quantity: its value.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.formulas.symbols import z
    >>> from sympy import evaluate, log
    >>> solution = solve(default_lesson())
    >>> equals(z[1], solution["z[0]"]).rhs.text
    '2.0'
    >>> with evaluate(False):
    ...     loss = -log(solution["a[t]"].shown)  # 0.242 is 0.24197… rounded
    >>> type(equals(loss, solution["C"])).__name__
    'Approx'
    """
    working = expr.rhs if isinstance(expr, Equality) else expr
    if working.atoms(Shown) and not working.atoms(Dots):  # neither has a value
        checked = with_result(working, quantity)
        if isinstance(checked, Approx):
            return Approx(expr, checked.rhs)
    return Eq(expr, quantity.shown, evaluate=False)
