"""The members of a group under their own type: Manim's groups only know that they hold mobjects."""

from collections.abc import Iterable
from typing import TypeVar

from manim import Mobject

Member = TypeVar("Member", bound=Mobject)


def members(group: Iterable[Mobject], kind: type[Member]) -> list[Member]:
    """The members of a group that are of a kind, in order; others are left out.

    Args:
        group: mobjects of any kinds.
        kind: the class that is asked for.

    >>> from manim import Dot, VGroup
    >>> [dot.radius for dot in members(VGroup(Dot(radius=0.1), Dot(radius=0.2)), Dot)]
    [0.1, 0.2]
    """
    return [member for member in group if isinstance(member, kind)]
