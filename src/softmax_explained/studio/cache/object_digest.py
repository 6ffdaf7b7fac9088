"""A digest of objects and of all that they refer to, to tell whether two states of a program are equal."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache, partial
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
from sympy import Basic, srepr

_PLAIN = (type(None), bool, int, str, bytes, complex, type(Ellipsis), type(NotImplemented), range)
_BY_NAME = (type, ModuleType, BuiltinFunctionType, np.ufunc)
_LOCAL = "<locals>"
_NO_OBJECT = (type(None), ModuleType)  # what a function that is not bound to an object has for `__self__`
_POINTER = tuple.__itemsize__
_BARE = object.__basicsize__ + 2 * _POINTER
"""Bytes of an object without slots: with pointers to its attributes and to what refers to it weakly. One of a
larger type, written in C, keeps more to itself."""


class UnknownKindError(TypeError):
    """An object of a kind whose state is not known."""


def object_digest(
    objects: Iterable[object],
    *,
    decimals: int,
    constant: tuple[type, ...] = (),
    left_out: Callable[[object], Iterable[str]] = lambda _: (),
) -> str | None:
    """The digest of some objects: two lists of objects with the same digest behave in the same way.

    Two references to one object count as that, and not as two equal objects. Functions are told apart by
    their bytecode and by what they refer to. Objects may have the same state and different digests, for
    example if a value was computed earlier than it is needed.

    Args:
        objects: in order.
        decimals: to which floats are rounded.
        constant: classes whose objects do not change, and need not be looked at.
        left_out: the names of attributes of an object that do not count.

    Returns:
        None if one of the objects is of a kind that is not known here, such as a generator.

    >>> from fractions import Fraction
    >>> one, other, third = (object_digest([Fraction(n, 3), n / 3], decimals=9) for n in (1, 1, 2))
    >>> one == other, one == third
    (True, False)
    """
    walk = _Walk(decimals, constant, left_out)
    try:
        for each in objects:
            walk.add(each)
    except (UnknownKindError, RecursionError):
        return None
    return walk.hexdigest()


class _Walk:
    """Adds objects to a digest, depth first, each once."""

    def __init__(
        self, decimals: int, constant: tuple[type, ...], left_out: Callable[[object], Iterable[str]]
    ) -> None:
        self._decimals, self._constant, self._left_out = decimals, constant, left_out
        self._parts: list[str] = []
        self._seen: dict[int, tuple[int, object]] = {}  # the objects too, so that no id is used again

    def hexdigest(self) -> str:
        """Of all that was added."""
        content = "\0".join(self._parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, digest_size=16).hexdigest()

    def add(self, value: Any) -> None:
        """Add an object and what it refers to."""
        if isinstance(value, Enum):
            self._put("enum", type(value).__qualname__, value.name)
        elif isinstance(value, _PLAIN):
            self._put(type(value).__name__, repr(value))
        elif isinstance(value, float | np.floating):
            self._put("float", repr(round(float(value), self._decimals) + 0.0))
        elif isinstance(value, np.generic):
            self._put("generic", repr(value.item()))
        elif isinstance(value, type) and _LOCAL in value.__qualname__:
            raise UnknownKindError(f"{value!r}, a class whose code is in a function")
        elif isinstance(value, _BY_NAME) and isinstance(getattr(value, "__self__", None), _NO_OBJECT):
            self._put(
                "name", str(getattr(value, "__module__", "")), getattr(value, "__qualname__", repr(value))
            )
        elif id(value) in self._seen:
            self._put("seen", str(self._seen[id(value)][0]))
        else:
            self._seen[id(value)] = len(self._seen), value
            self._add_new(value)

    def _add_new(self, value: Any) -> None:
        match value:
            case _ if isinstance(value, self._constant):
                self._put("constant", type(value).__qualname__)
            case np.ndarray():
                self._add_array(value)
            case Basic():
                self._put("sympy", srepr(value))
            case tuple() | list() | deque():
                self._put("items", type(value).__qualname__, str(len(value)))
                self._add_all(value)
                self._add_attributes(value)
            case Mapping():
                self._put("mapping", type(value).__qualname__, str(len(value)))
                for key, item in value.items():
                    self.add(key)
                    self.add(item)
            case set() | frozenset():
                self._put("set", *sorted(map(self._member, value)))
            case FunctionType():
                self._put("function", value.__module__, value.__qualname__)
                self._add_code(value.__code__)
                self._add_all([value.__defaults__, value.__kwdefaults__, value.__closure__])
            case BuiltinFunctionType():
                self._put("method", value.__name__)
                self.add(value.__self__)
            case MethodType():
                self._put("method")
                self._add_all([value.__func__, value.__self__])
            case CellType():
                self._put("cell")
                self.add(value.cell_contents)
            case partial():
                self._put("partial")
                self._add_all([value.func, value.args, value.keywords])
            case _:
                self.add(type(value))
                attributes = self._add_attributes(value)
                if attributes is None or type(value).__basicsize__ > _BARE + attributes * _POINTER:
                    raise UnknownKindError(f"{type(value)!r} has a state that is not in its attributes")

    def _add_all(self, values: Iterable[object]) -> None:
        for each in values:
            self.add(each)

    def _add_array(self, array: Any) -> None:
        if array.dtype.kind == "f":
            array = np.asarray(array, np.float64).round(self._decimals) + 0.0  # -0 is 0
        elif array.dtype.kind not in "biuSU":
            raise UnknownKindError(f"an array of {array.dtype}")
        self._put("array", array.dtype.str, repr(array.shape), array.tobytes().decode("latin-1"))

    def _add_code(self, code: CodeType) -> None:
        self._put("code", code.co_code.hex(), *code.co_names, *code.co_varnames, *code.co_freevars)
        for each in code.co_consts:
            if isinstance(each, CodeType):
                self._add_code(each)
            else:
                self._put("constant", repr(each))

    def _add_attributes(self, value: Any) -> int | None:
        """Add the attributes of an object; the number of its slots, or None if it can have no attributes."""
        slots = _slots(type(value))  # type: ignore[arg-type]  # mypy does not know that classes are hashable
        left_out = {*self._left_out(value)}
        attributes = {name: getattr(value, name) for name in slots if hasattr(value, name)}
        attributes |= getattr(value, "__dict__", {})
        for name in sorted(attributes):
            if name not in left_out:
                self._put("attribute", name)
                self.add(attributes[name])
        return len(slots) if slots or hasattr(value, "__dict__") else None

    def _member(self, value: object) -> str:
        """A member of a set, which has no order."""
        if isinstance(value, _PLAIN):
            return repr(value)
        if id(value) in self._seen:
            return f"seen {self._seen[id(value)][0]}"
        raise UnknownKindError(f"a set of {type(value)!r}")

    def _put(self, *parts: str) -> None:
        self._parts += parts


@cache
def _slots(kind: type) -> tuple[str, ...]:
    """The names of the slots of a class."""
    return tuple(
        name
        for each in kind.__mro__
        for name in _names(vars(each).get("__slots__", ()))
        if name not in ("__dict__", "__weakref__")
    )


def _names(slots: str | Iterable[str]) -> Iterable[str]:
    return (slots,) if isinstance(slots, str) else slots
