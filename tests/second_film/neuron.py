"""The lesson of the second film, one neuron with one input, and everything computed from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sympy import Symbol

from second_film import theory
from softmax_explained.core.formulas.symbols import derivative
from softmax_explained.core.quantities.keys import find
from softmax_explained.core.quantities.quantity import Quantity, computed


@dataclass(frozen=True)
class Neuron:
    """The input x, the weight w, the bias b and the target y."""

    x: float = 2.0
    w: float = 0.6
    b: float = -0.4
    y: float = 1.0
    title: str = "One neuron"
    source: str = "neuron"
    classes: tuple[str, ...] = ()

    def class_names(self, language: str) -> tuple[str, ...]:
        return self.classes

    def data(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if key not in ("source", "classes")}

    def picture_data(self, language: str) -> dict[str, Any]:
        return {key: value for key, value in self.data().items() if key != "title"}


class Solution:
    """The quantities of a neuron."""

    letters: Mapping[str, int] = {}

    def __init__(self, lesson: Neuron) -> None:
        self.lesson = lesson
        self.z = lesson.w * lesson.x + lesson.b
        self.a = 1 / (1 + math.exp(-self.z))
        loss = -lesson.y * math.log(self.a) - (1 - lesson.y) * math.log(1 - self.a)
        self.quantities: Mapping[str, Quantity] = {
            each.key: each
            for each in (
                *(computed(name, Symbol(name), getattr(lesson, name), name, 1) for name in "xwby"),
                computed("z", theory.z, self.z, "the score", 1),
                computed("a", theory.a, self.a, "the output"),
                computed("C", theory.C, loss, "the loss"),
                computed("g", derivative(theory.C, theory.z), self.a - lesson.y, "the slope of the loss"),
            )
        }

    def __getitem__(self, key: str) -> Quantity:
        return find(key, self.quantities, self.letters)
