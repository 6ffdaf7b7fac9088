"""What is on the screen, read from the mobjects themselves: the ledger's and the tests' only source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from manim import Mobject, Scene, VMobject

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.core.printing.mathml import to_mathml
from softmax_explained.core.printing.spoken import to_spoken
from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.scene.record import ShownFormula, ShownNumber
from softmax_explained.stage.shapes.caption_lane import CaptionLane
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText, Words

VISIBLE = 0.05  # a glyph with less opacity is not on the screen

Typeset = TypeVar("Typeset", bound=TypesetText)


def typeset_text_shown(scene: Scene, kind: type[Typeset]) -> Iterator[Typeset]:
    """Every visible piece of type of a kind, each once."""
    seen: set[int] = set()
    for mobject in _family(scene):
        if isinstance(mobject, kind) and id(mobject) not in seen and visible(mobject):
            seen.add(id(mobject))
            yield mobject


def visible(mobject: Mobject) -> bool:
    """Whether any part of a mobject can be seen."""
    return any(
        isinstance(part, VMobject) and max(part.get_fill_opacity(), part.get_stroke_opacity()) >= VISIBLE
        for part in mobject.family_members_with_points()
    )


def numbers_shown(scene: Scene, solution: FilmSolution) -> tuple[ShownNumber, ...]:
    """The numbers on screen, in readouts and in formulas, with the exact values of a solution."""
    readouts = typeset_text_shown(scene, Readout)
    shown = {(readout.quantity.key, readout.text): readout.quantity for readout in readouts}
    for formula in typeset_text_shown(scene, Formula):
        for number in formula.numbers:
            shown.setdefault((number.key, number.text), solution[number.key])
    return tuple(
        ShownNumber(key, text, float(shown[key, text].value), shown[key, text].exponent)
        for key, text in sorted(shown)
    )


def formulas_shown(scene: Scene, proofs: Proofs, language: str = "en") -> tuple[ShownFormula, ...]:
    """The formulas on screen, each once, with their proofs, and in the words of a language."""
    shown = {}
    for formula in typeset_text_shown(scene, Formula):
        found = proofs.of(formula.printed.claim)
        proof = () if isinstance(found, ProofError) else found
        part_of = None if proof else proofs.side_of(formula.expr)
        mathml, spoken = to_mathml(formula.expr, display=True), to_spoken(formula.expr, language)
        shown[formula.source] = ShownFormula(formula.source, formula.plain, proof, part_of, mathml, spoken)
    return tuple(shown[key] for key in sorted(shown))


def words_shown(scene: Scene) -> tuple[str, ...]:
    """The words on screen, each once."""
    return tuple(sorted({words.text for words in typeset_text_shown(scene, Words)}))


def without_captions(scene: Scene) -> list[Mobject]:
    """What stands on the stage but for burned captions, which say what is spoken in a place of their own."""
    return [mobject for mobject in scene.mobjects if not isinstance(mobject, CaptionLane)]


def _family(scene: Scene) -> Iterator[Mobject]:
    for mobject in without_captions(scene):
        yield from mobject.get_family()
