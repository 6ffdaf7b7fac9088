"""A derivation or an identity on paper: plain text, Typst, LaTeX or JSON, with its proof if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from softmax_explained.core.derivations.derivation import CASES, Derivation, Step
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.printing.latex import to_latex
from softmax_explained.core.printing.typst import string, to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.verify import Proof, StepProof
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.words_file import read_words

TYPST_SIGNS = {"=": "=", "≈": "approx"}
LATEX_SIGNS = {"=": "=", "≈": r"\approx"}
_words = cache(lambda: read_words("en", FILM.words_folder))


def rule_name(rule: str) -> str:
    """What a rule is called, in English."""
    return str(_words().tables["rules"][rule])


def as_text(one: Derivation | Identity, proof: Proof | None = None) -> str:
    """Lines for a terminal: each with its rule, and under it what the provers said.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> print(as_text(SOFTMAX.derivations["log_undoes_exp"]))
    log_undoes_exp
      ln e^(z_i)
      = z_i    [log undoes exp]
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
    signs = [one.sign(line, line + 1) for line in range(len(one.steps))]
    right_sides = [f"  {sign} {to_text(step.expr)}" for sign, step in zip(signs, one.steps, strict=True)]
    width = max(map(len, right_sides))
    for number, (step, line) in enumerate(zip(one.steps, right_sides, strict=True)):
        lines.append(f"{line:<{width}}    [{rule_name(step.rule)}]")
        if proof:
            lines += [f"      {verdict}" for verdict in _verdicts(proof.steps[number])]
    return "\n".join(lines)


def as_typst(one: Derivation | Identity, proof: Proof | None = None) -> str:
    """A heading and one aligned formula that Typst compiles as it is.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> print(as_typst(SOFTMAX.derivations["log_undoes_exp"]))
    = #"log_undoes_exp"
    $ ln e^(z_(i)) &= z_(i) && quad "log undoes exp" $
    """

    def rule(step: Step) -> str:
        return f" && quad {string(rule_name(step.rule))}"

    formula = " \\\n  ".join(_rows(one, lambda expr: to_typst(expr).source, TYPST_SIGNS, rule))
    return "\n".join([f"= #{string(one.name)}", *_remarks("//", one, proof), f"$ {formula} $"])


def as_latex(one: Derivation | Identity, proof: Proof | None = None) -> str:
    r"""One align* environment (amsmath).

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> print(as_latex(SOFTMAX.derivations["log_undoes_exp"]))
    % log_undoes_exp
    \begin{align*}
      \ln e^{z_{i}} &= z_{i}
    \end{align*}
    """
    rows = [f"  {row}" for row in _rows(one, to_latex, LATEX_SIGNS)]
    opening = [f"% {one.name}", *_remarks("%", one, proof), r"\begin{align*}"]
    return "\n".join([*opening, " \\\\\n".join(rows), r"\end{align*}"])


def _rows(
    one: Derivation | Identity,
    printed: Callable[[Any], str],
    relations: Mapping[str, str],
    remark: Callable[[Step], str] = lambda step: "",
) -> list[str]:
    """The rows of an aligned formula."""
    if isinstance(one, Identity):
        return [printed(one.relation)]
    rows = [
        f"&{relations[one.sign(line, line + 1)]} {printed(step.expr)}{remark(step)}"
        for line, step in enumerate(one.steps)
    ]
    return [f"{printed(one.start)} {rows[0]}", *rows[1:]]


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
        verdicts = [{"accepted": list(each.accepted), "refused": dict(each.refused)} for each in proof.steps]
        record |= {"holds": proof.holds, **({"proofs": verdicts} if is_identity else {})}
        for step, verdict in zip(record.get("steps", ()), verdicts, strict=not is_identity):
            step |= verdict
    return record


def _conditions(one: Derivation | Identity) -> Iterator[str]:
    """What must be true for the lines to hold."""
    if case := CASES.get(one.when):
        yield case
    if isinstance(one, Identity):
        yield from map(to_text, (*one.given, *one.chosen))
        yield from (f"{to_text(letter)} = {to_text(value)}" for letter, value in one.instance.items())
        yield from (rule_name(fact) for fact in sorted(one.uses))


def _step(derivation: Derivation, step: Step) -> dict[str, Any]:
    return {
        **_notations(step.expr),
        "sign": "=" if step.small is None else "≈",
        "rule": step.rule,
        "rule_text": rule_name(step.rule),
        "when": derivation.when,
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
    steps = proof.steps if proof else ()
    return list(dict.fromkeys(verdict for step in steps for verdict in _verdicts(step)))


def _verdicts(step: StepProof) -> Sequence[str]:
    accepted = [f"proved: {' · '.join(step.accepted)}"] if step.accepted else []
    return [*accepted, *(f"NOT PROVED: {prover}: {why}" for prover, why in step.refused.items())]
