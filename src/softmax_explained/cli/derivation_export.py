"""A derivation on paper: plain text, Typst, LaTeX or JSON, with its proof where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from softmax_explained.core.derivations.derivation import Derivation, Step, When
from softmax_explained.core.printing.latex import to_latex
from softmax_explained.core.printing.typst import string, to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.verify import Proof, StepProof

CASES: dict[When, str] = {"i=j": "i = j", "i!=j": "i ≠ j"}


def as_text(derivation: Derivation, proof: Proof | None = None) -> str:
    """Lines for a terminal: each with its rule, and under it what the provers said.

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> print(as_text(DERIVATIONS["log_undoes_exp"]))
    log_undoes_exp
      ln e^(z_i)
      = z_i    [ln undoes e^]
    """
    case = CASES.get(derivation.when)
    lines = [f"{derivation.name}  ({case})" if case else derivation.name, f"  {to_text(derivation.start)}"]
    right_sides = [f"  = {to_text(step.expr)}" for step in derivation.steps]
    width = max(map(len, right_sides))
    for number, (step, line) in enumerate(zip(derivation.steps, right_sides, strict=True)):
        lines.append(f"{line:<{width}}    [{RULES[step.rule]}]")
        if proof:
            lines += [f"      {verdict}" for verdict in _verdicts(proof.steps[number])]
    return "\n".join(lines)


def as_typst(derivation: Derivation, proof: Proof | None = None) -> str:
    """A heading and one aligned formula that Typst compiles as it is.

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> print(as_typst(DERIVATIONS["log_undoes_exp"]))
    = #"log_undoes_exp"
    $ ln e^(z_(i)) &= z_(i) && quad "ln undoes e^" $
    """
    rows = [
        f"{'' if number else to_typst(derivation.start).source + ' '}&= {to_typst(step.expr).source} "
        f"&& quad {string(RULES[step.rule])}"
        for number, step in enumerate(derivation.steps)
    ]
    formula = " \\\n  ".join(rows)
    return "\n".join([f"= #{string(derivation.name)}", *_remarks("//", proof), f"$ {formula} $"])


def as_latex(derivation: Derivation, proof: Proof | None = None) -> str:
    r"""One align* environment (amsmath).

    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> print(as_latex(DERIVATIONS["log_undoes_exp"]))
    % log_undoes_exp
    \begin{align*}
      \ln e^{z_{i}} &= z_{i}
    \end{align*}
    """
    rows = [
        f"  {'' if number else to_latex(derivation.start) + ' '}&= {to_latex(step.expr)}"
        for number, step in enumerate(derivation.steps)
    ]
    opening = [f"% {derivation.name}", *_remarks("%", proof), r"\begin{align*}"]
    return "\n".join([*opening, " \\\\\n".join(rows), r"\end{align*}"])


def as_record(derivation: Derivation, proof: Proof | None = None) -> dict[str, Any]:
    """A JSON object: every line in all notations, and the verdicts."""
    record: dict[str, Any] = {
        "name": derivation.name,
        "free": [str(index) for index in derivation.free],
        "when": derivation.when,
        "start": _notations(derivation.start),
        "steps": [_step(derivation, step) for step in derivation.steps],
    }
    if proof:
        record["holds"] = proof.holds
        for listed, judged in zip(record["steps"], proof.steps, strict=True):
            listed["accepted"], listed["refused"] = list(judged.accepted), dict(judged.refused)
    return record


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


def _remarks(mark: str, proof: Proof | None) -> Sequence[str]:
    """Verdicts as remarks of a notation; what a prover says is one line."""
    if not proof:
        return []
    return [f"{mark} {step.step.rule}: {verdict}" for step in proof.steps for verdict in _verdicts(step)]


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
