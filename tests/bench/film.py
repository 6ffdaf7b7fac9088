"""The film that is measured, at one quality, and where its files lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.narration.timing import reading_time

ROOT = Path(__file__).parents[2]
"""The project: its scenes, docs/ and bench.json."""


@dataclass(frozen=True)
class Film:
    """Some chapters of the default film, silent.

    Attributes:
        chapters: in running order.
        quality: a key of `stage.scene.production.QUALITIES`.
        folder: for all files of this quality; nothing else is in it.
    """

    chapters: tuple[str, ...]
    quality: str
    folder: Path

    @property
    def production(self) -> Production:
        """Its settings: those of a scene that Manim's own command draws."""
        return Production(FILM, quality=self.quality)

    @property
    def pixels_a_second(self) -> int:
        """How much there is to draw in a second of film."""
        width, height = self.production.pixels
        return width * height * self.production.frame_rate

    def longest(self) -> str:
        """The chapter that says most: an edit of it costs most."""
        script = FILM.script("en", self.production.solution)

        def seconds(name: str) -> float:
            beats = (script.sentence(f"{name}.{beat}") for beat in FILM.chapter(name).beats())
            return sum(reading_time(sentence, script.reading).speech for sentence in beats)

        return max(self.chapters, key=seconds)
