"""The theory of a second film: one sigmoid neuron with binary cross-entropy. No class, no index, no sum."""

import math

from sympy import Eq, Symbol, evaluate, exp, log

from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.symbols import derivative

x, w, b, z, a, y, C = map(Symbol, ("x", "w", "b", "z", "a", "y", "C"))

with evaluate(False):
    SIGMOID = 1 / (1 + exp(-z))
    LOSS = -y * log(a) - (1 - y) * log(1 - a)

    activation = Derivation(
        "activation",
        derivative(a, z),
        Step(derivative(SIGMOID, z), "definition"),
        Step(exp(-z) / (1 + exp(-z)) ** 2, "quotient-rule"),
        Step(SIGMOID * (exp(-z) / (1 + exp(-z))), "factor"),
        Step(a * (1 - a), "definition"),
    )

    loss = Derivation(
        "loss",
        derivative(C, z),
        Step(derivative(C, a) * derivative(a, z), "chain-rule"),
        Step(derivative(LOSS, a) * derivative(a, z), "definition"),
        Step((-y / a + (1 - y) / (1 - a)) * derivative(a, z), "log-rule"),
        Step((-y / a + (1 - y) / (1 - a)) * (a * (1 - a)), "activation"),
        Step(-y * (1 - a) + (1 - y) * a, "cancel"),
        Step(a - y, "expand"),
    )

    weight = Derivation(
        "weight",
        derivative(C, w),
        Step(derivative(C, z) * derivative(z, w), "chain-rule"),
        Step((a - y) * x, "result"),
    )

    THEORY = Theory(
        name="sigmoid",
        ranges={x: (-1, 1), w: (-1, 1), b: (-1, 1), y: (0, 1)},
        definitions={"z": Eq(z, w * x + b), "a": Eq(a, SIGMOID), "C": Eq(C, LOSS)},
        variables=frozenset({"a", "z", "w", "b"}),
        reference={"a": (("z",), lambda z: 0.5 * (1 + math.tanh(z / 2)))},
        derivations={one.name: one for one in (activation, loss, weight)},
        identities={"logit": Identity("logit", Eq(log(a / (1 - a)), z))},
    )
