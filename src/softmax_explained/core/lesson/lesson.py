"""The lesson: the input data of the film."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, fields, replace
from os import PathLike
from typing import Any, ClassVar, TypeVar, dataclass_transform

import numpy as np
from numpy.typing import ArrayLike

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.key import Key
from softmax_explained.core.lesson.picture import Picture
from softmax_explained.core.lesson.validation import LIMIT, Validator

FEWEST_CLASSES, MOST_CLASSES = 2, 10
FEWEST_INPUTS, MOST_INPUTS = 1, 8

Names = Mapping[str, tuple[str, ...]]
"""The names of the K classes by language tag."""
T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(Key,))
def _with_keys(cls: type[T]) -> type[T]:
    """Make a dataclass of `Key`s, and tell type checkers that a key without a default is required."""
    return dataclass(frozen=True, eq=False)(cls)


def _number(holds: Callable[[float], bool], allowed: str) -> Callable[[Validator, str, object], float]:
    def check(validator: Validator, key: str, value: object) -> float:
        number = validator.number(key, value)
        if not holds(number):
            validator.refuse(key, f"{number:g}", allowed)
        return number

    return check


_step_size = _number(lambda eta: 0 < eta < 4, "more than 0 and less than 4: a larger step can raise the loss")
_fraction = _number(lambda eps: 0 <= eps < 1, "from 0 up to, but not including, 1")


def _title(validator: Validator, key: str, value: object) -> str:
    return validator.text(key, value) if value != "" else ""


@_with_keys
class Lesson:
    """One example, one layer of neurons, one target.

    All values are copied, checked and made read-only.

    Args:
        inputs: x, (M,) with 1 ≤ M ≤ 8.
        weights: W, (K, M) with 2 ≤ K ≤ 10: one row per class, one column per input.
        biases: b, (K,).
        classes: K different names, in the order of the rows.
        targets: y, (K,), none negative, Σ y = 1 up to rounding to four digits; one-hot or soft. Or one class,
            by its number, counted from 0, or by its name, for a one-hot target.
        learning_rate: η, 0 < η < 4. In this range one step of descent on the scores always lowers the loss,
            because the curvature diag(a) − a aᵀ never exceeds ½ (D. Böhning, 1992).
        smoothing: ε of label smoothing, 0 ≤ ε < 1.
        title: one line, or empty.
        picture: what the example looks like: the path of an SVG of plain shapes or of a PNG, a data URI of
            one, or a `Picture`.
        names: class names in other languages, by language tag.
        source: the name in error messages: the lesson's file, or "lesson" if it was built in code.

    Raises:
        LessonError: a value is not allowed; names the source, the key, the value and what is allowed.

    >>> lesson = Lesson([1, 2], [[0.6, 0.5], [0.2, 0.3]], [0.4, 0.2], ["cat", "dog"], [0, 1])
    >>> lesson.K, lesson.M, lesson.z
    (2, 2, array([2., 1.]))
    """

    inputs: Key[ArrayLike, Array] = Key(lambda check, key, x: check.vector(key, x, check.M, "one per input"))
    weights: Key[ArrayLike, Array] = Key(Validator.matrix)
    biases: Key[ArrayLike, Array] = Key(Validator.per_class)
    classes: Key[Sequence[str], tuple[str, ...]] = Key(Validator.class_names, drawn=False)
    targets: Key[ArrayLike, Array] = Key(Validator.distribution)
    learning_rate: Key[float, float] = Key(_step_size, default=1.0)
    smoothing: Key[float, float] = Key(_fraction, default=0.45)
    title: Key[str, str] = Key(_title, default="", drawn=False)
    picture: Key[Picture | str | PathLike[str] | None, Picture | None] = Key(Validator.picture, default=None)
    names: Key[Mapping[str, Sequence[str]] | None, Names] = Key(Validator.names, default=None, drawn=False)
    source: Key[str, str] = Key(lambda _, key, value: str(value), default="lesson", drawn=False)

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        validator = Validator(self.source)
        K = validator.size("classes", self.classes, FEWEST_CLASSES, MOST_CLASSES, "name")
        M = validator.size("inputs", self.inputs, FEWEST_INPUTS, MOST_INPUTS, "number")
        for key in Key.of(Lesson):
            checks = replace(validator, K=K, M=M, classes=self.classes)
            vars(self)[key.name] = key.check(checks, key.name, vars(self)[key.name])
        vars(self)["notes"] = tuple(validator.notes)
        for name, z in zip(self.classes, self.z, strict=True):
            if abs(z) > LIMIT:
                found = f"the score of {name!r} is {z:g}"
                validator.refuse("weights", found, "scores W x + b from -1e6 to 1e6")

    @classmethod
    def from_logits(cls, z: ArrayLike, classes: Sequence[str], targets: ArrayLike, **rest: Any) -> Lesson:
        """Build a lesson from its scores z, (K,): one input of 1, the weights z and no bias.

        Args:
            z: the scores; errors call them "logits".
            classes: as for `Lesson`.
            targets: as for `Lesson`.
            rest: the other arguments of `Lesson`.

        >>> Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]).z
        array([2. , 1. , 0.1])
        """
        validator = Validator(rest.get("source", "lesson"))
        K = validator.size("classes", classes, FEWEST_CLASSES, MOST_CLASSES, "name")
        scores = validator.vector("logits", z, K, "one per class")
        return cls([1.0], scores[:, np.newaxis], np.zeros(K), classes, targets, **rest)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was changed in the values given, one sentence each, to be told to the author."""
        return tuple(vars(self)["notes"])

    @property
    def K(self) -> int:
        """The number of classes."""
        return len(self.classes)

    @property
    def M(self) -> int:
        """The number of inputs."""
        return len(self.inputs)

    @property
    def z(self) -> Array:
        """(K,) scores z = W x + b."""
        return read_only(self.weights @ self.inputs + self.biases)

    def class_names(self, language: str) -> tuple[str, ...]:
        """Return the K names in a language ("zh-CN" falls back to "zh"), or else `classes`."""
        return self.names.get(language) or self.names.get(language.partition("-")[0]) or self.classes

    def data(self) -> dict[str, Any]:
        """Return every key except `source` that has a value, as JSON and TOML represent it.

        >>> Lesson.from_logits([2.0, 1.0], ["cat", "dog"], [0, 1]).data()["weights"]
        [[2.0], [1.0]]
        """
        return {
            name: value for name, value in self._plain().items() if name != "source" and value is not None
        }

    def picture_data(self, language: str) -> dict[str, Any]:
        """Return what the pictures of a film in a language depend on: the numbers and the class names."""
        values = self.data()
        drawn = {key.name: values.get(key.name) for key in Key.of(Lesson) if key.drawn}
        return drawn | {"class names": self.class_names(language)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lesson) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __reduce__(self) -> tuple[type[Lesson], tuple[object, ...]]:
        """Pickle the input data, so that a copy is checked and read-only too."""
        return Lesson, tuple(self._plain().values())

    def _plain(self) -> dict[str, Any]:
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    def _content(self) -> str:
        return json.dumps(self._plain(), sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Picture):
        return value.data_uri
    if isinstance(value, Mapping):
        return {key: list(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value
