"""What the second film computes and proves."""

from __future__ import annotations

from second_film.neuron import Solution
from second_film.theory import THEORY
from softmax_explained.stage.scene.film import Mathematics
from softmax_explained.stage.text.colour_roles import ColourRoles

MATHEMATICS = Mathematics(
    Solution,
    THEORY,
    ColourRoles(
        letters={"x": "x", "w": "x", "b": "x", "z": "z", "a": "a", "y": "y", "C": "C"},
        quantities={"z": "z", "a": "a", "y": "y", "C": "C", "g": "C"},
        whole="C",
    ),
)
