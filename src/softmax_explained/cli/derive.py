"""`softmax-explained derive`: every derivation, line by line, and every identity, with rules and proofs."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from softmax_explained.cli.derivation_export import as_latex, as_record, as_text, as_typst
from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.proof.verify import Proof
from softmax_explained.core.proof.verify import verify as prove
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM

UNPROVED = 1  # the exit code if a step is not proved


class OutputFormat(StrEnum):
    """How formulas are written."""

    TEXT = "text"
    TYPST = "typst"
    LATEX = "latex"
    JSON = "json"


WRITERS = {OutputFormat.TEXT: as_text, OutputFormat.TYPST: as_typst, OutputFormat.LATEX: as_latex}


def derive(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Derivations and identities to print; all by default."),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Prove every step and identity; exit code 1 if one is not proved."),
    ] = False,
    notation: Annotated[
        OutputFormat, typer.Option("--format", help="OutputFormat of the formulas.")
    ] = OutputFormat.TEXT,
) -> None:
    """Print every derivation line by line, with the rule of each line, and every identity.

    Raises:
        UsageError: a name that is neither.
    """
    selected = _selected(names or [])
    proofs = {each.name: prove(each, FILM.theory) for each in selected} if verify else {}
    typer.echo(_written(selected, proofs, notation))
    if not all(proof.holds for proof in proofs.values()):
        raise typer.Exit(UNPROVED)


def _written(
    selected: Sequence[Derivation | Identity], proofs: dict[str, Proof], notation: OutputFormat
) -> str:
    if notation is OutputFormat.JSON:
        records = [as_record(each, proofs.get(each.name)) for each in selected]
        return json.dumps(records, ensure_ascii=False, indent=2)
    text = "\n\n".join(WRITERS[notation](each, proofs.get(each.name)) for each in selected)
    if proofs and notation is OutputFormat.TEXT:
        identities = [proof.holds for name, proof in proofs.items() if name in FILM.theory.identities]
        derived = [proof for name, proof in proofs.items() if name in FILM.theory.derivations]
        kinds = {"steps": [step.holds for proof in derived for step in proof.steps], "identities": identities}
        counts = (f"{sum(held)} of {len(held)} {kind} proved" for kind, held in kinds.items() if held)
        text += "\n\n" + ", ".join(counts)
    return text


def _selected(names: Sequence[str]) -> Sequence[Derivation | Identity]:
    known: Mapping[str, Derivation | Identity] = {**FILM.theory.derivations, **FILM.theory.identities}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or list(known)
            raise UsageError(
                f"there is no derivation or identity {name!r}", hint=f"there is: {', '.join(near)}"
            )
    return [known[name] for name in dict.fromkeys(names)] or list(known.values())
