"""Exceptions from the rules of the check, declared in a scene with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from manim import Mobject

from softmax_explained.errors import UsageError

AnyMobject = TypeVar("AnyMobject", bound=Mobject)

# The rules of ``softmax-explained check`` that have exceptions.
CODES = (
    "OVERLAP",
    "OUTSIDE",
    "SMALL",
    "CONTRAST",
    "STRAY",
    "NUMBER",
    "SYMBOL",
    "HOLD",
    "CROWDED",
    "DOUBLED",
    "RUSHED",
    "UNSPOKEN",
    "LOPSIDED",
    "THIN",
    "UNDEFINED",
    "MIXED",
    "ARITHMETIC",
    "ADRIFT",
)
_ATTRIBUTE = "allowed_violations"


def allow(mobject: AnyMobject, *codes: str, reason: str) -> AnyMobject:
    """Allow a mobject, with all its present parts, to violate rules; the check lists it with the reason.

    Args:
        mobject: the mobject, which is returned.
        codes: of the rules, such as ``"OVERLAP"``.
        reason: why a viewer is better off like this.

    Raises:
        UsageError: there is no such code, or no reason.

    >>> from manim import Square
    >>> allowances(allow(Square(), "CONTRAST", reason="a ghost of what was here"))
    {'CONTRAST': 'a ghost of what was here'}
    """
    if unknown := [code for code in codes if code not in CODES]:
        raise UsageError(f"no code {unknown[0]!r} to allow", hint=f"codes: {', '.join(CODES)}")
    if not codes or not reason.strip():
        raise UsageError(
            "something is allowed without a code or a reason", hint='allow(it, "OVERLAP", reason="…")'
        )
    for part in mobject.get_family():
        setattr(part, _ATTRIBUTE, {**allowances(part), **dict.fromkeys(codes, reason)})
    return mobject


def allowances(mobject: Mobject) -> Mapping[str, str]:
    """The codes that are allowed for a mobject itself, with the reasons; a copy has those of its original."""
    found: Mapping[str, str] = vars(mobject).get(_ATTRIBUTE, {})  # Manim’s __getattr__ is slow to say no
    return found
