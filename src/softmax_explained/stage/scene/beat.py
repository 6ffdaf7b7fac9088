"""A beat is a method of a chapter. It is drawn in parts, and its source tells what words it needs."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, overload

BeatMethod = TypeVar("BeatMethod", bound=Callable[..., None])

_PACE = "__beat_hold__"

PART = 8.0
"""After so much of a part, the next move or hold begins another one. It does so whoever draws them."""


@overload
def beat(method: BeatMethod) -> BeatMethod: ...
@overload
def beat(*, hold: str) -> Callable[[BeatMethod], BeatMethod]: ...
def beat(method: Any = None, *, hold: str = "hold") -> Any:
    """Make a method of a chapter one of its beats, in the order of the class body.

    Args:
        method: the beat; its name and the chapter's make its id, ``softmax.share_out``.
        hold: the token of ``[pace]`` that says how long its last picture stands.
    """

    def mark(function: Callable[..., None]) -> Callable[..., None]:
        setattr(function, _PACE, hold)
        return function

    return mark if method is None else mark(method)


def hold_of(method: Callable[..., None]) -> str:
    """The token of ``[pace]`` a beat holds its last picture for."""
    return str(getattr(method, _PACE))


def beats_of(namespace: Mapping[str, Any]) -> Mapping[str, Callable[..., None]]:
    """The beats among the members of a class, in the order they are written."""
    return MappingProxyType({name: value for name, value in namespace.items() if hasattr(value, _PACE)})


@dataclass(frozen=True)
class Cues:
    """What a beat asks the words file for: the marks it moves on and the labels it shows, in order."""

    marks: tuple[str, ...]
    labels: tuple[str, ...]


@cache
def cues_of(method: Callable[..., None]) -> Cues:
    """Read a beat's marks and labels from its source: the names in ``self.on("…")`` and ``self.label("…")``.

    So a words file can be checked against the film before a single frame is drawn.
    """
    found: dict[str, dict[str, None]] = {"on": {}, "label": {}}  # in order, each once
    calls = [
        node
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(method))))
        if isinstance(node, ast.Call)
    ]
    for node in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self"), attr=("on" | "label") as name),
                args=[ast.Constant(value=str(key)), *_],
            ):
                found[name][key] = None
    return Cues(tuple(found["on"]), tuple(found["label"]))


@dataclass(frozen=True)
class Parts:
    """Consecutive parts of a beat, by their numbers from 0.

    >>> [number in Parts(1) for number in range(3)], [number in Parts(0, 1) for number in range(3)]
    ([False, True, True], [True, False, False])
    """

    first: int = 0
    end: int | None = None  # the first that does not belong to them; None for all that follow

    def __contains__(self, number: object) -> bool:
        """Whether the part of a number belongs to them."""
        return isinstance(number, int) and self.first <= number and (self.end is None or number < self.end)


WHOLE = Parts()


def section_name(beat: str, part: int) -> str:
    """The name of the Manim section with a part of a beat, given by its id.

    >>> section_name("loss.price", 0), section_name("loss.price", 1)
    ('loss.price', 'loss.price+1')
    """
    return f"{beat}+{part}" if part else beat


def beat_of(section: str) -> str:
    """The id of the beat of a section.

    >>> beat_of("loss.price+1")
    'loss.price'
    """
    return section.partition("+")[0]
