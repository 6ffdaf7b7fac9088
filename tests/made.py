"""The pictures that a chapter makes, for tests that measure them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

Kind = TypeVar("Kind")


@contextmanager
def made(kind: type[Kind]) -> Iterator[list[Kind]]:
    """Collect every object of a class that is constructed within the block, in order."""
    objects, construct = list[Kind](), kind.__init__

    def constructed(self: Kind, *args: Any, **options: Any) -> None:
        construct(self, *args, **options)
        objects.append(self)

    with patch.object(kind, "__init__", constructed):
        yield objects
