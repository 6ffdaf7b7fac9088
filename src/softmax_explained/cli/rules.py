"""The rules of the derivations in English, for the terminal. The film's own wording is in its words files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
