"""The quantities of a solution, by heading, in the order of the film."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities import backward, forward, training
from softmax_explained.core.quantities.quantity import Quantity

HEADINGS: Mapping[str, Callable[[Values], Iterator[Quantity]]] = MappingProxyType(
    {
        "Input data": forward.input_data,
        "Scores": forward.scores,
        "Shares": forward.shares,
        "The loss": forward.loss,
        "The slope, measured": backward.measured,
        "From score to share": backward.jacobian,
        "Paths to the loss": backward.paths,
        "Prediction minus target": backward.gradient,
        "Smoothed targets": backward.smoothed,
        "Squared error instead": backward.squared_error,
        "The race": training.race,
        "One step of gradient descent": training.step,
        "Back to the weights": training.weights,
        "In practice": training.practice,
    }
)


def catalogue(solution: Values) -> Mapping[str, tuple[Quantity, ...]]:
    """Every quantity of a solution, by heading."""
    return MappingProxyType({heading: tuple(listed(solution)) for heading, listed in HEADINGS.items()})
