"""Whether a film is finished: what it was made of, and the sums of its files, in ``film.sha256`` beside it.

The file is one that ``sha256sum --check`` reads; what the film was made of stands in its remarks:

    # made of: 0f43… lesson
    # made of: 77ab… words
    9f86…  film.mp4
    60ff…  film.json

A film counts as finished when all of it is as it was written. So it makes no difference in which order the
files came to their places, whether somebody was stopped in the middle of it, or what was done to them later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from softmax_explained.studio.cache.checksums import sha256, sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes

FILM, LEDGER, SUMS = "film.mp4", "film.json", "film.sha256"
"""The names of the finished film, of its ledger and of this file."""

_PART = re.compile(r"# made of: ([0-9a-f]{32}) (.+)")
_SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def file_names(language: str) -> tuple[str, ...]:
    """The finished files: the film, its ledger, its captions as SubRip and WebVTT.

    >>> file_names("en")
    ('film.mp4', 'film.json', 'film.en.srt', 'film.en.vtt')
    """
    return FILM, LEDGER, f"film.{language}.srt", f"film.{language}.vtt"


@dataclass(frozen=True)
class Record:
    """What stands in ``film.sha256``.

    Attributes:
        made_of: all that the film depended on.
        sums: the SHA-256 of every file, by its name.
    """

    made_of: Fingerprint
    sums: dict[str, str]

    @classmethod
    def of(cls, made_of: Fingerprint, folder: Path, names: Iterable[str]) -> Record:
        """Take the sums of the files in a folder.

        Raises:
            OSError: one of them cannot be read.
        """
        return cls(made_of, {name: sha256(folder / name) for name in names})

    @classmethod
    def read(cls, folder: Path) -> Record:
        """Read the record of a folder; one without parts and sums if there is none."""
        try:
            lines = (folder / SUMS).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return cls({}, {})
        parts = [found for line in lines if (found := _PART.fullmatch(line))]
        sums = [found for line in lines if (found := _SUM.fullmatch(line))]
        return cls({found[2]: found[1] for found in parts}, {found[2]: found[1] for found in sums})

    def text(self) -> str:
        """The record as it is written.

        >>> print(Record({"lesson": "0" * 32}, {"film.mp4": "f" * 64}).text().replace("0" * 28, "…"))
        # made of: …0000 lesson
        ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff  film.mp4
        <BLANKLINE>
        """
        lines = [f"# made of: {found} {part}" for part, found in sorted(self.made_of.items())]
        return "\n".join([*lines, *(f"{found}  {name}" for name, found in self.sums.items()), ""])


def finished(out: Path, language: str, made_of: Fingerprint) -> tuple[Path, ...]:
    """The files of a film that is finished and was made of the same; none otherwise.

    Args:
        out: the folder of the film.
        language: its tag.
        made_of: all that the film would be made of now.
    """
    names = file_names(language)
    return () if unlike(out, names, made_of) else tuple(out / name for name in names)


def unlike(out: Path, names: Iterable[str], made_of: Fingerprint) -> list[str]:
    """What is not as it was when the film was finished: parts it is made of, or else files.

    Args:
        out: the folder of the film.
        names: of its files.
        made_of: all that the film would be made of now.
    """
    record = Record.read(out)
    if not record.made_of:
        return ["never made"]
    return changes(record.made_of, made_of) or [
        name for name in names if record.sums.get(name) != sha256_or_empty(out / name)
    ]
