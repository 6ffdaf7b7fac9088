"""The quantities of a solution, by heading, in the order of the film."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
from sympy import IndexedBase, Symbol, evaluate, exp, log

from softmax_explained.core.formulas.symbols import (
    C,
    K,
    M,
    Q,
    S,
    a,
    b,
    derivative,
    epsilon,
    eta,
    j,
    sum_over,
    w,
    x,
    y,
    y_smooth,
    z,
)
from softmax_explained.core.numerics.loss_comparison import FINISH
from softmax_explained.core.numerics.softmax import lacking
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.quantity import (
    Quantity,
    computed,
    entries,
    fewest_decimals,
    given,
    of_logarithm,
)

h, nudge, error, change = IndexedBase("h"), IndexedBase("Δz"), IndexedBase("error"), Symbol("ΔC")
z_after, a_after, C_after = IndexedBase("z'"), IndexedBase("a'"), Symbol("C'")


def _input_data(s: Values) -> Iterator[Quantity]:
    """List x, W, b, y, η, ε and the two sizes, each with the digits it was typed with."""
    lesson, classes, inputs = s.lesson, s.lesson.classes, range(1, s.M + 1)
    yield Quantity("K", K, lesson.K, 0, "how many classes")
    yield Quantity("M", M, lesson.M, 0, "how many inputs")
    for key, symbol, values, meaning, *names in (
        ("x", lambda m: x[m], lesson.inputs, "input {}", inputs),
        ("W", lambda k, m: w[k, m], lesson.weights, "weight of input {1} for {0}", classes, inputs),
        ("b", lambda k: b[k], lesson.biases, "bias of {}", classes),
        ("y", lambda k: y[k], lesson.targets, "target of {}", classes),
    ):
        digits = fewest_decimals(values.ravel())
        yield from entries(key, symbol, values, meaning, *names, decimals=digits, make=given)
    yield computed("ysum", sum_over(y[j], j), float(lesson.targets.sum()), "all targets together", digits)
    for key, letter, value, meaning in (
        ("eta", eta, lesson.learning_rate, "learning rate"),
        ("eps", epsilon, lesson.smoothing, "how far the targets are smoothed"),
    ):
        yield given(key, letter, value, meaning, fewest_decimals([value]))


def _scores(s: Values) -> Iterator[Quantity]:
    """List the products w x, their sums z, and what shows that a score is not a probability."""
    products = s.lesson.weights * s.lesson.inputs
    yield from entries(
        "wx",
        lambda k, m: w[k, m] * x[m],
        products,
        "input {1} times its weight for {0}",
        s.lesson.classes,
        range(1, s.M + 1),
        decimals=fewest_decimals(products.ravel()),
        make=given,
    )
    digits = _score_decimals(s)
    yield from entries("z", lambda k: z[k], s.z, "score of {}", s.lesson.classes, decimals=digits)
    yield computed("zsum", sum_over(z[j], j), float(s.z.sum()), "all scores together", digits)
    yield computed("z_min", Symbol("z_min"), float(s.z.min()), "smallest score", digits)
    yield computed("z_max", Symbol("z_max"), s.z_max, "largest score", digits)


def _shares(s: Values) -> Iterator[Quantity]:
    """List e^z, their sum S, and the shares of it."""
    for k, name in enumerate(s.lesson.classes):
        yield of_logarithm(f"e[{k}]", exp(z[k + 1]), float(s.z[k]), f"e to the score of {name}")
    yield of_logarithm("S", S, s.lse, "length of the whole strip, the sum of all e^z")
    yield from entries("a", lambda k: a[k], s.a, "share of {}", s.lesson.classes)
    yield computed("asum", sum_over(a[j], j), float(s.a.sum()), "all shares together")


def _loss(s: Values) -> Iterator[Quantity]:
    """List ln a and its slope, the contribution of each class, and the loss."""
    classes, targets = s.lesson.classes, s.lesson.targets
    yield from entries("lna", lambda k: log(a[k]), s.log_a, "logarithm of the share of {}", classes)
    for k, name in enumerate(classes):
        meaning = f"slope of −ln a at the share of {name}"
        yield of_logarithm(f"slope[{k}]", -1 / a[k + 1], -float(s.log_a[k]), meaning, sign=-1)
    paid = -(targets * s.log_a) + 0.0
    yield from entries("loss_term", lambda k: -y[k] * log(a[k]), paid, "what {} adds to the loss", classes)
    yield computed("C", C, s.C, "the loss, cross-entropy")
    least = -math.fsum(share * math.log(share) for share in targets if share > 0) + 0.0
    yield computed("entropy", -sum_over(y[j] * log(y[j]), j), least, "the smallest loss these targets allow")


def _measured(s: Values) -> Iterator[Quantity]:
    """List nudges and ratios of the focus class, central differences of all classes, and their errors."""
    classes, nudges = s.lesson.classes, range(1, len(s.steps) + 1)
    digits = fewest_decimals(s.steps)
    yield from entries("h", lambda n: h[n], s.steps, "nudge {}", nudges, decimals=digits, make=given)
    meaning = f"change of the loss per nudge {{}} of the score of {_focus(s)}"
    yield from entries("ratio", lambda n: change / h[n], s.forward, meaning, nudges)
    meaning = "slope of the loss in the score of {}, measured"
    yield from entries("fd", lambda k: change / nudge[k], s.central, meaning, classes)
    errors = abs(s.gradient - s.central)
    yield from entries("fd_error", lambda k: error[k], errors, "formula against measurement for {}", classes)
    largest = float(errors.max())
    yield computed("fd_error_max", Symbol("error_max"), largest, "largest gap, formula against measurement")


def _jacobian(s: Values) -> Iterator[Quantity]:
    """List the two parts of ∂a_j/∂z_i, the Jacobian, and the sums of its columns."""
    classes, i = s.lesson.classes, s.i + 1
    taken = 0.0 - s.a * s.a[s.i]
    meaning = "what the tax takes from {} for each unit of dz"
    yield from entries("tax", lambda k: -a[k] * a[i], taken, meaning, classes)
    yield from entries("lack", lambda k: 1 - a[k], lacking(s.z), "share that {} lacks", classes)
    meaning = "how the share of {} answers the score of {}"
    yield from entries("J", lambda k, n: derivative(a[k], z[n]), s.J, meaning, classes, classes)
    meaning = "all answers to the score of {} together"
    sums = s.J.sum(axis=0) + 0.0  # no −0
    yield from entries("Jsum", lambda k: sum_over(derivative(a[j], z[k]), j), sums, meaning, classes)


def _paths(s: Values) -> Iterator[Quantity]:
    """List ∂C/∂a = −y/a, and the contribution of each path from the focus score to the loss."""
    classes, i = s.lesson.classes, s.i + 1
    for k, name in enumerate(classes):
        yield _slope_of_loss(s, k, f"slope of the loss in the share of {name}")
    meaning = f"path from the score of {_focus(s)} through {{}}"
    yield from entries(
        "term", lambda k: derivative(C, a[k]) * derivative(a[k], z[i]), s.terms, meaning, classes
    )
    with evaluate(False):
        alone = -y[i] * (1 - a[i])
    yield computed("onepath", alone, s.one_path, f"what the path through {classes[s.i]} alone would give")
    yield from entries(
        "JTv",
        lambda k: sum_over(derivative(a[j], z[k]) * (-y[j] / a[j]), j),
        s.product,
        "all paths from the score of {} together",
        classes,
    )


def _focus(s: Values) -> str:
    """Return the name of the focus class, for a format string."""
    return s.lesson.classes[s.i].replace("{", "{{").replace("}", "}}")


def _slope_of_loss(s: Values, k: int, meaning: str) -> Quantity:
    """Compute −y_k/a_k from ln a_k, which is accurate even where a_k is smaller than any float."""
    key, symbol, target = f"dCda[{k}]", derivative(C, a[k + 1]), float(s.lesson.targets[k])
    if target == 0:
        return computed(key, symbol, 0.0, meaning)
    return of_logarithm(key, symbol, math.log(target) - float(s.log_a[k]), meaning, sign=-1, small=False)


def _gradient(s: Values) -> Iterator[Quantity]:
    """List a − y, its sum, and the sums of its positive and negative entries."""
    g, classes = s.gradient, s.lesson.classes
    yield from entries("g", lambda k: derivative(C, z[k]), g, "slope of the loss in the score of {}", classes)
    yield computed("gsum", sum_over(derivative(C, z[j]), j), float(g.sum()), "all slopes together")
    down, up = Symbol("down"), Symbol("up")
    yield computed("gdown", down, float(g[g > 0].sum()), "all pushes down")
    yield computed("gup", up, float(-g[g < 0].sum()) + 0.0, "all pulls up")
    yield computed("gabs", down + up, float(np.abs(g).sum()), "all pushes and pulls together")


def _smoothed(s: Values) -> Iterator[Quantity]:
    """List the targets smoothed by ε, and the gradient they give."""
    classes = s.lesson.classes
    yield from entries("ys", lambda k: y_smooth[k], s.smoothed, "smoothed target of {}", classes)
    total = float(s.smoothed.sum())
    yield computed("yssum", sum_over(y_smooth[j], j), total, "all smoothed targets together")
    meaning = "slope in the score of {}, smoothed targets"
    yield from entries("gs", lambda k: a[k] - y_smooth[k], s.smoothed_gradient, meaning, classes)


def _squared_error(s: Values) -> Iterator[Quantity]:
    """List the squared error, its derivative ∂Q/∂a = a − y, and its gradient ∂Q/∂z."""
    classes = s.lesson.classes
    yield computed("Q", Q, s.Q, "the squared error")
    meaning = "slope of the squared error in the share of {}"
    yield from entries("dQda", lambda k: derivative(Q, a[k]), s.gradient, meaning, classes)
    meaning = "slope of the squared error in the score of {}"
    yield from entries("gq", lambda k: derivative(Q, z[k]), s.Q_gradient, meaning, classes)


def _race(s: Values) -> Iterator[Quantity]:
    """List the start of the race, its end, and the number of steps under each loss."""
    run = s.race
    yield given("drop", Symbol("drop"), run.drop, "how far the true score starts below its best rival", 0)
    yield given("finish", Symbol("finish"), FINISH, "the share of the true class that ends the race", 1)
    yield Quantity("cap", Symbol("cap"), run.cap, 0, "the number of steps after which a runner is stopped")
    yield Quantity("n_ce", Symbol("n_ce"), run.n_ce, 0, "steps to one half under cross-entropy")
    yield Quantity("n_q", Symbol("n_q"), run.n_q, 0, "steps to one half under squared error")


def _step(s: Values) -> Iterator[Quantity]:
    """List scores, shares and loss after one step of gradient descent on the scores."""
    classes = s.lesson.classes
    yield from entries("z1", lambda k: z_after[k], s.next_z, "score of {} after one step", classes)
    yield from entries("a1", lambda k: a_after[k], s.next_a, "share of {} after one step", classes)
    yield computed("C1", C_after, s.next_C, "the loss after one step")


def _weights(s: Values) -> Iterator[Quantity]:
    """List the derivative of the loss with respect to each weight and bias."""
    classes, inputs = s.lesson.classes, range(1, s.M + 1)
    meaning = "slope of the loss in the weight of input {1} for {0}"
    yield from entries("dW", lambda k, m: derivative(C, w[k, m]), s.dW, meaning, classes, inputs)
    meaning = "slope of the loss in the bias of {}"
    yield from entries("db", lambda k: derivative(C, b[k]), s.db, meaning, classes)


def _practice(s: Values) -> Iterator[Quantity]:
    """List what a stable implementation computes: scores minus the largest, and the loss by log-sum-exp."""
    meaning = "how far the score of {} lies below the largest"
    yield from entries(
        "shifted",
        lambda k: z[k] - Symbol("z_max"),
        s.shifted,
        meaning,
        s.lesson.classes,
        decimals=_score_decimals(s),
    )
    with evaluate(False):
        lse = log(sum_over(exp(z[j]), j))
        second_route = lse - sum_over(y[j] * z[j], j)
    yield computed("lse", lse, s.lse, "log-sum-exp of the scores")
    yield computed("C_lse", second_route, s.C_lse, "the loss by the second route")


def _score_decimals(s: Values) -> int:
    """Count the digits after the point of every score: the fewest that show them all, and at least one."""
    return fewest_decimals(s.z, least=1)


HEADINGS: Mapping[str, Callable[[Values], Iterator[Quantity]]] = MappingProxyType(
    {
        "Input data": _input_data,
        "Scores": _scores,
        "Shares": _shares,
        "The loss": _loss,
        "The slope, measured": _measured,
        "From score to share": _jacobian,
        "Paths to the loss": _paths,
        "Prediction minus target": _gradient,
        "Smoothed targets": _smoothed,
        "Squared error instead": _squared_error,
        "The race": _race,
        "One step of gradient descent": _step,
        "Back to the weights": _weights,
        "In practice": _practice,
    }
)


def catalogue(solution: Values) -> Mapping[str, tuple[Quantity, ...]]:
    """Every quantity of a solution, by heading."""
    return MappingProxyType({heading: tuple(listed(solution)) for heading, listed in HEADINGS.items()})
