"""ARITHMETIC: sums and products of the digits shown that do not give the result shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sympy import Add, Equality, Float, Integer, Mul, Pow, Rational

from softmax_explained.core.formulas.nodes import Shown
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.numbers import Number, decimal, numbers_of
from softmax_explained.studio.check.snapshot import Snapshot

ARITHMETIC = Rule(
    "ARITHMETIC", "the digits shown give the result shown", "write ≈ or “about”, or show one digit more"
)

TOTALS = {"S": "e", "asum": "a", "gsum": "g", "zsum": "z", "ysum": "y", "yssum": "ys", "C": "loss_term"}
"""Families of totals and of the parts that they are the sum of."""

ABOUT = ("≈", "about", "≅", "约")


def wrong_arithmetic(snapshot: Snapshot) -> Iterator[Violation]:
    """Equations between numbers, totals with their parts, and a − y = g, judged by the digits on screen."""
    numbers = [number for number in numbers_of(snapshot) if ARITHMETIC.code not in number.allowed]
    for owner, places in snapshot.pieces.items():
        if isinstance(owner.piece, Formula) and ARITHMETIC.code not in snapshot.parts[places[0]].allowed:
            yield from _wrong_equations(owner.piece, owner.name)
    if any(_says_about(owner.piece) for owner in snapshot.pieces):
        return
    shown: dict[str, Number] = {}
    for number in numbers:
        if isinstance(number.owner.piece, Readout) and not number.owner.piece.updaters:
            shown[number.key] = number
    yield from _wrong_totals(shown)
    yield from _wrong_differences(shown)


def _wrong_equations(formula: Formula, name: str) -> Iterator[Violation]:
    for node in formula.nodes:
        if node.kind != "expr" or not isinstance(node.expr, Equality):
            continue
        left, right = node.expr.args
        while isinstance(left, Equality):
            left = left.args[1]
        values = value_of(left), value_of(right)
        places = max(_places(right), 0)
        if None in values or not left.atoms(Shown):
            continue
        result = Decimal(values[0]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        if abs(result - Decimal(values[1])) > Decimal(1).scaleb(-places - 3):
            measured = f"the digits give {result}, {values[1]} is shown"
            yield ARITHMETIC.violation(name, measured=measured, excess=float(abs(result - values[1])))


def value_of(expr: Any) -> Any:
    """The exact value of sums, products and powers of displayed digits; None if there is a letter."""
    if isinstance(expr, Shown):
        return decimal(expr.text)
    if isinstance(expr, Integer | Rational | Float):
        return Decimal(expr.p) / Decimal(expr.q) if isinstance(expr, Rational) else Decimal(str(expr))
    if isinstance(expr, Add | Mul):
        total = Decimal(0) if isinstance(expr, Add) else Decimal(1)
        for part in map(value_of, expr.args):
            if part is None:
                return None
            total = total + part if isinstance(expr, Add) else total * part
        return total
    if isinstance(expr, Pow) and isinstance(expr.exp, Integer):
        base = value_of(expr.base)
        return None if base is None or not base else base ** int(expr.exp)
    return None


def _places(expr: Any) -> int:
    """The digits after the point of a displayed result."""
    text = expr.text if isinstance(expr, Shown) else str(expr)
    return len(text.partition(".")[2])


def _wrong_totals(shown: Mapping[str, Number]) -> Iterator[Violation]:
    for key, total in shown.items():
        part = TOTALS.get(total.family)
        parts = [number for number in shown.values() if number.family == part]
        counted = {number.indices for number in parts}
        if part is None or len(parts) < 2 or counted != {(k,) for k in range(len(parts))}:
            continue
        values = [number.digits for number in parts]
        if total.digits is None or None in values:
            continue
        result = sum((value for value in values if value is not None), Decimal(0))
        if result != total.digits:
            measured = f"{' + '.join(number.text for number in parts)} = {result}, {total.text} is shown"
            yield ARITHMETIC.violation(
                f"Readout {key}", measured=measured, excess=float(abs(result - total.digits))
            )


def _wrong_differences(shown: Mapping[str, Number]) -> Iterator[Violation]:
    for key, slope in shown.items():
        if slope.family not in ("g", "gs"):
            continue
        target = "y" if slope.family == "g" else "ys"
        pair = [shown.get(f"{family}[{slope.indices[0]}]") for family in ("a", target)]
        if None in pair or slope.digits is None:
            continue
        share, wanted = (number.digits for number in pair if number is not None)
        if share is not None and wanted is not None and share - wanted != slope.digits:
            measured = f"the digits give {share - wanted}, {slope.text} is shown"
            excess = float(abs(share - wanted - slope.digits))
            yield ARITHMETIC.violation(f"Readout {key}", measured=measured, excess=excess)


def _says_about(piece: Any) -> bool:
    text = piece.plain if isinstance(piece, Formula) else piece.text if isinstance(piece, Words) else ""
    return any(word in text for word in ABOUT)
