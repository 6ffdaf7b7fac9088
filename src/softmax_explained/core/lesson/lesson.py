"""The lesson: everything that is given, before anything is computed."""

# ruff: noqa: RUF009 - the fields are descriptors, which a dataclass does not take for default values

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.validation import LIMIT, Key, Rules

FEWEST_CLASSES, MOST_CLASSES = 2, 10
FEWEST_INPUTS, MOST_INPUTS = 1, 8
SUM_TOLERANCE = 1e-9
"""How far Σ y may be from 1: room for 0.1 typed ten times, none for a mistake."""

Names = Mapping[str, tuple[str, ...]]
"""The names of the K classes by language tag."""


def _distribution(rules: Rules, key: str, value: object, K: int, M: int) -> Array:
    shares = rules.vector(key, value, K, "one per class")
    for n, y in enumerate(shares, 1):
        if y < 0:
            rules.refuse(key, f"entry {n} is {y:g}", "numbers from 0 to 1: a target is a share")
    if abs((total := math.fsum(shares)) - 1) > SUM_TOLERANCE:
        allowed = "a sum of 1 (within 1e-9): the proof needs Σ y = 1"
        rules.refuse(key, f"they sum to {total:.12g}", allowed)
    return shares


def _number(holds: Callable[[float], bool], allowed: str) -> Callable[[Rules, str, object, int, int], float]:
    def check(rules: Rules, key: str, value: object, K: int, M: int) -> float:
        number = rules.number(key, value)
        if not holds(number):
            rules.refuse(key, f"{number:g}", allowed)
        return number

    return check


@dataclass(frozen=True, eq=False)
class Lesson:
    """One example, one layer of neurons, one target: the input data of the film.

    Whatever is passed in is copied, checked and made read-only.

    Args:
        inputs: x, (M,) with 1 ≤ M ≤ 8.
        weights: W, (K, M) with 2 ≤ K ≤ 10: one row per class, one column per input.
        biases: b, (K,).
        classes: K different names, in the order of the rows.
        targets: y, (K,), none negative, Σ y = 1 within 1e-9; one-hot or soft.
        learning_rate: η, 0 < η < 4. In this range one step of descent on the scores always lowers the loss,
            because the curvature diag(a) − a aᵀ never exceeds ½.
        smoothing: ε of label smoothing, 0 ≤ ε < 1.
        title: one line, or empty.
        names: class names in other languages, by language tag.
        source: what errors call this lesson: its file, or "lesson" if it was built in code.

    Raises:
        LessonError: names the source, the key, what was found and what is allowed.

    >>> lesson = Lesson([1, 2], [[0.6, 0.5], [0.2, 0.3]], [0.4, 0.2], ["cat", "dog"], [0, 1])
    >>> lesson.K, lesson.M, lesson.z
    (2, 2, array([2., 1.]))
    """

    inputs: Key[ArrayLike, Array] = Key(lambda rules, key, x, K, M: rules.vector(key, x, M, "one per input"))
    weights: Key[ArrayLike, Array] = Key(lambda rules, key, W, K, M: rules.matrix(key, W, K, M))
    biases: Key[ArrayLike, Array] = Key(lambda rules, key, b, K, M: rules.vector(key, b, K, "one per class"))
    classes: Key[Sequence[str], tuple[str, ...]] = Key(
        lambda rules, key, names, K, M: rules.class_names(key, names, K), drawn=False
    )
    targets: Key[ArrayLike, Array] = Key(_distribution)
    learning_rate: Key[float, float] = Key(
        _number(lambda eta: 0 < eta < 4, "more than 0 and less than 4: from 4 on a step can raise the loss"),
        default=1.0,
    )
    smoothing: Key[float, float] = Key(
        _number(lambda eps: 0 <= eps < 1, "from 0 up to, but not including, 1"), default=0.1
    )
    title: Key[str, str] = Key(
        lambda rules, key, line, K, M: rules.text(key, line) if line != "" else "", default="", drawn=False
    )
    names: Key[Mapping[str, Sequence[str]] | None, Names] = Key(
        lambda rules, key, names, K, M: MappingProxyType(rules.names({} if names is None else names, K)),
        default=None,
        drawn=False,
    )
    source: Key[str, str] = Key(lambda rules, key, source, K, M: str(source), default="lesson", drawn=False)

    def __post_init__(self) -> None:
        rules = Rules(self.source)
        K = rules.size("classes", self.classes, FEWEST_CLASSES, MOST_CLASSES, "name")
        M = rules.size("inputs", self.inputs, FEWEST_INPUTS, MOST_INPUTS, "number")
        for key in Key.of(Lesson):
            key.check(self, rules, K, M)
        for name, z in zip(self.classes, self.z, strict=True):
            if abs(z) > LIMIT:
                found = f"the score of {name!r} comes to {z:g}"
                rules.refuse("weights", found, "scores W x + b from -1e6 to 1e6")

    @classmethod
    def from_logits(cls, z: ArrayLike, classes: Sequence[str], targets: ArrayLike, **rest: Any) -> Lesson:
        """Build a lesson whose scores are given outright.

        It has one input of 1, weights z and no bias, so that W x + b is exactly z.

        Args:
            z: (K,) scores.
            classes: K different names.
            targets: y, (K,).
            rest: the other arguments of `Lesson`.

        Raises:
            LessonError: as `Lesson` does; a fault of z is reported under the key "logits".

        >>> Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]).z
        array([2. , 1. , 0.1])
        """
        rules = Rules(rest.get("source", "lesson"))
        K = rules.size("classes", classes, FEWEST_CLASSES, MOST_CLASSES, "name")
        scores = rules.vector("logits", z, K, "one per class")
        return cls([1.0], scores[:, np.newaxis], np.zeros(K), classes, targets, **rest)

    @property
    def K(self) -> int:
        """How many classes there are."""
        return len(self.classes)

    @property
    def M(self) -> int:
        """How many inputs each neuron reads."""
        return len(self.inputs)

    @property
    def z(self) -> Array:
        """(K,) scores z = W x + b."""
        return read_only(self.weights @ self.inputs + self.biases)

    def class_names(self, language: str) -> tuple[str, ...]:
        """Find the K names in a language ("zh-CN" also finds "zh"), or else `classes`."""
        return self.names.get(language) or self.names.get(language.partition("-")[0]) or self.classes

    def data(self) -> dict[str, Any]:
        """Every key with its value as JSON and TOML have it; not `source`.

        >>> Lesson.from_logits([2.0, 1.0], ["cat", "dog"], [0, 1]).data()["weights"]
        [[2.0], [1.0]]
        """
        return {name: value for name, value in self._plain().items() if name != "source"}

    def picture_data(self, language: str) -> dict[str, Any]:
        """What the pictures of a film in a language depend on: the numbers, and the names of the classes."""
        values = self.data()
        drawn = {key.name: values[key.name] for key in Key.of(Lesson) if key.drawn}
        return drawn | {"class names": self.class_names(language)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lesson) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __reduce__(self) -> tuple[type[Lesson], tuple[object, ...]]:
        """Pickle the input data and build anew, so that a copy elsewhere is checked and read-only too."""
        return Lesson, tuple(self._plain().values())

    def _plain(self) -> dict[str, Any]:
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    def _content(self) -> tuple[object, ...]:
        return tuple(_hashable(getattr(self, each.name)) for each in fields(self))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: list(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value


def _hashable(value: Any) -> object:
    if isinstance(value, Mapping):
        return frozenset(value.items())
    return value.tobytes() if isinstance(value, np.ndarray) else value
