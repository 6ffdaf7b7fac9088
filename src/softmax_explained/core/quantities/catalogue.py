"""The catalogue: which quantities a solution has, under which headings, in the order of the film."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.backward import gradient, jacobian, paths, squared_error
from softmax_explained.core.quantities.forward import givens, loss, measured, scores, shares
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.quantities.update import practice, race, smoothed, step, weights

HEADINGS: Mapping[str, Callable[[Values], Iterator[Quantity]]] = MappingProxyType(
    {
        "What is given": givens,
        "Scores": scores,
        "Shares": shares,
        "The loss": loss,
        "The slope, measured": measured,
        "From score to share": jacobian,
        "Paths to the loss": paths,
        "Prediction minus target": gradient,
        "Smoothed targets": smoothed,
        "Squared error instead": squared_error,
        "The race": race,
        "One step downhill": step,
        "Back to the weights": weights,
        "In practice": practice,
    }
)


def catalogue(solution: Values) -> Mapping[str, tuple[Quantity, ...]]:
    """Every quantity of a solution, by heading."""
    return MappingProxyType({heading: tuple(listed(solution)) for heading, listed in HEADINGS.items()})
