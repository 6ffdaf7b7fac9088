"""A derivation or an identity on paper: plain text, Typst, LaTeX or JSON, with its proof if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from softmax_explained.core.derivations.derivation import Derivation, Step, When
from softmax_explained.core.derivations.identities import Identity
from softmax_explained.core.printing.latex import to_latex
from softmax_explained.core.printing.typst import string, to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.verify import Proof, StepProof

CASES: dict[When, str] = {"i=j": "i = j", "i!=j": "i ≠ j"}


def as_text(one: Derivation | Identity, proof: Proof | None = None) -> str:
    """Lines for a terminal: each with its rule, and under it what the provers said.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> print(as_text(SOFTMAX.derivations["log_undoes_exp"]))
    log_undoes_exp
      ln e^(z_i)
      = z_i    [ln undoes e^]
    >>> print(as_text(SOFTMAX.identities["one_hot_loss"]))
    one_hot_loss  (y_i = δ_ij)
      C = −ln a_j
    """
    case = ", ".join(_conditions(one))
    lines = [f"{one.name}  ({case})" if case else one.name]
    if isinstance(one, Identity):
        lines += [f"  {to_text(one.relation)}", *(f"      {verdict}" for verdict in _all_verdicts(proof))]
        return "\n".join(lines)
    lines.append(f"  {to_text(one.start)}")
    right_sides = [f"  = {to_text(step.expr)}" for step in one.steps]
    width = max(map(len, right_sides))
    for number, (step, line) in enumerate(zip(one.steps, right_sides, strict=True)):
        lines.append(f"{line:<{width}}    [{RULES[step.rule]}]")
        if proof:
            lines += [f"      {verdict}" for verdict in _verdicts(proof.steps[number])]
    return "\n".join(lines)


def as_typst(one: Derivation | Identity, proof: Proof | None = None) -> str:
    """A heading and one aligned formula that Typst compiles as it is.

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> print(as_typst(DERIVATIONS["log_undoes_exp"]))
    = #"log_undoes_exp"
    $ ln e^(z_(i)) &= z_(i) && quad "ln undoes e^" $
    """
    if isinstance(one, Identity):
        rows = [to_typst(one.relation).source]
    else:
        rows = [
            f"{'' if number else to_typst(one.start).source + ' '}&= {to_typst(step.expr).source} "
            f"&& quad {string(RULES[step.rule])}"
            for number, step in enumerate(one.steps)
        ]
    formula = " \\\n  ".join(rows)
    return "\n".join([f"= #{string(one.name)}", *_remarks("//", one, proof), f"$ {formula} $"])


def as_latex(one: Derivation | Identity, proof: Proof | None = None) -> str:
    r"""One align* environment (amsmath).

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> print(as_latex(DERIVATIONS["log_undoes_exp"]))
    % log_undoes_exp
    \begin{align*}
      \ln e^{z_{i}} &= z_{i}
    \end{align*}
    """
    if isinstance(one, Identity):
        rows = [f"  {to_latex(one.relation)}"]
    else:
        rows = [
            f"  {'' if number else to_latex(one.start) + ' '}&= {to_latex(step.expr)}"
            for number, step in enumerate(one.steps)
        ]
    opening = [f"% {one.name}", *_remarks("%", one, proof), r"\begin{align*}"]
    return "\n".join([*opening, " \\\\\n".join(rows), r"\end{align*}"])


def as_record(one: Derivation | Identity, proof: Proof | None = None) -> dict[str, Any]:
    """A JSON object: every line in all notations, and the verdicts."""
    is_identity = isinstance(one, Identity)
    record: dict[str, Any] = {
        "kind": "identity" if is_identity else "derivation",
        "name": one.name,
        "free": [str(index) for index in one.free],
        "when": one.when,
    }
    if isinstance(one, Identity):
        record |= {**_notations(one.relation), "conditions": list(_conditions(one))}
    else:
        record |= {"start": _notations(one.start), "steps": [_step(one, step) for step in one.steps]}
    if proof:
        record["holds"] = proof.holds
        verdicts = [
            {"accepted": list(judged.accepted), "refused": dict(judged.refused)} for judged in proof.steps
        ]
        if is_identity:
            record["proofs"] = verdicts
        for listed, verdict in zip(record.get("steps", ()), verdicts, strict=not is_identity):
            listed |= verdict
    return record


def _conditions(one: Derivation | Identity) -> Iterator[str]:
    """What must be true for the lines to hold."""
    if case := CASES.get(one.when):
        yield case
    if isinstance(one, Identity):
        yield from map(to_text, (*one.given, *one.chosen))
        yield from (f"{to_text(letter)} = {to_text(value)}" for letter, value in one.instance.items())
        yield from (RULES[fact] for fact in sorted(one.uses))


def _step(derivation: Derivation, step: Step) -> dict[str, Any]:
    return {
        **_notations(step.expr),
        "rule": step.rule,
        "rule_text": RULES[step.rule],
        "when": derivation.case(step),
        "uses": sorted(step.uses),
    }


def _notations(expr: Any) -> dict[str, str]:
    return {"text": to_text(expr), "typst": to_typst(expr).source, "latex": to_latex(expr)}


def _remarks(mark: str, one: Derivation | Identity, proof: Proof | None) -> Sequence[str]:
    """Conditions and verdicts as remarks of a notation; what a prover says is one line."""
    conditions = [f"{mark} if {condition}" for condition in _conditions(one)]
    if isinstance(one, Identity):
        return [*conditions, *(f"{mark} {verdict}" for verdict in _all_verdicts(proof))]
    steps = proof.steps if proof else ()
    verdicts = [f"{mark} {step.step.rule}: {verdict}" for step in steps for verdict in _verdicts(step)]
    return [*conditions, *verdicts]


def _all_verdicts(proof: Proof | None) -> Sequence[str]:
    """What was said about the relations of an identity, each once."""
    return list(
        dict.fromkeys(verdict for step in (proof.steps if proof else ()) for verdict in _verdicts(step))
    )


def _verdicts(step: StepProof) -> Sequence[str]:
    accepted = [f"proved: {' · '.join(step.accepted)}"] if step.accepted else []
    return [*accepted, *(f"NOT PROVED: {prover}: {why}" for prover, why in step.refused.items())]


#: Rule id → what it says. Complete: a test goes through every derivation.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "both-cases": "the two cases, i = j and i ≠ j",
        "both-links": "put in both links",
        "cancel": "cancel",
        "chain-rule": "chain rule: every path counts",
        "constants-drop": "the slope of a constant is 0",
        "definition": "definition",
        "expand": "multiply out",
        "factor": "take the common factor out",
        "join-sum": "the missing term completes the sum",
        "log-of-quotient": "logarithm of a quotient",
        "log-rule": "(ln u)′ = u′ / u",
        "log-sum-exp": "C = ln Σ e^z − Σ y z",
        "log-undoes-exp": "ln undoes e^",
        "name-the-sum": "call the sum S",
        "one-line": "both cases in one line, δ_ij is 1 if i = j and 0 if not",
        "power-of-a-sum": "e^(u + v) = e^u e^v",
        "quotient-rule": "quotient rule: (f / g)′ = (f′ g − f g′) / g²",
        "reorder": "reorder the factors",
        "result": "∂C/∂z_i = a_i − y_i",
        "shares-sum-to-one": "the shares add up to one",
        "signs-cancel": "minus times minus",
        "split-sum": "the path j = i apart from the others",
        "sum-term-by-term": "sum term by term",
        "targets-sum-to-one": "the targets add up to one",
        "times-one": "times one",
    }
)
