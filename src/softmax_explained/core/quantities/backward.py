"""The quantities on the way back: slopes measured and derived, of one loss and of the other."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from sympy import IndexedBase, Symbol, evaluate

from softmax_explained.core.formulas.nodes import Norm
from softmax_explained.core.formulas.symbols import (
    C,
    J,
    Q,
    a,
    derivative,
    j,
    sum_over,
    vector_a,
    vector_y,
    y,
    y_smooth,
    z,
)
from softmax_explained.core.numerics.softmax import lacking, softmax, surer
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.quantity import (
    Quantity,
    computed,
    entries,
    fewest_decimals,
    given,
    of_logarithm,
)

STEP = 9
"""Digits after the point of a nudge, at most."""

h, nudge, error, change = IndexedBase("h"), IndexedBase("Δz"), IndexedBase("error"), Symbol("ΔC")


def measured(s: Values) -> Iterator[Quantity]:
    """List nudges and ratios of the focus class, central differences of all classes, and their errors."""
    classes, nudges = s.lesson.classes, range(1, len(s.steps) + 1)
    for n, step in enumerate(s.steps):
        digits = fewest_decimals([step], most=STEP)
        yield given(f"h[{n}]", h[n + 1], float(step), f"nudge {n + 1}", digits)
    meaning = f"change of the loss per nudge {{}} of the score of {_focus(s)}"
    yield from entries("ratio", lambda n: change / h[n], s.forward, meaning, nudges)
    meaning = "change of the loss per nudge {} of the true score"
    yield from entries("ratio_t", lambda n: change / h[n], s.forward_t, meaning, nudges)
    meaning = "slope of the loss in the score of {}, measured"
    yield from entries("fd", lambda k: change / nudge[k], s.central, meaning, classes)
    errors = abs(s.gradient - s.central)
    yield from entries("fd_error", lambda k: error[k], errors, "formula against measurement for {}", classes)
    largest = float(errors.max())
    yield computed("fd_error_max", Symbol("error_max"), largest, "largest gap, formula against measurement")


def jacobian(s: Values) -> Iterator[Quantity]:
    """List the two parts of ∂a_j/∂z_i, the Jacobian, and the sums of its columns."""
    classes, i = s.lesson.classes, s.i + 1
    taken = 0.0 - s.a * s.a[s.i]
    meaning = "what the tax takes from {} for each unit of dz"
    yield from entries("tax", lambda k: -a[k] * a[i], taken, meaning, classes)
    meaning = "what the tax takes from {} when its own score is nudged, for each unit of dz"
    yield from entries("own_tax", lambda k: -(a[k] ** 2), -(s.a**2), meaning, classes)
    yield from entries("lack", lambda k: 1 - a[k], lacking(s.z), "share that {} lacks", classes)
    meaning = "how the share of {} answers the score of {}"
    yield from entries("J", lambda k, n: derivative(a[k], z[n]), s.J, meaning, classes, classes)
    meaning = "all answers to the score of {} together"
    sums = s.J.sum(axis=0) + 0.0  # no −0
    yield from entries("Jsum", lambda k: sum_over(derivative(a[j], z[k]), j), sums, meaning, classes)


def paths(s: Values) -> Iterator[Quantity]:
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


def gradient(s: Values) -> Iterator[Quantity]:
    """List a − y, its sum, and the sums of its positive and negative entries."""
    g, classes = s.gradient, s.lesson.classes
    yield from entries("g", lambda k: derivative(C, z[k]), g, "slope of the loss in the score of {}", classes)
    yield computed("gsum", sum_over(derivative(C, z[j]), j), float(g.sum()), "all slopes together")
    told = list({s.i, s.t, s.r})
    if len(told) < s.K:  # those of the others: what is missing from 0 when the told ones are added
        rest = float(np.delete(g, told).sum())
        yield computed("grest", Symbol("others"), rest, "slopes of all but i, t and r together")
    down, up = Symbol("down"), Symbol("up")
    yield computed("gdown", down, float(g[g > 0].sum()), "all pushes down")
    yield computed("gup", up, float(-g[g < 0].sum()) + 0.0, "all pulls up")
    yield computed("gabs", down + up, float(np.abs(g).sum()), "all pushes and pulls together")
    with evaluate(False):
        length = Norm(vector_a - vector_y)
    yield computed("glen", length, float(np.linalg.norm(g)), "length of the gradient as a vector")


def smoothed(s: Values) -> Iterator[Quantity]:
    """List the targets smoothed by ε, and the gradient they give."""
    classes = s.lesson.classes
    yield from entries("ys", lambda k: y_smooth[k], s.smoothed, "smoothed target of {}", classes)
    total = float(s.smoothed.sum())
    yield computed("yssum", sum_over(y_smooth[j], j), total, "all smoothed targets together")
    meaning = "slope in the score of {}, smoothed targets"
    yield from entries("gs", lambda k: a[k] - y_smooth[k], s.smoothed_gradient, meaning, classes)


def squared_error(s: Values) -> Iterator[Quantity]:
    """List the squared error, its derivative ∂Q/∂a = a − y, and its gradient ∂Q/∂z."""
    classes = s.lesson.classes
    yield computed("Q", Q, s.Q, "the squared error")
    meaning = "slope of the squared error in the share of {}"
    yield from entries("dQda", lambda k: derivative(Q, a[k]), s.gradient, meaning, classes)
    meaning = "slope of the squared error in the score of {}"
    yield from entries("gq", lambda k: derivative(Q, z[k]), s.Q_gradient, meaning, classes)
    with evaluate(False):
        length = Norm(J * (vector_a - vector_y))
    meaning = "length of the gradient of the squared error, at most half of the other"
    yield computed("gqlen", length, float(np.linalg.norm(s.Q_gradient)), meaning)
    yield from _of_surest_network(s)


def _of_surest_network(s: Values) -> Iterator[Quantity]:
    """List the two lengths where the scores have the same order and differ so much that one share is 99 %."""
    shares = softmax(surer(s.z, 1.0))
    slopes = shares - s.lesson.targets
    through = shares * (slopes - shares @ slopes)
    sure, table = Symbol("a'"), Symbol("J'")
    with evaluate(False):
        lengths = Norm(sure - vector_y), Norm(table * (sure - vector_y))
    meaning = "length of the gradient if the network were sure"
    yield computed("glen_sure", lengths[0], float(np.linalg.norm(slopes)), meaning)
    meaning = "length of the gradient of the squared error if the network were sure"
    yield computed("gqlen_sure", lengths[1], float(np.linalg.norm(through)), meaning)
