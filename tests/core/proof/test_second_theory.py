"""The provers know no softmax: a theory without a class or a sum is proved, and false lines in it refused."""

from dataclasses import replace
from functools import cache

import pytest
from mutants import mutants
from sympy import (
    Add,
    Expr,
    IndexedBase,
    Mul,
    Pow,
    Rational,
    Symbol,
    diff,
    evaluate,
    exp,
    log,
    simplify,
    symbols,
)

from second_film.theory import LOSS, THEORY, C, a, activation, b, loss, w, x, y, z
from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.formulas.symbols import derivative
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.claim import Claim
from softmax_explained.core.proof.verify import PROVERS, verify
from softmax_explained.errors import UsageError


def verdicts(before, after, relation="="):
    claim = Claim(before, after, (), theory=THEORY, relation=relation)
    return {name: prove(claim) is None for name, prove in PROVERS.items()}


def everyone(verdict):
    return dict.fromkeys(PROVERS, verdict)


@pytest.mark.parametrize("name", [*THEORY.derivations, *THEORY.identities])
def test_every_step_is_accepted_by_every_prover(name):
    proof = verify({**THEORY.derivations, **THEORY.identities}[name], THEORY)
    assert proof.holds, [step.refused for step in proof.steps]
    assert all(step.accepted == tuple(PROVERS) for step in proof.steps)


with evaluate(False):
    TRUE = {
        "what a score is": (z, w * x + b, "="),
        "what the loss is": (C, LOSS, "="),
        "the loss in scores": (C, log(1 + exp(z)) - y * z, "="),
        "the other side": (1 - a, 1 / (1 + exp(z)), "="),
        "above 0": (0 * a, a, "<"),
        "below 1": (a, 1 + 0 * a, "<"),
        "no more than": (a**2, a, "<="),
    }
    FALSE = {
        "a sign": (derivative(C, z), y - a, "="),
        "another logit": (log(a / (1 + a)), z, "="),
        "half a loss": (C, -y * log(a), "="),
        "the sigmoid's square": (derivative(a, z), a**2, "="),
        "an output that is the target": (a, y, "="),
        "a logarithm of what is below 0": (derivative(log(-a), a), 1 / a, "="),
        "a derivative along what is no variable": (derivative(C, C), 1 + 0 * a, "="),
        "another theory's letter": (Symbol("S"), Symbol("S"), "="),
        "below itself": (a, a, "<"),
        "turned round": (a, a**2, "<="),
        "below another": (a, y, "<"),
    }


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_accepted_by_every_prover(name):
    assert verdicts(*TRUE[name]) == everyone(True)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refused_by_every_prover(name):
    assert verdicts(*FALSE[name]) == everyone(False)


@cache
def judged() -> list[tuple[str, Claim, dict[str, str | None]]]:
    found = []
    for derivation in (activation, loss):
        for before, step in derivation.pairs():
            for done, line in mutants(step.expr, frozenset()):
                claim = Claim(before, line, (), theory=THEORY)
                found.append(
                    (f"{step.rule}: {done}", claim, {n: prove(claim) for n, prove in PROVERS.items()})
                )
    return found


def equal_by_sympys_own_means(claim: Claim) -> bool:
    """Write both lines out and let SymPy differentiate and simplify: no prover of ours.

    SymPy's logarithm is complex; a line with ln of something that is below 0 has no value here.
    """
    score, output, target = symbols("z", real=True), symbols("a", positive=True), symbols("y", positive=True)
    of_score = 1 / (1 + exp(-score))
    of_output = -target * log(output) - (1 - target) * log(1 - output)

    a_point = {output: Rational(1, 3), score: -log(2), target: Rational(1, 4)}
    logarithms_of = []

    def written_out(expr: Expr) -> Expr:
        match expr:
            case log():
                logarithms_of.append(written_out(expr.args[0]))
                return log(logarithms_of[-1])
            case Partial():
                of, along = written_out(expr.f), written_out(expr.x)
                return diff(of if along == output else of.subs(output, of_score), along)
            case Symbol():
                return {z: score, a: output, y: target, C: of_output}[expr]
            case Add() | Mul() | Pow() | exp():
                return expr.func(*map(written_out, expr.args))
        return expr

    difference = (written_out(claim.before) - written_out(claim.after)).subs(output, of_score)
    return all(one.subs(a_point) > 0 for one in logarithms_of) and simplify(difference) == 0


@pytest.mark.slow
def test_every_prover_judges_each_of_many_mutants_as_sympy_does():
    assert len(judged()) >= 100
    wrong = [
        (what, to_text(claim.after), found)
        for what, claim, found in judged()
        if {why is None for why in found.values()} != {equal_by_sympys_own_means(claim)}
    ]
    assert wrong == []
    assert sum(why is None for _, _, found in judged() for why in found.values()) < len(judged()) // 5


def test_an_index_without_an_upper_end_is_an_error_that_names_it():
    i, q = Symbol("i"), IndexedBase("q")
    with pytest.raises(UsageError, match="sigmoid: the index i of q has no upper end") as caught:
        verify(activation, replace(THEORY, ranges={q[i]: (0, 1)}))
    assert "indices" in caught.value.hint
