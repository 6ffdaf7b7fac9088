"""`softmax-explained derive`: every derivation, line by line, with its rules and its proofs."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from softmax_explained.cli.derivation_export import as_latex, as_record, as_text, as_typst
from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.core.proof.verify import Proof
from softmax_explained.core.proof.verify import verify as prove
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM

UNPROVED = 1
"""The exit code when a step is not proved."""


class Notation(StrEnum):
    """How formulas are written."""

    TEXT = "text"
    TYPST = "typst"
    LATEX = "latex"
    JSON = "json"


WRITERS = {Notation.TEXT: as_text, Notation.TYPST: as_typst, Notation.LATEX: as_latex}


def derive(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Derivations to print; all of them if none."),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Prove every step; exit with 1 when one is not proved.")
    ] = False,
    notation: Annotated[
        Notation, typer.Option("--format", help="How to write the formulas.")
    ] = Notation.TEXT,
) -> None:
    """Print each derivation of the film, line by line, with the rule that makes each line.

    Raises:
        UsageError: a name that is no derivation.
    """
    selected = _selected(names or [])
    proofs = {each.name: prove(each) for each in selected} if verify else {}
    typer.echo(_written(selected, proofs, notation))
    if not all(proof.holds for proof in proofs.values()):
        raise typer.Exit(UNPROVED)


def _written(selected: Sequence[Derivation], proofs: dict[str, Proof], notation: Notation) -> str:
    if notation is Notation.JSON:
        records = [as_record(each, proofs.get(each.name)) for each in selected]
        return json.dumps(records, ensure_ascii=False, indent=2)
    text = "\n\n".join(WRITERS[notation](each, proofs.get(each.name)) for each in selected)
    if proofs and notation is Notation.TEXT:
        steps = [step for proof in proofs.values() for step in proof.steps]
        text += f"\n\n{sum(step.holds for step in steps)} of {len(steps)} steps proved"
    return text


def _selected(names: Sequence[str]) -> Sequence[Derivation]:
    known = FILM.theory.derivations
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or list(known)
            raise UsageError(f"there is no derivation {name!r}", hint=f"there is: {', '.join(near)}")
    return [known[name] for name in dict.fromkeys(names)] or list(known.values())
