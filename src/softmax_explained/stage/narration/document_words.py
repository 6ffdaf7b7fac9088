"""The words of the documents beside a film, from the optional table ``[documents]`` of its words file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TABLE = "documents"

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "transcript": "Transcript",
        "chapters": "Chapters",
        "seen": "In the picture",
        "formulas": "Formulas",
        "numbers": "Numbers",
        "classes": "Classes",
        "result": "The result",
        "about": "",
        "made": "Made with softmax-explained: every number is computed, every formula is proved.",
    }
)
"""What stands for a word that a words file does not have, so that older files stay valid.

``about`` says in one paragraph what the film explains; without it, nothing does.
"""
