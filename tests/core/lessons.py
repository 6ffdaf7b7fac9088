"""Lessons to try things on: the film's own, and any that hypothesis can think of."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from softmax_explained.core import Lesson

NAMES = tuple("ABCDEFGHIJ")
FILM: dict[str, Any] = {
    "inputs": [1, 2],
    "weights": [[0.6, 0.5], [0.2, 0.3], [-0.5, 0.2]],
    "biases": [0.4, 0.2, 0.2],
    "classes": ["cat", "dog", "fox"],
    "targets": [0, 1, 0],
}


def film_lesson(**changed: Any) -> Lesson:
    """The lesson of the film, built in code, with some of its givens changed."""
    return Lesson(**(FILM | changed))


@st.composite
def lessons(draw: st.DrawFn, reach: float = 1000.0, soft: bool | None = None) -> Lesson:
    """A lesson of 2 to 10 classes with scores up to ±reach; soft, one-hot, or either."""
    K = draw(st.integers(2, 10))
    z = draw(st.lists(st.floats(-reach, reach), min_size=K, max_size=K))
    if draw(st.booleans()) if soft is None else soft:
        y = np.array(draw(st.lists(st.floats(0.01, 1), min_size=K, max_size=K)))
        y = y / y.sum()
    else:
        y = np.eye(K)[draw(st.integers(0, K - 1))]
    rate = draw(st.floats(0.01, 3.99))
    smoothing = draw(st.floats(0, 0.99))
    return Lesson.from_logits(z, NAMES[:K], y, learning_rate=rate, smoothing=smoothing)
