"""The check of every step of a derivation by four provers that share as little as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sympy import Expr

from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.proof.any_size import prove_for_any_size
from softmax_explained.core.proof.claim import Claim
from softmax_explained.core.proof.exact import prove_exactly
from softmax_explained.core.proof.identity_claims import claims_of
from softmax_explained.core.proof.numeric import prove_by_differences, prove_to_fifty_digits

#: Each returns None when it accepts a claim, and else what is wrong with it.
PROVERS: Mapping[str, Callable[[Claim], str | None]] = {
    "any K": prove_for_any_size,
    "K = 2…6": prove_exactly,
    "50 digits": prove_to_fifty_digits,
    "differences": prove_by_differences,
}


@dataclass(frozen=True)
class StepProof:
    """What the provers say of a step: prover → why it does not follow from the line before."""

    step: Step
    refused: Mapping[str, str]

    @property
    def accepted(self) -> tuple[str, ...]:
        """The provers that accepted the step."""
        return tuple(prover for prover in PROVERS if prover not in self.refused)

    @property
    def holds(self) -> bool:
        """Whether every prover accepted."""
        return not self.refused


@dataclass(frozen=True)
class Proof:
    """The verdicts on each step of a derivation, or each relation of an identity."""

    steps: tuple[StepProof, ...]

    @property
    def holds(self) -> bool:
        """Whether every prover accepted every step."""
        return all(step.holds for step in self.steps)


def verify(derivation: Derivation | Identity, theory: Theory = SOFTMAX) -> Proof:
    """Check each step of a derivation, or each relation of an identity, with each prover.

    Neighbouring lines are proved equal for any number of classes; whether the rule named is the one used is
    not checked.

    Args:
        derivation: what is to be proved.
        theory: what its letters stand for.

    >>> verify(SOFTMAX.derivations["direct_path"]).holds
    True
    """
    if isinstance(derivation, Identity):
        claims = [([claim], Step(claim.after, "identity")) for claim in claims_of(derivation, theory)]
    else:
        claims = [
            ([*claims_of_step(derivation, before, step, theory)], step) for before, step in derivation.pairs()
        ]
    return Proof(tuple(StepProof(step, _refused(claims)) for claims, step in claims))


def claims_of_step(derivation: Derivation, before: Expr, step: Step, theory: Theory) -> Iterator[Claim]:
    """What a step claims of two lines: that they are equal; or, to first order, their values and slopes at 0.

    The second is Taylor's theorem: two differentiable functions differ by less than any multiple of a small
    letter exactly if they have the same value and the same derivative where it is 0.
    """
    lines = [(before, step.expr)]
    if step.small is not None:
        theory = theory.at_zero(step.small)
        lines.append((Partial(before, step.small), Partial(step.expr, step.small)))
    for one, other in lines:
        yield Claim(one, other, derivation.free, derivation.when, step.uses, theory)


def _refused(claims: Iterable[Claim]) -> Mapping[str, str]:
    verdicts = ((name, prove(claim)) for claim in claims for name, prove in PROVERS.items())
    return {name: why for name, why in verdicts if why is not None}
