"""What a result depends on, part by part, so that a difference can be named.

This module does not load the renderer: whether a film is up to date is decided before that is worthwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version

import cairo

Fingerprint = Mapping[str, str]
"""Digests by the name of the part: ``lesson``, ``words``, ``code stage/charts/strip.py`` and so on."""

PICTURE_PACKAGES = (
    *("manim", "typst", "numpy", "sympy", "av", "pycairo"),
    *("manimgx-fonts", "manimgx-fonts-cjk", "svgelements"),
)
"""Packages that affect the picture."""

FILM_PACKAGES = (*PICTURE_PACKAGES, "hibari-tts", "onnxruntime", "pydantic", "srt")
"""Packages that affect a film with its voice, captions and ledger."""


def changes(before: Fingerprint, now: Fingerprint) -> list[str]:
    """The parts that differ.

    >>> changes({"lesson": "1", "style": "2"}, {"lesson": "1", "style": "3", "frame": "4"})
    ['frame', 'style']
    """
    return sorted(part for part in {*before, *now} if before.get(part) != now.get(part))


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The installed versions of packages, by the name of the part.

    With pycairo comes the version of the cairo library, which the operating system updates, not pip.

    >>> list(versions(["numpy", "srt"]))
    ['package numpy', 'package srt']
    """
    found = {f"package {package}": installed(package) for package in packages}
    return found | ({"library cairo": cairo.cairo_version_string()} if "package pycairo" in found else {})


@cache
def installed(package: str) -> str:
    """The version of a package when this process first asked: it keeps using the code it has loaded."""
    return version(package)
