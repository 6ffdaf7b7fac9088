"""Train the two lessons that are real: where the numbers of ten-digits.toml and iris.toml come from.

No test runs this: scikit-learn is no dependency of the project. It was run once, with Python 3.11.7,
scikit-learn 1.9.1, NumPy 2.4.6 and SciPy 1.17.1, and printed what test_shipped_lessons.py compares with:

    $ python -m venv /tmp/training
    $ /tmp/training/bin/pip install scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
    $ /tmp/training/bin/python tests/core/lesson/train_lessons.py
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

FLOWER = 106
"""A virginica with short sepals; counted from 0."""

DIGIT = 1666
"""A slim eight; counted from 0."""

ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
"""Zero comes last: the index of every other class, counted from 1, is then its digit."""

TRAINED_ON = 1400
"""The first so many digits; the rest is there to see how often the network is right."""


def iris() -> None:
    """A softmax regression that has seen every flower but the one it is asked about."""
    data = load_iris()
    others = np.arange(len(data.target)) != FLOWER
    model = LogisticRegression(max_iter=10_000, tol=1e-10).fit(data.data[others], data.target[others])
    x = data.data[FLOWER]
    told(
        f"iris: flower {FLOWER} is {data.target_names[data.target[FLOWER]]}",
        *(x, model.coef_.round(2), model.intercept_.round(2)),
        model.predict_proba([x])[0],
    )


def ten_digits() -> None:
    """The last layer of a network with four hidden units."""
    data = load_digits()
    pictures, digits = data.data / 16, data.target
    model = MLPClassifier((4,), max_iter=3000, random_state=2, alpha=0.3)
    model.fit(pictures[:TRAINED_ON], digits[:TRAINED_ON])
    right = model.score(pictures[TRAINED_ON:], digits[TRAINED_ON:])
    hidden = np.maximum(0, pictures[DIGIT] @ model.coefs_[0] + model.intercepts_[0])
    told(
        f"ten digits: picture {DIGIT} is {digits[DIGIT]}; right for {right:.1%} of the unseen",
        *(hidden.round(1), model.coefs_[1].T.round(1)[ORDER], model.intercepts_[1].round(1)[ORDER]),
        model.predict_proba([pictures[DIGIT]])[0][ORDER],
    )


def told(title: str, x: np.ndarray, W: np.ndarray, b: np.ndarray, exact: np.ndarray) -> None:
    """Print the rounded layer, and the probabilities before and after rounding."""
    z = W @ x + b
    rounded = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    print(title)
    for name, value in (("inputs", x), ("weights", W), ("biases", b)):
        print(f"  {name} = {(value + 0.0).tolist()}")  # not -0.0
    for name, value in (("as trained", exact), ("as committed", rounded)):
        print(f"  probabilities {name} = {value.round(6).tolist()}")


if __name__ == "__main__":
    iris()
    ten_digits()
