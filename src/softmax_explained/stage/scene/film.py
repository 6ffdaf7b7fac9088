"""A film as one value: its chapters, cuts, words and colours, and the theory that its formulas come from.

Importing this module, or a module that declares a film, loads neither Manim nor SymPy: chapters and the
mathematics are imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from softmax_explained.core.interfaces import FilmLesson, FilmSolution
from softmax_explained.errors import UsageError, did_you_mean
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.words_file import WordsFile, WordsSchema, read_words

if TYPE_CHECKING:
    from sympy import Expr, Symbol

    from softmax_explained.core.derivations.theory import Theory
    from softmax_explained.core.proof.statements import Statements
    from softmax_explained.stage.text.colour_roles import ColourRoles

Value = TypeVar("Value")


@dataclass(frozen=True)
class Cut:
    """A version of the film.

    >>> short = Cut("short", ("softmax.share_out", "loss.price"))
    >>> short.shown("softmax", ["exponentiate", "share_out", "formula"])
    ('share_out',)
    >>> short.chapters(["neuron", "softmax", "loss"])
    ('softmax', 'loss')
    """

    name: str
    beats: tuple[str, ...] | None = None  # the ids of the beats that are shown; None for every beat
    own_chapters: tuple[str, ...] = ()  # chapters that belong to this cut only, instead of the film's
    burns_captions: bool = False  # in every frame, unless asked otherwise

    @property
    def whole(self) -> bool:
        """Whether every beat is shown."""
        return self.beats is None

    def shown(self, chapter: str, beats: Sequence[str]) -> tuple[str, ...]:
        """Those beats of a chapter that are shown, by name."""
        return tuple(beat for beat in beats if self.beats is None or f"{chapter}.{beat}" in self.beats)

    def chapters(self, running_order: Sequence[str]) -> tuple[str, ...]:
        """Those chapters of which a beat is shown, or the cut's own."""
        if self.own_chapters:
            return self.own_chapters
        kept = {beat.partition(".")[0] for beat in self.beats or ()}
        return tuple(chapter for chapter in running_order if self.beats is None or chapter in kept)


FULL = Cut("full")


@dataclass(frozen=True)
class Mathematics:
    """What a film computes and proves, the colours of its symbols, and those in its dock.

    It is a global of a module of its own, because it needs SymPy, which takes a quarter of a second to load.
    """

    solve: Callable[[Any], Any]  # computes everything the film shows of a lesson
    theory: Theory  # the letters, their definitions, the derivations and the identities
    roles: ColourRoles  # of letters and quantities
    letters: Mapping[Symbol, str] = field(default_factory=dict)  # index letters in the dock, and their roles
    token: tuple[str, Expr] | None = None  # in the dock: a key of words [dock], an expression


@dataclass(frozen=True, eq=False)
class Film:
    """Everything the engine is told about a film.

    A film is declared once, as a global of a module, and pickled by the name of that global.
    """

    name: str  # where it is declared, module:GLOBAL
    scenes: str  # the module of a chapter, {} for its name; softmax_slope is the class SoftmaxSlope in it
    chapters: tuple[str, ...]  # their names in running order
    default_lesson: Callable[[], FilmLesson]  # the lesson of a film that is made without naming one
    read_lesson: Callable[[str, Path], FilmLesson]  # by its name, or by its path, which starts at a folder
    mathematics: str  # where its `Mathematics` is declared, module:GLOBAL
    words_folder: Traversable  # one words file per language
    words: WordsSchema = field(default_factory=WordsSchema)  # keys of a words file besides those of beats
    names_rules: bool = False  # it shows the rules of derivations, by their names in the table [rules]
    cuts: Mapping[str, Cut] = field(default_factory=lambda: MappingProxyType({FULL.name: FULL}))
    introduced: Mapping[str, str] = field(default_factory=dict)  # the beat that introduces each letter
    pinned: tuple[str, ...] = ()  # keys of the quantities in the dock
    result: str = ""  # the derivation whose first and last line are what the film is about
    poster: str = ""  # the id of the beat whose last picture represents the film; its middle if not given

    @cached_property
    def _mathematics(self) -> Mathematics:
        found: Mathematics = declared(self.mathematics)
        return found

    def solve(self, lesson: FilmLesson) -> Any:
        """Compute everything the film shows of a lesson."""
        return self._mathematics.solve(lesson)

    @property
    def theory(self) -> Theory:
        """The letters, their definitions, the derivations and the identities."""
        return self._mathematics.theory

    @property
    def roles(self) -> ColourRoles:
        """The colours of letters and quantities."""
        return self._mathematics.roles

    @property
    def letters(self) -> Mapping[Symbol, str]:
        """The index letters in the dock, and their roles."""
        return self._mathematics.letters

    @property
    def token(self) -> tuple[str, Expr] | None:
        """In the dock: a key of words [dock], and an expression."""
        return self._mathematics.token

    @cached_property
    def statements(self) -> Statements:
        """Finds the proof of what a formula claims."""
        from softmax_explained.core.proof.statements import Statements  # needs SymPy

        return Statements(self.theory)

    @cached_property
    def schema(self) -> WordsSchema:
        """The keys of a words file besides those of beats, with those of the rules."""
        if not self.names_rules:
            return self.words
        rules = (rule for derivation in self.theory.derivations.values() for rule in derivation.rules)
        return replace(self.words, shared={**self.words.shared, "rules": frozenset(rules)})

    def script(self, language: str | WordsFile, solution: FilmSolution) -> Script:
        """The words of a language, filled from a solution.

        Args:
            language: one of `words_folder`, the path of another words file, or a words file that was read.
            solution: fills the placeholders.

        Raises:
            WordsError: there is no such language or file, or the file is not TOML.
        """
        file = read_words(language, self.words_folder) if isinstance(language, str) else language
        return Script(file.language, solution, file.tables, file.where, self.schema)

    @property
    def module(self) -> str:
        """The module that declares the film."""
        return self.name.partition(":")[0]

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that declare the film and its mathematics."""
        return self.module, self.mathematics.partition(":")[0]

    def chapter(self, name: str) -> Any:
        """Import the class of a chapter, a subclass of `Chapter`."""
        return getattr(import_module(self.scenes.format(name)), name.title().replace("_", ""))

    def chapter_classes(self) -> tuple[Any, ...]:
        """Import the classes of all chapters, in running order, then those that only a cut shows."""
        own = [name for cut in self.cuts.values() for name in cut.own_chapters]
        return tuple(self.chapter(name) for name in dict.fromkeys([*self.chapters, *own]))

    def load(self) -> None:
        """Import all of the film: its mathematics and its chapters."""
        declared(self.mathematics)
        self.chapter_classes()

    def cut(self, name: str) -> Cut:
        """The cut of a name; UsageError if there is none."""
        return one_of("cut", name, self.cuts)

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        if declared(self.name) is not self:
            raise TypeError(f"{self.name} is another film; declare this one as a global of a module")
        return declared, (self.name,)


def declared(name: str) -> Any:
    """What a module declares under a name, ``module:GLOBAL``."""
    module, _, variable = name.partition(":")
    return getattr(import_module(module), variable)


def one_of(kind: str, name: str, known: Mapping[str, Value]) -> Value:
    """The value of a name; UsageError, which lists the names, if there is none."""
    if name not in known:
        raise UsageError(f"no {kind} {name!r}", hint=f"{did_you_mean(name, known)}{kind}: {', '.join(known)}")
    return known[name]
