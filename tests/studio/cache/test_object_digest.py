"""Two states have the same digest if a program goes on from them in the same way, and only then."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from random import Random
from threading import Lock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import Circle, Square, ValueTracker, VGroup
from sympy import Symbol

from softmax_explained.studio.cache.object_digest import object_digest


def digest(*objects: object) -> str | None:
    return object_digest(objects, decimals=9)


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Box:
    content: object
    marks: list[object] = field(default_factory=list)


class Slim:
    __slots__ = ("x",)

    def __init__(self, x: object) -> None:
        self.x = x


def adding(n: int) -> Callable[[int], int]:
    return lambda x: x + n


LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.sampled_from(Colour)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner) | st.builds(Box, inner)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_copy_has_the_same_digest(value: object) -> None:
    assert digest(value) == digest(copy.deepcopy(value))


@given(VALUES, VALUES)
def test_values_that_are_not_equal_have_different_digests(one: object, other: object) -> None:
    if repr(one) != repr(other):
        assert digest(one) != digest(other)


def twice_the_same() -> list[Box]:
    box = Box(1)
    return [box, box]


def in_a_circle(content: int) -> Box:
    box = Box(content)
    box.marks.append(box)
    return box


DIFFERENT: dict[str, tuple[object, object]] = {
    "a number and its name": (1, "1"),
    "a list and a tuple": ([1], (1,)),
    "one object twice and two that are equal": (twice_the_same(), [Box(1), Box(1)]),
    "what is in a circle": (in_a_circle(1), in_a_circle(2)),
    "an attribute": (Box(1), Box(2)),
    "a slot": (Slim(1), Slim(2)),
    "what a function adds": (adding(1), adding(2)),
    "the code of a function": (lambda x: x + 1, lambda x: x + 2),
    "an argument that is given": (partial(max, 1), partial(max, 2)),
    "the object of a method": ([1].append, [2].append),
    "the object of a method of ours": (Slim(1).__init__, Slim(2).__init__),
    "an array's number": (np.array([1.0, 2.0]), np.array([1.0, 2.1])),
    "an array's shape": (np.zeros((2, 3)), np.zeros((3, 2))),
    "a member of a set": ({"a"}, {"b"}),
    "an order of keys": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "a symbol": (Symbol("x"), Symbol("y")),
    "a shape": (Circle(), Square()),
    "where a shape stands": (Circle(), Circle().shift([1e-6, 0, 0])),
    "a colour": (Circle(color="#ff0000"), Circle(color="#ff0001")),
    "what is behind": (VGroup(Circle(), Square()), VGroup(Square(), Circle())),
    "a tracker": (ValueTracker(1), ValueTracker(2)),
    "an updater": (Circle().add_updater(lambda each: each.shift([1, 0, 0])), Circle()),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_whatever_is_different_is_seen(name: str) -> None:
    one, other = DIFFERENT[name]
    found = [digest(one), digest(other)]
    assert None not in found
    assert found[0] != found[1]


EQUAL: dict[str, tuple[object, object]] = {
    "the last digits of a number": (0.1 + 0.2, 0.3),
    "minus nothing": (np.array([-0.0]), np.array([0.0])),
    "an order in a set": ({"a", "b", "c"}, {"c", "b", "a"}),
    "a circle of references": (in_a_circle(1), in_a_circle(1)),
    "a function of the same code": (adding(1), adding(1)),
    "a shape": (Circle().shift([0.1, 0, 0]).shift([0.2, 0, 0]), Circle().shift([0.3, 0, 0])),
}


@pytest.mark.parametrize("name", EQUAL)
def test_what_makes_no_difference_is_not_seen(name: str) -> None:
    one, other = EQUAL[name]
    assert digest(one) == digest(other) is not None


def of_a_local_class() -> object:
    class Local:
        """Its code may change without a change of its name."""

    return Local()


def deep(levels: int) -> list[object]:
    found: list[object] = []
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize(
    "unknown",
    [
        pytest.param(iter([1]), id="an iterator"),
        pytest.param((n for n in [1]), id="a generator"),
        pytest.param(Lock(), id="a lock"),
        pytest.param(of_a_local_class(), id="an object of a local class"),
        pytest.param(type(of_a_local_class()), id="a local class"),
        pytest.param(Random(1), id="a generator of random numbers"),
        pytest.param({Box(1).content, (1, 2)}, id="a set of tuples"),
        pytest.param(np.array([object()]), id="an array of objects"),
        pytest.param(deep(10_000), id="more levels than Python has room for"),
    ],
)
def test_of_what_is_not_known_there_is_no_digest(unknown: object) -> None:
    assert digest([1, unknown]) is None


def test_what_is_constant_or_left_out_does_not_count() -> None:
    def of(box: Box) -> str | None:
        return object_digest([box], decimals=9, constant=(Slim,), left_out=lambda _: ["marks"])

    assert of(Box(Slim(1), [1])) == of(Box(Slim(2), [2])) is not None
    assert of(Box(Slim(1))) != of(Box(1))
