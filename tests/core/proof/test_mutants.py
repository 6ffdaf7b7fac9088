"""A derivation with one slip in it is refused: by each algebraic and each numeric prover on its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from mutants import mutants
from sympy import Add, Expr, Integer, Mul, Symbol, diff, exp, log, simplify, symbols
from sympy.tensor.indexed import Indexed

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS, SOFTMAX
from softmax_explained.core.formulas.nodes import Literal, Paren, Partial, SumNot
from softmax_explained.core.formulas.symbols import K
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.any_size import prove_for_any_size
from softmax_explained.core.proof.claim import Claim
from softmax_explained.core.proof.exact import prove_exactly
from softmax_explained.core.proof.identity_claims import claims_of
from softmax_explained.core.proof.numeric import prove_by_differences, prove_to_fifty_digits
from softmax_explained.core.proof.verify import claims_of_step

pytestmark = pytest.mark.slow  # four provers judge some five hundred mutants

# The lines of the film's chapters on the slope and its collapse.
FILM = (
    *("loss_slope", "growth", "net_slice", "total_slope", "case_i_equals_j", "case_i_not_j"),
    *("chain", "other_path", "direct_path", "collapse", "price_adds", "log_share", "lse_slope"),
)

# The identities whose letters the oracle below knows.
FILM_IDENTITIES = (
    *("share", "one_hot_loss", "targets_sum_to_one", "steeper", "exponential_rule", "logarithm_rule"),
    *("quotient_rule", "quotient_as_tax", "jacobian_matrix", "vector_result", "step"),
)

PROVERS = {
    "any K": prove_for_any_size,
    "exact": lambda claim: prove_exactly(claim, classes=(2, 3)),
    "50 digits": lambda claim: prove_to_fifty_digits(claim, classes=5),
    "differences": lambda claim: prove_by_differences(claim, classes=3),
}


def first_refusal(prove: Callable[[Claim], str | None], claims: list[Claim]) -> str | None:
    return next((why for claim in claims if (why := prove(claim)) is not None), None)


@cache
def judged() -> list[tuple[str, list[Claim], dict[str, str | None]]]:
    found = []
    for name in FILM:
        derivation = DERIVATIONS[name]
        for before, step in derivation.pairs():
            for done, line in mutants(step.expr, frozenset(derivation.free)):
                mutant = replace(step, expr=line)
                claims = list(claims_of_step(derivation, before, mutant, SOFTMAX))
                verdicts = {prover: first_refusal(prove, claims) for prover, prove in PROVERS.items()}
                found.append((f"{name}, {step.rule}: {done}", claims, verdicts))
    for name in FILM_IDENTITIES:
        for claim in claims_of(IDENTITIES[name], SOFTMAX):
            for done, line in mutants(claim.after, frozenset(claim.free)):
                mutant = replace(claim, after=line)
                verdicts = {prover: prove(mutant) for prover, prove in PROVERS.items()}
                found.append((f"{name}: {done}", [mutant], verdicts))
    return found


def equal_by_sympys_own_means(claim: Claim, classes: int = 3) -> bool:
    """Write both lines out for three classes and let SymPy differentiate and simplify: no prover of ours."""
    scores = symbols(f"z1:{classes + 1}", real=True)
    shares = symbols(f"a1:{classes + 1}", positive=True)
    targets = list(symbols(f"y1:{classes + 1}", positive=True))
    if claim.uses:
        targets[-1] = 1 - sum(targets[:-1])
    total, nudge = sum(map(exp, scores)), Symbol("dz")
    at_zero = {nudge: 0} if "dz" in claim.theory.definitions else {}
    worked_out = dict(zip(shares, (exp(score) / total for score in scores), strict=True))

    def written_out(expr: Expr, at: dict) -> Expr:
        def each(counter, body, hi, lo=1, hole=None):
            numbers = range(int(lo), int(hi.subs({"K": classes}) if hi.free_symbols else hi) + 1)
            return Add(*(written_out(body, {**at, counter: n}) for n in numbers if n != hole))

        match expr:
            case Indexed():
                place = at.get(expr.indices[0], expr.indices[0]) - 1
                return {"z": scores, "a": shares, "y": targets}[str(expr.base.label)][place]
            case Symbol() if expr in at:
                return Integer(at[expr])
            case Symbol(name="S"):
                return total
            case Symbol(name="p" | "q"):
                return Symbol(expr.name, positive=True)
            case Symbol(name="C"):
                return -sum(y * log(a) for y, a in zip(targets, shares, strict=True))
            case SumNot():
                return each(expr.index, expr.body, Integer(classes), hole=at[expr.missing])
            case Partial():
                of, along = written_out(expr.f, at), written_out(expr.x, at)
                return diff(of if along in shares else of.subs(worked_out), along)
            case Paren() | Literal():
                return written_out(expr.args[0], at) if isinstance(expr, Paren) else expr.number
            case _ if expr.func.__name__ == "Sum":
                counter, lo, hi = expr.limits[0]
                size = Symbol("K", integer=True, positive=True)
                return each(counter, expr.function, Integer(hi.subs(size, classes)), lo)
            case _ if not expr.args:
                return expr
        return expr.func(*(written_out(part, at) for part in expr.args))

    def difference(at: dict) -> Expr:
        both = written_out(claim.before, at) - written_out(claim.after, at)
        return both.subs(worked_out).subs(at_zero)

    return all(simplify(difference(dict(at))) == 0 for at in claim.assignments({K: classes}))


def test_there_are_at_least_four_hundred_mutants():
    assert len(judged()) >= 400


def test_every_mutant_is_a_claim_that_a_prover_is_asked():
    assert [what for what, claims, _ in judged() if not claims] == []


@pytest.mark.parametrize("prover", PROVERS)
def test_a_prover_lets_only_true_equalities_pass(prover):
    survivors = [(what, claims) for what, claims, verdicts in judged() if verdicts[prover] is None]
    wrong = [
        f"{what}: {to_text(claim.before)} = {to_text(claim.after)}"
        for what, claims in survivors
        for claim in claims
        if not equal_by_sympys_own_means(claim)
    ]
    assert wrong == []


def test_the_provers_agree_on_every_mutant_they_can_all_decide():
    for what, _, verdicts in judged():
        decided = {why is None for why in verdicts.values() if why is None or "cannot tell" not in why}
        assert len(decided) == 1, (what, verdicts)


def test_no_mutant_is_refused_only_because_nobody_can_tell():
    unsure = [
        what
        for what, _, verdicts in judged()
        if all("cannot tell" in (why or "") for why in verdicts.values())
    ]
    assert unsure == []


def test_the_oracle_itself_can_say_no():
    before, step = next(DERIVATIONS["direct_path"].pairs())
    assert equal_by_sympys_own_means(Claim(before, step.expr, DERIVATIONS["direct_path"].free))
    assert not equal_by_sympys_own_means(
        Claim(before, Mul(2, step.expr, evaluate=False), DERIVATIONS["direct_path"].free)
    )
