"""The formulas in bold letters hold: worked out as arrays, against SciPy's softmax and measured slopes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import log_softmax, softmax
from sympy import Add, Mul, Number, Pow

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Diag, Gradient, Matrix, Norm, Paren, Transposed, Vector
from softmax_explained.core.formulas.symbols import DEFINITIONS, eta, vector_x, vector_z

LOSSES = {
    "C": lambda z, y: -(y @ log_softmax(z)),
    "Q": lambda z, y: ((softmax(z) - y) ** 2).sum() / 2,
}


def arrays(z, y):
    """What each bold letter is: columns, J measured row j, column i, and weights and inputs that give z."""
    measured = np.array([approx_fprime(z, lambda at, j=j: softmax(at)[j], 1e-7) for j in range(len(z))])
    x = np.array([0.5, -1.5])
    weights = np.stack([z - 0.7, (z - 0.35) / 3 - z], axis=1)
    bias = z - weights @ x
    columns = {"z": z, "a": softmax(z), "y": y, "x": x, "b": bias}
    return {name: each[:, None] for name, each in columns.items()} | {"J": measured, "W": weights}


def worked_out(expr, letters):
    """Compute a formula of bold letters; y / a is taken part by part."""

    def of(part):
        return worked_out(part, letters)

    match expr:
        case Vector() | Matrix():
            return letters[expr.name]
        case Number():
            return float(expr)
        case Norm():
            return float(np.linalg.norm(of(expr.of)))
        case Diag():
            return np.diag(of(expr.of)[:, 0])
        case Transposed():
            return of(expr.of).T
        case Paren():
            return of(expr.body)
        case Gradient():
            loss, target = LOSSES[expr.f.name], letters["y"][:, 0]
            if expr.x == vector_x:
                weights, bias = letters["W"], letters["b"][:, 0]
                return approx_fprime(letters["x"][:, 0], lambda at: loss(weights @ at + bias, target), 1e-7)[
                    :, None
                ]
            return approx_fprime(letters["z"][:, 0], lambda at: loss(at, target), 1e-7)[:, None]
        case Add():
            return sum(map(of, expr.args))
        case Pow():
            return of(expr.base) ** float(expr.exp)
        case Mul():
            return multiplied([of(part) for part in expr.args])
    return letters[expr.name]


def multiplied(factors):
    product = factors[0]
    for factor in factors[1:]:
        part_by_part = np.ndim(product) == 0 or np.ndim(factor) == 0 or product.shape == factor.shape
        product = product * factor if part_by_part else product @ factor
    return product


BOLD = (
    *("jacobian_matrix", "jacobian_is_symmetric", "gradient", "vector_result", "through_softmax"),
    *("squared_error_gradient", "input_gradient"),
)
PAIRS = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=6)


@settings(max_examples=25)
@given(PAIRS)
@pytest.mark.parametrize("name", BOLD)
def test_both_sides_are_the_same_array(name, drawn):
    z, scores_of_targets = np.array(drawn).T
    y = softmax(scores_of_targets)
    letters = arrays(z, y)
    left, right = (worked_out(side, letters) for side in IDENTITIES[name].relation.args)
    assert left.shape == right.shape
    np.testing.assert_allclose(left, right, atol=2e-5)


def test_a_step_goes_down_the_gradient():
    z, y = np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])
    step = IDENTITIES["step"].relation
    assert step.lhs == vector_z
    after = worked_out(step.rhs, arrays(z, y) | {eta.name: 0.5})
    np.testing.assert_allclose(after[:, 0], z - 0.5 * (softmax(z) - y))


@settings(max_examples=100)
@given(PAIRS)
def test_softmax_shortens_every_vector_at_least_by_half(drawn):
    z, v = np.array(drawn).T
    half = IDENTITIES["half"].relation
    letters = arrays(z, softmax(z)) | {"J": np.diag(softmax(z)) - np.outer(softmax(z), softmax(z))}
    left, right = (worked_out(side, letters | {"v": v[:, None]}) for side in half.args)
    assert left <= right + 1e-12
    equal = arrays(np.zeros(2), np.ones(2) / 2) | {"J": np.array([[0.25, -0.25], [-0.25, 0.25]])}
    left, right = (worked_out(side, equal | {"v": np.array([[1.0], [-1.0]])}) for side in half.args)
    assert left == pytest.approx(right)  # the bound is reached


def test_no_bold_formula_goes_untested():
    bold = {name for name, one in IDENTITIES.items() if one.relation.atoms(Vector, Matrix)}
    assert bold == {*BOLD, "step", "half", "matrix_product"}  # a chain of the others


def test_every_letter_that_is_defined_is_defined_by_an_equation():
    assert all(equation.rel_op == "==" for equation in DEFINITIONS.values())
