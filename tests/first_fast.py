"""Parameters of a test that plays a chapter for each: the first is fast, the others are in the slow suite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first_fast(values: Iterable[Any]) -> list[Any]:
    """The values as parameters, all but the first marked as slow."""
    first, *others = values
    return [first, *[pytest.param(*_values(value), marks=pytest.mark.slow) for value in others]]


def _values(value: Any) -> tuple[Any, ...]:
    """The arguments of one call: several of them are a tuple."""
    return value if isinstance(value, tuple) else (value,)
