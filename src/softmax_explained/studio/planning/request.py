"""A film that is asked for, before anything heavy is loaded to make it."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.scenes.film import CUTS, chapters_of
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import FILM_PACKAGES, Fingerprint, versions
from softmax_explained.studio.cache.import_graph import code_behind

if TYPE_CHECKING:
    from softmax_explained.studio.planning.plan import Plan

Frame = Literal["wide", "tall", "square"]
"""The keys of `stage.design.layout.FRAMES`."""

CutName = Literal["full", "short"]
"""The keys of `scenes.film.CUTS`."""

QualityName = Literal["draft", "medium", "high", "4k"]
"""The keys of `stage.scene.production.QUALITIES`."""

VoiceName = Literal["heart", "none"]
"""`studio.speech.speech.VOICES`."""

_WORDS_FILE = ".toml"
_MAKERS = "softmax_explained.studio.planning.plan", "softmax_explained.studio.output.make_film"


@dataclass(frozen=True)
class Request:
    """The settings of a film, as requested; `studio.planning.plan` checks them.

    Attributes:
        lesson: the givens.
        chapters: the names of the chapters to show, in their order; none for all of the cut.
        language: a language of ``assets/words``, or the path of a words file of the user's own.
        frame: the arrangement of the picture.
        quality: its size and rate.
        voice: who speaks; the language's own voice if not given, and none if it has none.
        cut: the version of the film.
    """

    lesson: Lesson
    chapters: tuple[str, ...] = ()
    language: str = "en"
    frame: str = "wide"
    quality: str = "high"
    voice: str | None = None
    cut: str = "full"

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the chapters that are shown."""
        return self.chapters or chapters_of(self.cut)

    @property
    def tag(self) -> str:
        """The language in the names of the files: ``fr`` for ``words/fr.toml``."""
        return Path(self.language).stem if self.language.endswith(_WORDS_FILE) else self.language

    def made_of(self) -> Fingerprint:
        """All that the finished files depend on. It takes a fraction of a second, and no renderer."""
        parts = {
            "lesson": self.lesson.data(),
            "chapters": self.shown,
            "words": _hash(_words(self.language)),
            "language": self.tag,
            "frame": self.frame,
            "quality": self.quality,
            "voice": self.voice,
            "cut": CUTS[self.cut],
            "style": _hash(_assets("style.toml")),
            "code": dict(_code(self.shown)),
            "python": platform.python_version(),
            **versions(FILM_PACKAGES),
        }
        return {part: digest(value) for part, value in parts.items()}

    def plan(self) -> Plan:
        """Commission the film: find and check its chapters and words, and speak its sentences.

        Raises:
            SoftmaxExplainedError: as `studio.planning.plan.commission` does.
        """
        from softmax_explained.studio.planning.plan import commission  # only now: it loads the renderer

        return commission(
            self.lesson,
            self.shown,
            language=self.language,
            frame=self.frame,
            quality=self.quality,
            voice=self.voice,
            cut=self.cut,
        )


@cache
def _code(chapters: tuple[str, ...]) -> Fingerprint:
    return code_behind(*_MAKERS, *(f"softmax_explained.scenes.{name}.scene" for name in chapters))


def _assets(*path: str) -> Traversable:
    return resources.files("softmax_explained.assets").joinpath(*path)


def _words(language: str) -> Traversable | Path:
    """The file of a language; it need not be there."""
    if language.endswith(_WORDS_FILE):
        return Path(language)
    return _assets("words", f"{language.replace('/', '')}{_WORDS_FILE}")


def _hash(file: Traversable | Path) -> str | None:
    """The hash of a file, or nothing if it cannot be read: then no film was made of it."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
