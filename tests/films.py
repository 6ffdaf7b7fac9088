"""Films for chapters that a test makes up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Production
from softmax_explained.stage.narration.words_file import WordsFile


def production_of(
    chapter: type[Chapter], beats: Mapping[str, Any], shared: Mapping[str, Any] | None = None, **settings: Any
) -> Production:
    """A draft of the film of the project with one other chapter; it cannot be sent to other processes.

    Args:
        chapter: its class.
        beats: its tables in the words file, by beat.
        shared: other tables of the words file.
        settings: of the production.
    """
    words = {**(shared or {}), chapter.name: {"title": "A title", **beats}}
    film = replace(FILM, chapters=(chapter.name,))
    return Production(film, words=WordsFile("en", "words/en.toml", words), quality="draft", **settings)
