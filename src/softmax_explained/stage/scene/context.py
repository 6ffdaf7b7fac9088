"""What a beat may ask its chapter for: numbers, regions of the picture, and words in the film's language."""

from __future__ import annotations

from functools import cached_property

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.layout import FRAMES, Frame, Region
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.scene.overlays import Dock
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.text.text import Words


class SceneContext:
    """The half of a chapter that hands out; it plays nothing.

    Attributes:
        production: the settings of the run.
    """

    production: Production
    _beat_id: str

    @property
    def solution(self) -> FilmSolution:
        """Everything computed from the lesson."""
        return self.production.solution

    def quantity(self, key: str) -> Quantity:
        """A named value of the solution; see ``softmax-explained numbers``."""
        return self.solution[key]

    @cached_property
    def script(self) -> Script:
        """The words of the film."""
        return self.production.script

    @property
    def frame(self) -> Frame:
        """The regions of the picture."""
        return FRAMES[self.production.frame]

    @property
    def stage(self) -> Region:
        """The region for the picture of a beat."""
        return self.frame.stage

    @cached_property
    def dock(self) -> Dock:
        """The measured slope and the three letters, each in its place."""
        film = self.production.film
        words = [
            self.words(self.script.shared("letters", str(letter)), size="chapter", colour="quiet")
            for letter in film.letters
        ]
        return Dock(self.frame.dock, self.quantity(film.pinned), film.letters, words)

    def label(self, name: str, *, size: str = "label", colour: str = "ink", weight: int = 400) -> Words:
        """Words in the picture: an entry of ``labels`` of this beat's table in the words file."""
        return self.words(self.script.label(self._beat_id, name), size=size, colour=colour, weight=weight)

    def rule_name(self, rule: str) -> Words:
        """The name of a rule of a derivation, in quiet ink."""
        return self.words(self.script.shared("rules", rule), size="label", colour="quiet")

    def words(self, text: str, *, size: str = "label", colour: str = "ink", weight: int = 400) -> Words:
        """Any text, such as a class name, in the film's language."""
        return Words(text, size=size, colour=colour, weight=weight, language=self.production.language)

    def class_name(self, k: int, *, size: str = "label", colour: str = "ink") -> Words:
        """The name of class `k`, counted from 0."""
        return self.words(self.script.classes[k], size=size, colour=colour)
