"""Relations of numbers: both sides are computed anew, from the exact values and from the digits on screen."""

from __future__ import annotations

from typing import Any

from sympy import Number
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import Dots, Literal, Shown
from softmax_explained.core.formulas.relations import Link, links
from softmax_explained.core.proof.statement import told
from softmax_explained.core.quantities.substitution import SAME, Quantities, compute, with_result
from softmax_explained.errors import ProofError

RULE = "= only if the digits on screen give the digits of the result, else ≈; see with_result"


def is_number(expr: Any) -> bool:
    """Whether a formula has numbers only, no letters."""
    return isinstance(expr, Shown | Literal | Number | Dots) or (
        bool(expr.args) and not isinstance(expr, Indexed) and all(map(is_number, expr.args))
    )


def check_numbers(link: Link, solution: Quantities) -> str:
    """Compute both sides of a relation of numbers, from their exact values and from the digits on screen.

    Returns:
        "numbers", the name of this kind of proof.

    Raises:
        ProofError: the relation does not hold, or its sign is not that of `with_result`.
    """
    left, sign, right = link
    if isinstance(right, Shown) and right.key and sign in ("=", "≈"):
        made = with_result(left, solution[right.key])
        if next(links(made))[1] != sign:
            raise ProofError(f"{told(link)}: the digits shown ask for {next(links(made))[1]}", hint=RULE)
        return "numbers"
    for shown in (False, True):
        one, other = (compute(side, shown=shown) for side in (left, right))
        holds = {"=": one == other, "≠": one != other, "<": one < other, ">": one > other}
        holds |= {"≤": one <= other, "≥": one >= other, "≈": not shown and abs(one - other) <= SAME}
        if not holds[sign] and not (sign == "≈" and shown):
            raise ProofError(f"{told(link)} does not hold", hint=RULE)
    return "numbers"
