"""The four rules of differentiation that the film's derivations use, as equations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Eq, Expr, Symbol, evaluate, exp, log

from softmax_explained.core.symbols import C, derivative

u, v = Symbol("u"), Symbol("v")  # what a rule is about; C depends on v, and v on u
f, g = Symbol("f"), Symbol("g")  # two functions of u
f_slope, g_slope = Symbol("f'"), Symbol("g'")  # their derivatives

with evaluate(False):
    #: In the order the film shows them.
    RULES_OF_SLOPES: Mapping[str, Expr] = MappingProxyType(
        {
            "exponential": Eq(derivative(exp(u), u), exp(u)),
            "logarithm": Eq(derivative(log(u), u), 1 / u),
            "quotient": Eq(derivative(f / g, u), (f_slope * g - f * g_slope) / g**2),
            "chain": Eq(derivative(C, u), derivative(C, v) * derivative(v, u)),
        }
    )
