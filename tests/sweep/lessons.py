"""Random lessons of the kinds that people have; a seed gives one lesson, the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import numpy as np

from softmax_explained.core.lesson.lesson import FEWEST_CLASSES, FEWEST_INPUTS, MOST_CLASSES, MOST_INPUTS
from softmax_explained.core.lesson.loader import shipped_lesson

Data = Mapping[str, Any]
"""The keys of a lesson file."""
Draw = Callable[[Random, int, int], dict[str, Any]]
"""Draws some keys of a lesson with K classes and M inputs."""


def drawn(seed: int) -> Data:
    """Draw the lesson of a seed. The kinds of numbers and of names take turns, and so do K and M."""
    rng = Random(seed)
    K = FEWEST_CLASSES + seed * 4 % (MOST_CLASSES - FEWEST_CLASSES + 1)
    M = FEWEST_INPUTS + (5 * seed + seed // len(KINDS) + 7) % (MOST_INPUTS - FEWEST_INPUTS + 1)
    lesson = KINDS[kind_of(seed)](rng, K, M)
    K = len(lesson.get("logits", lesson.get("weights")))
    lesson |= NAMES[name_of(seed)](rng, K, M)
    if "targets" not in lesson:
        lesson["targets"] = TARGETS[rng.choice([*TARGETS])](rng, K)
    if rng.random() < 0.7:
        lesson["learning_rate"] = rng.choice([0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 3.9])
        lesson["smoothing"] = rng.choice([0.0, 0.05, 0.1, 0.3, 0.9])
    if rng.random() < 0.3:
        lesson["title"] = rng.choice(["Pets", "x" * 80, "一个样本：它是什么？"])
    if rng.random() < 0.2:
        lesson["picture"] = shipped_lesson("cat-dog-fox").data()["picture"]
    return lesson


def kind_of(seed: int) -> str:
    """Which kind of numbers a seed has."""
    return [*KINDS][seed % len(KINDS)]


def name_of(seed: int) -> str:
    """Which kind of names a seed has."""
    return [*NAMES][(seed + seed // len(KINDS)) % len(NAMES)]


def as_toml(lesson: Data) -> str:
    """Write a lesson as a file: JSON's strings, numbers and lists are TOML's."""
    tables = {key: value for key, value in lesson.items() if isinstance(value, dict)}
    lines = [f"{key} = {json.dumps(each)}" for key, each in lesson.items() if key not in tables]
    for key, table in tables.items():
        lines += [f"{key}.{tag} = {json.dumps(each)}" for tag, each in table.items()]
    return "\n".join(lines) + "\n"


# Numbers --------------------------------------------------------------------------------------------------


def _neurons(rng: Random, K: int, x: list[float], weight: float, bias: float, digits: int) -> dict[str, Any]:
    """A layer for some inputs, with normally distributed weights and biases."""
    return {
        "inputs": x,
        "weights": [[round(rng.gauss(0, weight), digits) for _ in x] for _ in range(K)],
        "biases": [round(rng.gauss(0, bias), 2) for _ in range(K)],
    }


def _pixels(rng: Random, K: int, M: int) -> dict[str, Any]:
    """Raw, from 0 to 255, or scaled to 0 … 1."""
    x = [float(rng.randrange(256)) for _ in range(M)]
    if rng.random() < 0.5:
        return _neurons(rng, K, x, rng.choice([0.002, 0.02, 1]), 1, 4)
    return _neurons(rng, K, [round(value / 255, rng.choice([2, 3])) for value in x], 1, 0.5, 2)


def _standardised(rng: Random, K: int, M: int) -> dict[str, Any]:
    return _neurons(rng, K, [round(rng.gauss(0, 1), 9) for _ in range(M)], 1, 0.5, rng.choice([1, 4, 8]))


def _measured(rng: Random, K: int, M: int) -> dict[str, Any]:
    """Features as they come, each in a unit of its own: 0.003 and 40,000 side by side."""
    x = [float(f"{rng.gauss(0, 1) * 10 ** rng.randint(-3, 4):.3g}") for _ in range(M)]
    return _neurons(rng, K, x, 0.01, 1, 5)


def _binary(rng: Random, K: int, M: int) -> dict[str, Any]:
    """Two classes of zeros and ones, as of words that occur or do not."""
    return _neurons(rng, 2, [float(rng.random() < 0.6) for _ in range(M)], 1.5, 1, 2)


def _small_logits(rng: Random, K: int, M: int) -> dict[str, Any]:
    """A network that has learned nothing yet."""
    return {"logits": [round(rng.gauss(0, 0.03), rng.choice([3, 6])) for _ in range(K)]}


def _logits(rng: Random, K: int, M: int) -> dict[str, Any]:
    return {"logits": [round(rng.gauss(0, 2), rng.choice([1, 2, 4])) for _ in range(K)]}


def _large_logits(rng: Random, K: int, M: int) -> dict[str, Any]:
    size = 10 ** rng.uniform(1, 5.9)
    return {"logits": [round(rng.uniform(-size, size), rng.choice([0, 2])) for _ in range(K)]}


def _all_equal(rng: Random, K: int, M: int) -> dict[str, Any]:
    return {"logits": [rng.choice([0.0, -7.25, 1000.0])] * K}


def _tie(rng: Random, K: int, M: int) -> dict[str, Any]:
    """Two scores are equal, perhaps the two that the film is about."""
    logits = [round(rng.gauss(0, 1.5), 1) for _ in range(K)]
    logits[rng.randrange(K - 1)] = logits[K - 1] = max(logits)
    return {"logits": logits}


def _right(rng: Random, K: int, M: int) -> dict[str, Any]:
    """The true class leads, by little or by so much that hardly any push is left."""
    logits = [round(rng.gauss(0, 1), 3) for _ in range(K)]
    t = rng.randrange(K)
    logits[t] = round(max(logits) + rng.choice([0.1, 1, 3, 5.5, 12, 40]), 3)
    return {"logits": logits, "targets": [float(k == t) for k in range(K)]}


def _wrong(rng: Random, K: int, M: int) -> dict[str, Any]:
    """The true class is behind: the loss may cross a power of ten in one step."""
    logits = [round(rng.gauss(0, 1), 3) for _ in range(K)]
    t = rng.randrange(K)
    logits[t] = round(max(logits) - rng.choice([3, 10, 10.4, 40, 100.2, 1000]), 3)
    return {"logits": logits, "targets": [float(k == t) for k in range(K)]}


def _met(rng: Random, K: int, M: int) -> dict[str, Any]:
    """The targets are the shares, to four digits."""
    logits = np.array([round(rng.gauss(0, 1), 2) for _ in range(K)])
    shares = np.exp(logits) / np.exp(logits).sum()
    return {"logits": logits.tolist(), "targets": shares.round(4).tolist()}


KINDS: Mapping[str, Draw] = {
    "pixels": _pixels,
    "standardised": _standardised,
    "binary": _binary,
    "logits": _logits,
    "right": _right,
    "wrong": _wrong,
    "features in their units": _measured,
    "small logits": _small_logits,
    "tie": _tie,
    "large logits": _large_logits,
    "targets met": _met,
    "all equal": _all_equal,
}


# Targets --------------------------------------------------------------------------------------------------


def _one_hot(rng: Random, K: int) -> list[float]:
    t = rng.randrange(K)
    return [float(k == t) for k in range(K)]


def _votes(rng: Random, K: int) -> list[float]:
    """Ten people, each for one class."""
    votes = [rng.randrange(K) for _ in range(10)]
    return [votes.count(k) / 10 for k in range(K)]


def _float32(rng: Random, K: int) -> list[float]:
    """Another network's softmax."""
    shares = np.exp(np.float32([rng.gauss(0, 2) for _ in range(K)]))
    return [float(share) for share in shares / shares.sum(dtype=np.float32)]


