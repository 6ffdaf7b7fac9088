"""What a beat may ask its chapter for: numbers, regions of the picture, and words in the film's language."""

from __future__ import annotations

from functools import cached_property

from manim import VGroup

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.writing_system import name_in_sentence
from softmax_explained.stage.scene.overlays import Dock
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.text.text import Words


class SceneContext:
    """The numbers, words and regions of a production."""

    def __init__(self, production: Production) -> None:
        self.production = production
        self.solution = production.solution
        self.script = production.script
        self.frame = production.layout
        self.stage = self.frame.stage  # the region for the picture of a beat
        self.beat_id = ""  # of the beat that is being played: chapter.name

    def quantity(self, key: str) -> Quantity:
        """A named value of the solution; see ``softmax-explained numbers``."""
        return self.solution[key]

    @cached_property
    def proofs(self) -> Proofs:
        """The proofs of what is shown."""
        return Proofs(self.production.film.statements, self.solution)

    @cached_property
    def dock(self) -> Dock:
        """The pinned quantities, the letters and the token of the film, each in its place."""
        film = self.production.film
        words = [self._docked("letters", str(letter)) for letter in film.letters]
        token = film.token and (self._docked("dock", film.token[0]), film.token[1])
        pinned = [self.quantity(key) for key in film.pinned]
        return Dock(self.frame.dock, pinned, film.letters, words, token)

    @property
    def dock_parts(self) -> tuple[VGroup, ...]:
        """The parts of the dock, once it has been used."""
        return tuple(self.dock.parts.values()) if "dock" in vars(self) else ()

    def _docked(self, table: str, name: str) -> Words:
        return self.words(self.script.shared(table, name), size="chapter", colour="quiet")

    def label(self, name: str, *, size: str = "label", colour: str = "ink", weight: int = 400) -> Words:
        """Words in the picture: an entry of ``labels`` of this beat's table in the words file."""
        return self.words(self.script.label(self.beat_id, name), size=size, colour=colour, weight=weight)

    def rule_name(self, rule: str) -> Words:
        """The name of a rule of a derivation, in quiet ink."""
        return self.words(self.script.shared("rules", rule), size="label", colour="quiet")

    def words(self, text: str, *, size: str = "label", colour: str = "ink", weight: int = 400) -> Words:
        """Any text, such as a class name, in the film's language."""
        return Words(text, size=size, colour=colour, weight=weight, language=self.production.language)

    def class_name(self, k: int, *, size: str = "label", colour: str = "ink", quoted: bool = False) -> Words:
        """The name of class `k`, counted from 0.

        Beside mathematics it is quoted: a name that reads as a number or a symbol has quotation marks then.
        """
        name = self.script.classes[k]
        return self.words(name_in_sentence(name) if quoted else name, size=size, colour=colour)
