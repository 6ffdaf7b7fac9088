"""How the English voice pronounces symbols and technical terms, in the phoneme notation of misaki."""

from __future__ import annotations

from collections.abc import Mapping

LETTERS: Mapping[str, str] = {
    "a": "ˈA", "b": "bˈi", "c": "sˈi", "d": "dˈi", "e": "ˈi", "f": "ˈɛf", "g": "ʤˈi", "h": "ˈAʧ", "i": "ˈI",
    "j": "ʤˈA", "k": "kˈA", "l": "ˈɛl", "m": "ˈɛm", "n": "ˈɛn", "o": "ˈO", "p": "pˈi", "q": "kjˈu",
    "r": "ˈɑɹ", "s": "ˈɛs", "t": "tˈi", "u": "jˈu", "v": "vˈi",
    "w": "dˈʌbᵊlju", "x": "ˈɛks", "y": "wˈI", "z": "zˈi",
}  # fmt: skip
"""The names of the letters; without them the symbol ``a`` would be read as the article."""

PRONUNCIATIONS: Mapping[str, str] = {
    "softmax": "sˈɔftmæks", "logit": "lˈOʤɪt", "logits": "lˈOʤɪts", "diag": "dˈIæɡ",
    "argmax": "ˈɑɹɡmæks",
}  # fmt: skip
"""Technical terms, in lower case, that the dictionary of the voice lacks or gets wrong."""

SIGNS: Mapping[str, str] = {
    "−": "minus", "+": "plus", "±": "plus or minus", "×": "times", "·": "times", "/": "over",
    "=": "equals", "≈": "is about", "≠": "is not", "<": "is less than", ">": "is more than", "∂": "d",
    "Σ": "the sum of", "′": "prime", "²": "squared", "ᵀ": "transposed", "%": "percent", "α": "alpha",
    "β": "beta", "δ": "delta", "ε": "epsilon", "η": "eta",
}  # fmt: skip
"""Signs and Greek letters, as words."""

NAME_SIGNS: Mapping[str, str] = {
    "&": "and", "+": "plus", "@": "at", "%": "percent", "#": "sharp", "€": "euro",
}  # fmt: skip
"""Signs that are spoken in class names; all others are silent there."""

FUNCTIONS: Mapping[str, str] = {
    "ln": "log", "log": "log", "exp": "exp", "diag": "diag", "max": "max", "dz": "d z",
}  # fmt: skip
"""Names in symbols that are not spelt out; a word of one letter is the name of that letter."""

PAUSES = {",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "…": "…", "—": "—", "–": "—"}
"""Audible punctuation, as the voice writes it."""

UNSPEAKABLE = "that class"  # said for a name without any character that English can pronounce
