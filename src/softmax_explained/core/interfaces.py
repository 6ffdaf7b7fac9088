"""What the engine asks of a lesson and of its solution, whatever the film is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from softmax_explained.core.quantities.keys import SymbolKeys
    from softmax_explained.core.quantities.quantity import Quantity


class FilmLesson(Protocol):
    """The input data of a film: immutable, hashable and picklable."""

    @property
    def title(self) -> str:
        """One line, or empty."""

    @property
    def source(self) -> str:
        """What errors call the lesson, such as its file."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The names in the pictures that are input data; empty if there are none."""

    def class_names(self, language: str) -> tuple[str, ...]:
        """The names of the classes in a language."""

    def data(self) -> dict[str, Any]:
        """Every key with its value as JSON has it."""

    def picture_data(self, language: str) -> dict[str, Any]:
        """The part of the data that the pictures of a film in a language depend on."""


class FilmSolution(Protocol):
    """Everything computed from a lesson."""

    @property
    def lesson(self) -> Any:
        """The input data, a `FilmLesson`."""

    @property
    def letters(self) -> Mapping[str, int]:
        """The class (0-based) that each index letter of a key stands for."""

    @property
    def symbol_keys(self) -> SymbolKeys:
        """Which quantity each letter and derivative of a formula is."""

    @property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by its key."""

    def __getitem__(self, key: str) -> Quantity:
        """The quantity of a key; the indices in brackets may be `letters`. UnknownQuantityError if none."""
