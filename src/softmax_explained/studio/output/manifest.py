"""The manifest of a finished film: what it was made from, and the checksums of its files, in ``film.sha256``.

The file is one that ``sha256sum --check`` reads; what the film was made from stands in its comments:

    # made of: 0f43… lesson
    # made of: 77ab… words
    9f86…  film.mp4
    60ff…  film.json

A film is up to date if all of it is as it was written; interruptions and later damage are noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from softmax_explained.studio.cache.checksums import open_regular, sha256, sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes

FILM, LEDGER, POSTER, CHECKSUMS = "film.mp4", "film.json", "poster.png", "film.sha256"
CHAPTERS, YOUTUBE = "film.chapters.vtt", "film.youtube.txt"

_PART = re.compile(r"# made of: ([0-9a-f]{32}) (.+)")
_SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def file_names(*languages: str) -> tuple[str, ...]:
    """The finished files: film, ledger, poster, captions as SubRip and WebVTT, descriptions and documents.

    Args:
        languages: the tags of the languages that it has captions in; the spoken one is the first.

    >>> file_names("en", "zh")  # doctest: +NORMALIZE_WHITESPACE
    ('film.mp4', 'film.json', 'poster.png',
     'film.en.srt', 'film.en.vtt', 'film.zh.srt', 'film.zh.vtt', 'film.en.descriptions.vtt',
     'film.en.transcript.html', 'film.en.transcript.md', 'film.chapters.vtt', 'film.youtube.txt')
    """
    captions = (f"film.{each}.{ending}" for each in languages for ending in ("srt", "vtt"))
    spoken = f"film.{languages[0]}.descriptions.vtt", *transcript_names(languages[0])
    return FILM, LEDGER, POSTER, *captions, *spoken, CHAPTERS, YOUTUBE


def transcript_names(language: str) -> tuple[str, str]:
    """The transcript of a film that is spoken in a language, as HTML and as Markdown.

    >>> transcript_names("zh")
    ('film.zh.transcript.html', 'film.zh.transcript.md')
    """
    return f"film.{language}.transcript.html", f"film.{language}.transcript.md"


@dataclass(frozen=True)
class Manifest:
    """The content of ``film.sha256``."""

    fingerprint: Fingerprint  # all that the film depended on
    checksums: dict[str, str]  # the SHA-256 of every file, by its name

    @classmethod
    def of(cls, fingerprint: Fingerprint, folder: Path, names: Iterable[str]) -> Manifest:
        """Take the checksums of the files in a folder.

        Raises:
            OSError: one of them cannot be read.
        """
        return cls(fingerprint, {name: sha256(folder / name) for name in names})

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest in a folder; an empty one if there is none."""
        try:
            with open_regular(folder / CHECKSUMS) as file:
                lines = file.read().decode().splitlines()
        except (OSError, ValueError):
            lines = []
        parts = [found for line in lines if (found := _PART.fullmatch(line))]
        sums = [found for line in lines if (found := _SUM.fullmatch(line))]
        return cls({found[2]: found[1] for found in parts}, {found[2]: found[1] for found in sums})

    def text(self) -> str:
        """The manifest as it is written.

        >>> print(Manifest({"lesson": "0" * 32}, {"film.mp4": "f" * 64}).text().replace("0" * 28, "…"))
        # made of: …0000 lesson
        ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff  film.mp4
        <BLANKLINE>
        """
        lines = [f"# made of: {found} {part}" for part, found in sorted(self.fingerprint.items())]
        return "\n".join([*lines, *(f"{found}  {name}" for name, found in self.checksums.items()), ""])


def up_to_date(out: Path, names: Iterable[str], fingerprint: Fingerprint) -> tuple[Path, ...]:
    """The files of a film that is up to date; none if it is not. See `outdated_parts`."""
    names = tuple(names)
    return () if outdated_parts(out, names, fingerprint) else tuple(out / name for name in names)


def outdated_parts(out: Path, names: Iterable[str], fingerprint: Fingerprint) -> list[str]:
    """What has changed since the film was made: what it was made from, or else its files.

    Args:
        out: the folder of the film.
        names: of the files that it has; see `file_names`.
        fingerprint: all that the film would be made from now.
    """
    before = Manifest.read(out)
    if not before.fingerprint:
        return ["never made"]
    return changes(before.fingerprint, fingerprint) or [
        name for name in names if before.checksums.get(name) != sha256_or_empty(out / name)
    ]
