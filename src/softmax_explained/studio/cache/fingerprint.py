"""What a thing is made of, part by part, so that a difference can be told by name.

Nothing here loads the renderer: whether a film is finished is seen before that is worth while.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version

import cairo

Fingerprint = Mapping[str, str]
"""Parts by name: ``lesson``, ``words``, ``code stage/charts/strip.py`` and so on."""

PICTURE_PACKAGES = (
    "manim",
    "typst",
    "numpy",
    "sympy",
    "av",
    "pycairo",
    "manimgx-fonts",
    "manimgx-fonts-cjk",
    "svgelements",
)
"""Packages that a picture comes out of."""

FILM_PACKAGES = (*PICTURE_PACKAGES, "hibari-tts", "onnxruntime", "pydantic", "srt")
"""Packages that a film with its voice, captions and ledger comes out of."""


def changes(before: Fingerprint, now: Fingerprint) -> list[str]:
    """The parts that are not as they were.

    >>> changes({"lesson": "1", "style": "2"}, {"lesson": "1", "style": "3", "frame": "4"})
    ['frame', 'style']
    """
    return sorted(part for part in {*before, *now} if before.get(part) != now.get(part))


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The installed version of packages, by the name of the part.

    With pycairo goes the library that it draws with, which the system brings up to date and not pip.

    >>> list(versions(["numpy", "srt"]))
    ['package numpy', 'package srt']
    """
    found = {f"package {package}": installed(package) for package in packages}
    return found | ({"library cairo": cairo.cairo_version_string()} if "package pycairo" in found else {})


@cache
def installed(package: str) -> str:
    """The version of a package. A process stays with what it has loaded, whatever is installed meanwhile."""
    return version(package)
