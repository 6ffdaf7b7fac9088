"""ROLES: colours that mean different things and look alike to some eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import linear
from softmax_explained.stage.design.style import Style, style
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.thresholds import ROLE_DISTANCE

ROLES = ("x", "z", "a", "y", "C", "minus")
"""The roles whose colours mean something; the heat map's plus is the colour of a."""


def alike(look: Style | None = None) -> Iterator[Sighting]:
    """Pairs of roles whose colours are too close, with the kind of vision to which they are closest."""
    look = look or style()
    colours = {role: np.array(look.colour(role).to_rgb(), dtype=float) for role in ROLES}
    for one, other in combinations(ROLES, 2):
        apart = {
            vision: distance(seen_by(vision, colours[one]), seen_by(vision, colours[other]))
            for vision in SIMULATIONS
        }
        vision = min(apart, key=apart.__getitem__)
        if apart[vision] < ROLE_DISTANCE:
            yield Sighting(
                "ROLES",
                (f"colour.{one}", f"colour.{other}"),
                f"ΔE2000 {apart[vision]:.1f} to {vision} eyes",
                f"at least {ROLE_DISTANCE:.0f}",
                ROLE_DISTANCE - apart[vision],
                "choose colours in assets/style.toml that differ in lightness",
            )


Colour = NDArray[np.float64]
"""Three numbers."""

SIMULATIONS: Mapping[str, Colour] = MappingProxyType(
    {
        "normal": np.eye(3),
        "protan": np.array(
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        "deutan": np.array(
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        "tritan": np.array(
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        ),
    }
)
"""Machado, Oliveira, Fernandes 2009, severity 1.0, on linear sRGB."""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65


def seen_by(vision: str, rgb: Colour) -> Colour:
    """A colour of the screen as CIE L*a*b* of what a kind of vision makes of it.

    Args:
        vision: a key of `SIMULATIONS`.
        rgb: sRGB in [0, 1].

    >>> seen_by("normal", np.array([1.0, 1.0, 1.0])).round().astype(int).tolist()
    [100, 0, 0]
    """
    xyz = _TO_XYZ @ np.clip(SIMULATIONS[vision] @ linear(rgb), 0, 1) / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: Colour, other: Colour) -> float:
    """CIEDE2000 of two colours in CIE L*a*b*; about 2 is the least an eye can tell.

    The formula as Sharma, Wu and Dalal (2005) write it, equation by equation.

    >>> round(distance(np.array([50.0, 2.6772, -79.7751]), np.array([50.0, 0.0, -82.7485])), 4)
    2.0425
    """
    (L1, a1, b1), (L2, a2, b2) = one, other
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    G = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25**7)))
    a1, a2 = (1 + G) * a1, (1 + G) * a2
    C1, C2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360

    turn = h2 - h1
    if C1 * C2 == 0:
        turn = 0.0
    elif abs(turn) > 180:
        turn -= np.sign(turn) * 360
    dL, dC, dH = L2 - L1, C2 - C1, 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn / 2))

    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    h = h1 + h2 if C1 * C2 == 0 else (h1 + turn / 2) % 360
    T = (
        1
        - 0.17 * np.cos(np.radians(h - 30))
        + 0.24 * np.cos(np.radians(2 * h))
        + 0.32 * np.cos(np.radians(3 * h + 6))
        - 0.20 * np.cos(np.radians(4 * h - 63))
    )
    SL = 1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2)
    SC, SH = 1 + 0.045 * C, 1 + 0.015 * C * T
    rotation = 60 * np.exp(-(((h - 275) / 25) ** 2))
    RT = -2 * np.sqrt(C**7 / (C**7 + 25**7)) * np.sin(np.radians(rotation))
    return float(np.sqrt((dL / SL) ** 2 + (dC / SC) ** 2 + (dH / SH) ** 2 + RT * (dC / SC) * (dH / SH)))
