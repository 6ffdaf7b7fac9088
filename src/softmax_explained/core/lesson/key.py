"""A field of a lesson, declared once with its check and its default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Generic, TypeVar, cast

from softmax_explained.core.lesson.validation import Validator

Given = TypeVar("Given", contravariant=True)
Held = TypeVar("Held", covariant=True)


class Key(Generic[Given, Held]):
    """A field of a lesson. Assigned what the user gave, of type `Given`; read as the checked value, a `Held`.

    Args:
        check: returns the checked value for the validator, the name of the field and the given value.
        default: the value for a lesson that does not give one; without it, the field is required.
        drawn: whether pictures depend on it, other than through the names of the classes.
    """

    def __init__(
        self, check: Callable[[Validator, str, Any], Held], *, default: Any = ..., drawn: bool = True
    ) -> None:
        self.check, self._default, self.drawn, self.required = check, default, drawn, default is ...

    @staticmethod
    def of(lesson: type[Any]) -> list[Key[Any, Any]]:
        """The keys of a lesson type, in the order of its fields."""
        return [vars(lesson)[field.name] for field in fields(lesson)]

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, lesson: object | None, owner: type | None = None) -> Held:
        if lesson is None:  # this is how a dataclass reads the default of a field
            if self.required:
                raise AttributeError(self.name)
            return cast(Held, self._default)
        return cast(Held, vars(lesson)[self.name])

    def __set__(self, lesson: object, value: Given) -> None:
        vars(lesson)[self.name] = value
