"""Words files: the film's own, or a user's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from softmax_explained.core.lesson.validation import LANGUAGE_TAG
from softmax_explained.core.toml_file import parse_toml, read_small_file
from softmax_explained.errors import WordsError

ENDING = ".toml"


@dataclass(frozen=True)
class WordsFile:
    """The words of one language, as written in its file."""

    language: str  # its tag, such as en or pt-BR: the file's name without its ending
    where: str  # what errors call the file
    tables: Mapping[str, Any]


@dataclass(frozen=True)
class WordsSchema:
    """The keys of a words file besides those of chapters and beats."""

    # The tables that any chapter may read, and their keys.
    shared: Mapping[str, frozenset[str]] = field(default_factory=lambda: {"film": frozenset({"title"})})
    # What a beat may say instead of ``say``, and for which solutions, by key; the first that fits is said.
    variants: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)


def languages(folder: Traversable) -> tuple[str, ...]:
    """The languages of a folder of words files, by tag."""
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


def read_words(language: str, folder: Traversable) -> WordsFile:
    """Read the words of a language.

    Args:
        language: one of the folder's, such as ``zh``; or the path of another words file, such as
            ``words/fr.toml``, named after its language.
        folder: the words files of the film.

    Raises:
        WordsError: there is no such language, or the file cannot be read, is not TOML, or is named otherwise.
    """
    if language.endswith(ENDING):
        tag = Path(language).stem
        if not LANGUAGE_TAG.fullmatch(tag):
            raise WordsError(
                f"{language}: {tag!r} is not a language tag",
                hint="name a words file after its language, such as fr.toml or pt-BR.toml",
            )
        return _parsed(_own(Path(language), folder), tag, language)
    if language not in languages(folder):
        known = ", ".join(languages(folder))
        raise WordsError(
            f"no words for language {language!r}",
            hint=f"languages: {known}; or the path of a words file, such as words/fr.toml",
        )
    file = words_path(language, folder)
    return _parsed(file.read_bytes(), language, f"words/{file.name}")


def words_path(language: str, folder: Traversable) -> Traversable:
    """The file that `read_words` reads; it may not exist."""
    own = language.endswith(ENDING)
    return Path(language) if own else folder / f"{language.replace('/', '')}{ENDING}"


def _own(file: Path, folder: Traversable) -> bytes:
    try:
        return read_small_file(file)
    except ValueError as error:
        hint = f"a words file with the tables of words/en{ENDING}; languages: {', '.join(languages(folder))}"
        raise WordsError(f"{file}: {error}", hint=hint) from error


def _parsed(content: bytes, tag: str, where: str) -> WordsFile:
    try:
        return WordsFile(tag, where, parse_toml(content))
    except ValueError as error:
        raise WordsError(f"{where}: {error}", hint="save it as TOML in UTF-8; see https://toml.io") from error
