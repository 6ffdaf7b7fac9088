"""The letters of the film, each with one meaning, and the definitions that relate them.

Indices: i is the score that is nudged, j the output that responds, k the index of a sum, m an input.
Sizes: K classes, M inputs. Every formula is built under `evaluate(False)`, so that SymPy keeps it as written;
call no `diff`, `subs` or `simplify` in there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sympy import Eq, Expr, IndexedBase, Rational, Sum, Symbol, Tuple, evaluate, exp, log, symbols

from softmax_explained.core.formulas.nodes import Differential, Matrix, Partial, Prime, Vector

K: Any = Symbol("K", integer=True, positive=True)  # number of classes
M: Any = Symbol("M", integer=True, positive=True)  # number of inputs
i, j, k, m = symbols("i j k m", integer=True, positive=True)

x, w, b = IndexedBase("x"), IndexedBase("w"), IndexedBase("b")  # inputs, weights w[i, m], biases
z = IndexedBase("z")  # scores (logits)
a = IndexedBase("a")  # shares (softmax outputs)
y = IndexedBase("y")  # targets; Σ_j y_j = 1 where a step says that it uses it
y_smooth = IndexedBase("y'")  # smoothed targets

C: Any = Symbol("C")  # cross-entropy loss
C_smooth: Any = Symbol("C'")  # cross-entropy loss against smoothed targets
Q: Any = Symbol("Q")  # squared-error loss
largest: Any = Symbol("max", integer=True)  # the class of the largest score
z_max = z[largest]
top: Any = Symbol("top", real=True)  # the same score, where z_k = top − gap_k
gap = IndexedBase("gap")  # how far each score is below the largest; never negative
S: Any = Symbol("S", positive=True)  # Σ_k e^{z_k}
c: Any = Symbol("c", real=True)  # a constant added to every score
eta: Any = Symbol("eta", positive=True)  # learning rate
epsilon: Any = Symbol("epsilon")  # amount of label smoothing
dz = Differential(Symbol("z"))  # a small nudge of the score

vector_x, vector_z, vector_a, vector_y, vector_v = map(Vector, "xzayv")
any_v = IndexedBase("v")  # the entries of the vector v, which may be any
J = Matrix("J")  # the Jacobian: rows j (outputs), columns i (scores)
W = Matrix("W")  # the weights: rows i (scores), columns m (inputs)

p, q = (
    Symbol("p", positive=True),
    Symbol("q", positive=True),
)  # the shares of the true classes of two examples

u, v = Symbol("u"), Symbol("v")  # in the differentiation rules C depends on v, and v on u
f, g, f_prime, g_prime = map(Symbol, ("f", "g", "f'", "g'"))  # two functions of u, and their derivatives

derivative: Any = Partial  # ∂f/∂x, as derivative(f, x)
prime: Any = Prime  # f′, as prime(f, x)


def sum_over(body: Any, index: Any, hi: Any = K, lo: Any = 1) -> Any:
    """Σ body, over `index` from `lo` to `hi`, exactly as given.

    Under `evaluate(False)`, `Sum(...)` itself would put a 1 · before the body and merge nested sums.

    >>> sum_over(y[k], k)
    Sum(y[k], (k, 1, K))
    """
    total = Expr.__new__(Sum, body, Tuple(index, lo, hi))
    total.is_commutative = True  # as Sum's own constructor does
    return total


with evaluate(False):
    exp_sum = sum_over(exp(z[k]), k)
    cross_entropy = -sum_over(y[k] * log(a[k]), k)

    #: Lowest and highest random value of each letter that follows from no others.
    RANGES: Mapping[Any, tuple[float, float]] = {
        x[m]: (-1.5, 1.5),
        w[i, m]: (-1, 1),
        b[i]: (-1, 1),
        y[i]: (0, 1),
        c: (-2, 2),
        epsilon: (0, 1),
        eta: (0.01, 1),
        dz: (-1, 1),
        p: (0.05, 1),
        q: (0.05, 1),
        any_v[k]: (-2, 2),
        top: (-2, 2),
        gap[k]: (0, 2),
    }

    #: The definition of each letter that does.
    DEFINITIONS: Mapping[str, Expr] = MappingProxyType(
        {
            "z": Eq(z[i], sum_over(w[i, m] * x[m], m, M) + b[i]),
            "S": Eq(S, exp_sum),
            "a": Eq(a[i], exp(z[i]) / exp_sum),
            "C": Eq(C, cross_entropy),
            "C'": Eq(C_smooth, -sum_over(y_smooth[k] * log(a[k]), k)),
            "Q": Eq(Q, Rational(1, 2) * sum_over((a[j] - y[j]) ** 2, j)),
            "y'": Eq(y_smooth[i], (1 - epsilon) * y[i] + epsilon / K),
        }
    )
