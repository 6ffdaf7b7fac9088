"""Films for chapters that a test makes up."""

from __future__ import annotations

from dataclasses import replace

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter
from softmax_explained.stage.scene.film import Film


def film_of(*chapters: type[Chapter]) -> Film:
    """The film of the project with other chapters; it cannot be sent to other processes."""
    return replace(FILM, chapters=tuple(chapter.name for chapter in chapters))
