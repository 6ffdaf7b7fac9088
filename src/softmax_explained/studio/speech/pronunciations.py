"""How the English voice says what is not an everyday word. The phonemes are misaki's, as are the voice's."""

from __future__ import annotations

from collections.abc import Mapping

LETTERS: Mapping[str, str] = {
    "a": "ˈA", "b": "bˈi", "c": "sˈi", "d": "dˈi", "e": "ˈi", "f": "ˈɛf", "g": "ʤˈi", "h": "ˈAʧ", "i": "ˈI",
    "j": "ʤˈA", "k": "kˈA", "l": "ˈɛl", "m": "ˈɛm", "n": "ˈɛn", "o": "ˈO", "p": "pˈi", "q": "kjˈu",
    "r": "ˈɑɹ", "s": "ˈɛs", "t": "tˈi", "u": "jˈu", "v": "vˈi",
    "w": "dˈʌbᵊlju", "x": "ˈɛks", "y": "wˈI", "z": "zˈi",
}  # fmt: skip
"""The names of the letters. Without them a symbol ``a`` is read as the article."""

PRONUNCIATIONS: Mapping[str, str] = {
    "softmax": "sˈɔftmæks",
    "logit": "lˈOʤɪt",
    "logits": "lˈOʤɪts",
    "diag": "dˈIæɡ",
    "argmax": "ˈɑɹɡmæks",
}
"""Words of the field that the voice's own dictionary lacks or gets wrong, in lower case."""

SIGNS: Mapping[str, str] = {
    "−": "minus",
    "+": "plus",
    "±": "plus or minus",
    "×": "times",
    "·": "times",
    "/": "over",
    "=": "equals",
    "≈": "is about",
    "≠": "is not",
    "<": "is less than",
    ">": "is more than",
    "∂": "d",
    "Σ": "the sum of",
    "′": "prime",
    "²": "squared",
    "ᵀ": "transposed",
    "%": "percent",
    "α": "alpha",
    "β": "beta",
    "δ": "delta",
    "ε": "epsilon",
    "η": "eta",
}
"""Signs and Greek letters, as words."""

NAME_SIGNS: Mapping[str, str] = {
    "&": "and",
    "+": "plus",
    "@": "at",
    "%": "percent",
    "#": "sharp",
    "€": "euro",
}
"""Signs that are said when they stand in the name of a class; all others are silent there."""

FUNCTIONS: Mapping[str, str] = {
    "ln": "log",
    "log": "log",
    "exp": "exp",
    "diag": "diag",
    "max": "max",
    "dz": "d z",
}
"""Names inside a symbol that are not spelt letter by letter; a one-letter word is the name of the letter."""

PAUSES = {",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "…": "…", "—": "—", "–": "—"}
"""The punctuation that is heard, as the voice knows it."""

UNSPEAKABLE = "that class"
"""Said for a name without one sign that English can pronounce."""
