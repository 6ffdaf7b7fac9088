"""The formulas in bold letters hold: worked out as arrays, against SciPy's softmax and measured slopes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import log_softmax, softmax
from sympy import Add, Integer, Mul, Pow

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Diag, Gradient, Matrix, Paren, Transposed, Vector
from softmax_explained.core.formulas.symbols import DEFINITIONS, eta, vector_z


def arrays(z, y):
    """What each bold letter is: columns, and J measured row j, column i."""
    measured = np.array([approx_fprime(z, lambda at, j=j: softmax(at)[j], 1e-7) for j in range(len(z))])
    return {"z": z[:, None], "a": softmax(z)[:, None], "y": y[:, None], "J": measured}


def worked_out(expr, letters):
    """Compute a formula of bold letters; y / a is taken part by part."""

    def of(part):
        return worked_out(part, letters)

    match expr:
        case Vector() | Matrix():
            return letters[expr.name]
        case Integer():
            return float(expr)
        case Diag():
            return np.diag(of(expr.of)[:, 0])
        case Transposed():
            return of(expr.of).T
        case Paren():
            return of(expr.body)
        case Gradient():
            score, target = letters["z"][:, 0], letters["y"][:, 0]
            return approx_fprime(score, lambda at: -(target @ log_softmax(at)), 1e-7)[:, None]
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


PAIRS = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=6)


@settings(max_examples=25)
@given(PAIRS)
@pytest.mark.parametrize("name", ["jacobian_matrix", "gradient", "vector_result"])
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


def test_no_bold_formula_goes_untested():
    bold = {name for name, one in IDENTITIES.items() if one.relation.atoms(Vector, Matrix)}
    assert bold == {"jacobian_matrix", "gradient", "vector_result", "step", "matrix_product"}


def test_every_letter_that_is_defined_is_defined_by_an_equation():
    assert all(equation.rel_op == "==" for equation in DEFINITIONS.values())