def _four_digits(rng: Random, K: int) -> list[float]:
    return [round(share, 4) for share in _float32(rng, K)]


def _smoothed(rng: Random, K: int) -> list[float]:
    return [0.9 * share + 0.1 / K for share in _one_hot(rng, K)]


TARGETS: Mapping[str, Callable[[Random, int], Any]] = {
    "one-hot": _one_hot,
    "index": lambda rng, K: rng.randrange(K),
    "votes": _votes,
    "float32": _float32,
    "four digits": _four_digits,
    "smoothed": _smoothed,
    "uniform": lambda rng, K: [1 / K] * K,
}


# Names ----------------------------------------------------------------------------------------------------

SHORT = ["cat", "dog", "fox", "owl", "elk", "cow", "ant", "bee", "emu", "hen"]
LONG = [
    "great white shark, white shark, man-eater",
    "Crocodylus niloticus",
    "hammerhead, hammerhead shark",
    "Not_Suitable_For_Anything_At_All",
    "dishwasher, dish washer",
    "Internationalisierungsbeauftragte",
    "comp.sys.ibm.pc.hardware",
    "non-small cell lung carcinoma, stage II",
    "ill",
    "W" * 40,
]
CHINESE = ["猫", "狗", "狐狸", "猫头鹰", "驼鹿", "奶牛", "蚂蚁", "蜜蜂", "鸸鹋", "母鸡"]
LONG_CHINESE = [f"{name}（学名见附录第{n}页的表格）" for n, name in enumerate(CHINESE, 1)]


def _names(of: list[str], *, longest: int = 40) -> Draw:
    def draw(rng: Random, K: int, M: int) -> dict[str, Any]:
        return {"classes": [name[:longest].strip() for name in rng.sample(of, K)]}

    return draw


def _two_languages(rng: Random, K: int, M: int) -> dict[str, Any]:
    chosen = rng.sample(range(10), K)
    return {"classes": [SHORT[n] for n in chosen], "names": {"zh": [CHINESE[n] for n in chosen]}}


NAMES: Mapping[str, Draw] = {
    "short": _names(SHORT),
    "long": _names(LONG),
    "two languages": _two_languages,
    "single letters": _names(list("abcdefghij")),
    "Chinese": _names(CHINESE),
    "digits": _names(list("0123456789")),
    "long Chinese": _names(LONG_CHINESE),
    "mixed": _names([*SHORT[:4], *LONG[:3], *CHINESE[:3]]),
}
