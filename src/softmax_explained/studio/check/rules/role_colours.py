"""ROLES: colours with different meanings that look similar with some kind of colour vision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import linear
from softmax_explained.stage.design.style import Style, style
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.thresholds import ROLE_DISTANCE

SIMILAR = Rule("ROLES", "at least {:.0f}", "choose colours in assets/style.toml that differ in lightness")

ROLES = ("x", "z", "a", "y", "C", "minus")
"""The roles whose colours have a meaning; the plus of the heat map has the colour of a."""

Colour = NDArray[np.float64]  # (3,)


def similar_colours(look: Style | None = None) -> Iterator[Violation]:
    """Pairs of roles with too similar colours, and the kind of colour vision for which they are closest."""
    look = look or style()
    colours = {role: np.array(look.colour(role).to_rgb(), dtype=float) for role in ROLES}
    for one, other in combinations(ROLES, 2):
        apart = {
            vision: distance(seen_by(vision, colours[one]), seen_by(vision, colours[other]))
            for vision in SIMULATIONS
        }
        vision = min(apart, key=apart.__getitem__)
        if apart[vision] < ROLE_DISTANCE:
            yield SIMILAR.violation(
                f"colour.{one}",
                f"colour.{other}",
                measured=f"ΔE2000 {apart[vision]:.1f} for {vision} vision",
                excess=ROLE_DISTANCE - apart[vision],
                limit=ROLE_DISTANCE,
            )


_SIMULATIONS = """
normal  1.000000  0.000000  0.000000   0.000000  1.000000  0.000000   0.000000  0.000000  1.000000
protan  0.152286  1.052583 -0.204868   0.114503  0.786281  0.099216  -0.003882 -0.048116  1.051998
deutan  0.367322  0.860646 -0.227968   0.280085  0.672501  0.047413  -0.011820  0.042940  0.968881
tritan  1.255528 -0.076749 -0.178779  -0.078411  0.930809  0.147602   0.004733  0.691367  0.303900
"""

SIMULATIONS: Mapping[str, NDArray[np.float64]] = MappingProxyType(
    {
        name: np.array(row, dtype=float).reshape(3, 3)
        for name, *row in map(str.split, _SIMULATIONS.strip().splitlines())
    }
)
"""(3, 3) matrices on linear sRGB: Machado, Oliveira, Fernandes 2009, severity 1.0."""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65


def seen_by(vision: str, rgb: Colour) -> Colour:
    """A screen colour as a kind of colour vision perceives it, in CIE L*a*b*.

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
    """CIEDE2000 of two colours in CIE L*a*b*; about 2 is just noticeable.

    Follows Sharma, Wu and Dalal (2005), equation by equation.

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
