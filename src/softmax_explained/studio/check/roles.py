"""ROLES: colours that mean different things and look alike to some eyes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from softmax_explained.stage.design.style import Style, style
from softmax_explained.studio.check.colour_vision import SIMULATIONS, distance, seen_by
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
