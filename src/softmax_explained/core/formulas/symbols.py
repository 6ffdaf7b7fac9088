"""The letters of the film, each with one meaning, and the definitions that tie them together.

Indices: i is the score that is nudged, j an output that answers, k counts inside a sum, m is an input.
Counts: K classes, M inputs. Every formula is written under `evaluate(False)`, so that SymPy keeps it as
an author would put it on a board; call no `diff`, `subs` or `simplify` in there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sympy import Eq, Expr, IndexedBase, Rational, Sum, Symbol, Tuple, evaluate, exp, log, symbols

from softmax_explained.core.formulas.nodes import (
    Becomes,
    Diag,
    Differential,
    Gradient,
    Matrix,
    Partial,
    Transposed,
    Vector,
)

K: Any = Symbol("K", integer=True, positive=True)  # classes
M: Any = Symbol("M", integer=True, positive=True)  # inputs
i, j, k, m = symbols("i j k m", integer=True, positive=True)

x, w, b = IndexedBase("x"), IndexedBase("w"), IndexedBase("b")  # inputs, weights w[i, m], biases
z = IndexedBase("z")  # scores (logits)
a = IndexedBase("a")  # shares (softmax outputs)
y = IndexedBase("y")  # targets, Σ_j y_j = 1 where a step says that it uses it
y_smooth = IndexedBase("y'")  # smoothed targets

C: Any = Symbol("C")  # cross-entropy loss
Q: Any = Symbol("Q")  # squared-error loss
z_max = z[Symbol("max", integer=True)]  # the largest score
S: Any = Symbol("S", positive=True)  # Σ_k e^{z_k}
c: Any = Symbol("c", real=True)  # a constant added to every score
eta: Any = Symbol("eta", positive=True)  # learning rate
epsilon: Any = Symbol("epsilon")  # how far the targets are smoothed
dz = Differential(Symbol("z"))  # a tiny nudge of the score

vector_z, vector_a, vector_y = Vector("z"), Vector("a"), Vector("y")
jacobian = Matrix("J")  # rows j (outputs), columns i (scores)


def derivative(f: Any, x: Any) -> Any:
    """∂f/∂x as it is written, not carried out.

    >>> derivative(C, z[i])
    Partial(C, z[i])
    """
    return Partial(f, x)


def sum_over(body: Any, index: Any, hi: Any = K, lo: Any = 1) -> Any:
    """Σ body, over `index` from `lo` to `hi`, exactly as given.

    `Sum(...)` itself would put a 1 · before the body under `evaluate(False)` and melt nested sums together.

    >>> sum_over(y[k], k)
    Sum(y[k], (k, 1, K))
    """
    total = Expr.__new__(Sum, body, Tuple(index, lo, hi))
    total.is_commutative = True  # as Sum's own constructor does
    return total


with evaluate(False):
    exp_sum = sum_over(exp(z[k]), k)
    cross_entropy = -sum_over(y[k] * log(a[k]), k)

    #: What each letter stands for, as the film writes it.
    DEFINITIONS: Mapping[str, Expr] = MappingProxyType(
        {
            "z": Eq(z[i], sum_over(w[i, m] * x[m], m, M) + b[i]),
            "S": Eq(S, exp_sum),
            "a": Eq(a[i], exp(z[i]) / exp_sum),
            "C": Eq(C, cross_entropy),
            "Q": Eq(Q, Rational(1, 2) * sum_over((a[j] - y[j]) ** 2, j)),
            "y'": Eq(y_smooth[i], (1 - epsilon) * y[i] + epsilon / K),
        }
    )

    #: The same facts about all classes at once, in bold letters.
    VECTOR_FORMS: Mapping[str, Expr] = MappingProxyType(
        {
            "jacobian": Eq(jacobian, Diag(vector_a) - vector_a * Transposed(vector_a)),
            "gradient": Eq(Gradient(C, vector_z), Transposed(jacobian) * (-vector_y / vector_a)),
            "result": Eq(Gradient(C, vector_z), vector_a - vector_y),
            "step": Becomes(vector_z, vector_z - eta * (vector_a - vector_y)),
        }
    )


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
