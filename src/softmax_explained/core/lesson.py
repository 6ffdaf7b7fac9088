"""The lesson: everything that is given, before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson_rules import LIMIT, Rules

FEWEST_CLASSES, MOST_CLASSES = 2, 10
FEWEST_INPUTS, MOST_INPUTS = 1, 8
SUM_TOLERANCE = 1e-9
"""How far Σ y may be from 1: room for 0.1 typed ten times, none for a mistake."""


@dataclass(frozen=True, eq=False, init=False)
class Lesson:
    """One example, one layer of neurons, one target: the givens of the film.

    Whatever is passed in is copied, checked and made read-only.

    Args:
        inputs: x, (M,) with 1 ≤ M ≤ 8.
        weights: W, (K, M) with 2 ≤ K ≤ 10: a row a class, a column an input.
        biases: b, (K,).
        classes: K different names, in the order of the rows.
        targets: y, (K,), none negative, Σ y = 1 within 1e-9; one-hot or soft.
        learning_rate: η, 0 < η < 4. In this range one step of descent on the scores always lowers the loss,
            because the curvature diag(a) − a aᵀ never exceeds ½.
        smoothing: ε of label smoothing, 0 ≤ ε < 1.
        title: one line, or nothing.
        names: class names in other languages, by language tag.
        source: what errors call this lesson: its file, or "lesson" if it was built in code.

    Raises:
        LessonError: names the source, the key, what was found and what is allowed.

    >>> lesson = Lesson([1, 2], [[0.6, 0.5], [0.2, 0.3]], [0.4, 0.2], ["cat", "dog"], [0, 1])
    >>> lesson.K, lesson.M, lesson.z
    (2, 2, array([2., 1.]))
    """

    inputs: Array
    weights: Array
    biases: Array
    classes: tuple[str, ...]
    targets: Array
    learning_rate: float = 1.0
    smoothing: float = 0.1
    title: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = "lesson"

    def __init__(
        self,
        inputs: ArrayLike,
        weights: ArrayLike,
        biases: ArrayLike,
        classes: Sequence[str],
        targets: ArrayLike,
        learning_rate: float = 1.0,
        smoothing: float = 0.1,
        title: str = "",
        names: Mapping[str, Sequence[str]] | None = None,
        source: str = "lesson",
    ) -> None:
        rules = Rules(source)
        K = rules.size("classes", classes, FEWEST_CLASSES, MOST_CLASSES, "name")
        M = rules.size("inputs", inputs, FEWEST_INPUTS, MOST_INPUTS, "number")
        a_class = "one a class"
        given: dict[str, Any] = {
            "source": source,
            "title": rules.text("title", title) if title != "" else "",
            "classes": rules.class_names("classes", classes, K),
            "names": MappingProxyType(rules.names({} if names is None else names, K)),
            "inputs": rules.vector("inputs", inputs, M, "one an input"),
            "weights": rules.matrix("weights", weights, K, M),
            "biases": rules.vector("biases", biases, K, a_class),
            "targets": rules.vector("targets", targets, K, a_class),
            "learning_rate": rules.number("learning_rate", learning_rate),
            "smoothing": rules.number("smoothing", smoothing),
        }
        for key, value in given.items():
            object.__setattr__(self, key, value)
        self._check_values(rules)

    def _check_values(self, rules: Rules) -> None:
        """Hold the numbers to their ranges, and the scores to this world."""
        for n, y in enumerate(self.targets, 1):
            if y < 0:
                rules.refuse("targets", f"entry {n} is {y:g}", "numbers from 0 to 1: a target is a share")
        total = math.fsum(self.targets)
        if abs(total - 1) > SUM_TOLERANCE:
            rules.refuse(
                "targets", f"they sum to {total:.12g}", "a sum of 1 (within 1e-9): the proof needs Σ y = 1"
            )
        if not 0 < self.learning_rate < 4:
            why = "from 4 on a step can raise the loss"
            rules.refuse("learning_rate", f"{self.learning_rate:g}", f"more than 0 and less than 4: {why}")
        if not 0 <= self.smoothing < 1:
            rules.refuse("smoothing", f"{self.smoothing:g}", "from 0 up to, but not including, 1")
        for name, z in zip(self.classes, self.z, strict=True):
            if abs(z) > LIMIT:
                rules.refuse(
                    "weights", f"the score of {name!r} comes to {z:g}", "scores W x + b from -1e6 to 1e6"
                )

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
        scores = rules.vector("logits", z, K, "one a class")
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lesson) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __reduce__(self) -> tuple[type[Lesson], tuple[object, ...]]:
        """Pickle the givens and build anew, so that a copy elsewhere is checked and read-only too."""
        names = dict(self.names)
        arrays = (self.inputs, self.weights, self.biases, self.classes, self.targets)
        return Lesson, (*arrays, self.learning_rate, self.smoothing, self.title, names, self.source)

    def _content(self) -> tuple[object, ...]:
        arrays = tuple(each.tobytes() for each in (self.inputs, self.weights, self.biases, self.targets))
        names = tuple(sorted(self.names.items()))
        return (*arrays, self.classes, self.learning_rate, self.smoothing, self.title, names, self.source)
