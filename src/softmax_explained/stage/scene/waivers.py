"""What a scene does on purpose against a norm, said where it does it, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from manim import Mobject

from softmax_explained.errors import FilmError

AnyMobject = TypeVar("AnyMobject", bound=Mobject)

CODES = ("OVERLAP", "OUTSIDE", "SMALL", "CONTRAST", "STRAY", "NUMBER", "SYMBOL", "HOLD", "CROWDED")
"""What a mobject may be allowed to do against ``softmax-explained check``, which tells more of each."""

_ATTRIBUTE = "allowed_against_the_norms"


def allow(mobject: AnyMobject, *codes: str, reason: str) -> AnyMobject:
    """Let a mobject, with all it has now, break a norm; the check lists it with the reason.

    Args:
        mobject: what breaks the norm.
        codes: of the norms, such as ``"OVERLAP"``.
        reason: why a viewer is better off like this.

    Returns:
        The mobject.

    Raises:
        FilmError: there is no such code, or no reason.

    >>> from manim import Square
    >>> allowances(allow(Square(), "CONTRAST", reason="a ghost of what was here"))
    {'CONTRAST': 'a ghost of what was here'}
    """
    if unknown := [code for code in codes if code not in CODES]:
        raise FilmError(f"no code {unknown[0]!r} to allow", hint=f"codes: {', '.join(CODES)}")
    if not codes or not reason.strip():
        raise FilmError(
            "something is allowed without a code or a reason", hint='allow(it, "OVERLAP", reason="…")'
        )
    for part in mobject.get_family():
        setattr(part, _ATTRIBUTE, {**allowances(part), **dict.fromkeys(codes, reason)})
    return mobject


def allowances(mobject: Mobject) -> Mapping[str, str]:
    """Which codes are allowed on a mobject itself, and why; copies have their original's."""
    found: Mapping[str, str] = getattr(mobject, _ATTRIBUTE, {})
    return found
