"""All that the files of a film depend on, found without loading the renderer."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from softmax_explained.stage.narration.words_file import words_path
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import FILM_PACKAGES, Fingerprint, versions
from softmax_explained.studio.cache.import_graph import code_behind

_MAKERS = "softmax_explained.studio.planning.plan", "softmax_explained.studio.output.make_film"


def film_fingerprint(production: Production) -> Fingerprint:
    """The fingerprint of the finished files of a production, before it is planned."""
    film = production.film
    parts = {
        **production.settings(),
        "cut": production.cut.beats,
        "chapters": production.shown,
        "words": _hash(words_path(production.language, film.words_folder)),
        "style": _hash(resources.files("softmax_explained.assets") / "style.toml"),
        "code": dict(_code(film.module, *map(film.scenes.format, production.shown))),
        "python": platform.python_version(),
        **versions(FILM_PACKAGES),
    }
    return {part: digest(value) for part, value in parts.items()}


@cache
def _code(*modules: str) -> Fingerprint:
    return code_behind(*_MAKERS, *modules)


def _hash(file: Traversable) -> str | None:
    """The hash of a file, or nothing if it cannot be read: then no film was made of it."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
