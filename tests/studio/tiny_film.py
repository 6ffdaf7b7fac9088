"""A film of two tiny chapters with words of its own, small enough to be drawn in a test."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from manim import Circle, FadeIn, Square

from softmax_explained.scenes.film import FILM as SOFTMAX_FILM
from softmax_explained.stage import Chapter, Production, beat
from softmax_explained.stage.narration.words_file import WordsFile, WordsSchema, read_words
from softmax_explained.stage.scene.film import FULL, Cut

FOLDER = Path(__file__).parent / "tiny_words"
WORDS = read_words("en", FOLDER).tables

CHINESE = """
[film]
title = "小电影"
[opening.first]
say = "这里出现一个{round|圆}。"
[opening.second]
say = "它有 {S} 个朋友，{cls[t]}留下。"
[ending.last]
say = "{square|方块}在这里出现。"
"""
"""What a Chinese words file has at least for captions: sentences, and no titles of chapters and beats."""


class Opening(Chapter):
    @beat
    def first(self) -> None:
        self.on("round", FadeIn(Circle()), sound="cancel")

    @beat
    def second(self) -> None:
        self.add(Square())
        self.tick("cancel", after=0.5)


class Ending(Chapter):
    @beat
    def last(self) -> None:
        self.on("square", FadeIn(Square()))


FAULTY_WORDS = {
    name: {"title": "B", "fails": {"title": "B", "say": "Hello there."}}
    for name in ("broken", "killed", "puts_aside")
}


class Broken(Chapter):
    @beat
    def fails(self) -> None:
        raise ZeroDivisionError("the scene divides by nothing")


class Killed(Chapter):
    @beat
    def fails(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class PutsAside(Chapter):
    """Leaves a file where programs put temporary ones."""

    @beat
    def fails(self) -> None:
        Path(tempfile.gettempdir(), "put aside").touch()


FILM = replace(
    SOFTMAX_FILM,
    name="tiny_film:FILM",
    scenes="tiny_film",
    chapters=("opening", "ending"),
    words_folder=FOLDER,
    words=WordsSchema(),
    names_rules=False,
    poster="",
    cuts={FULL.name: FULL},
)
FAULTY = replace(FILM, name="tiny_film:FAULTY", chapters=(*FILM.chapters, "broken", "killed", "puts_aside"))
TRAILER = Cut("trailer", own_chapters=("ending",), burns_captions=True)
WITH_TRAILER = replace(
    FILM,
    name="tiny_film:WITH_TRAILER",
    chapters=("opening",),
    cuts={cut.name: cut for cut in (FULL, TRAILER)},
)
PRODUCTION = Production(FILM, quality="draft", voice="none", words=WordsFile("en", "tiny film", WORDS))


def faulty(*chapters: str) -> Production:
    """Settings for chapters that do and do not fail."""
    words = WordsFile("en", "tiny film", {**WORDS, **FAULTY_WORDS})
    return replace(PRODUCTION, film=FAULTY, chapters=chapters, words=words)


def bilingual(folder: Path) -> Production:
    """Settings for the film with Chinese captions; its words files are put into a new folder.

    Beats that are not in a cache cannot be drawn: workers do not know this film.
    """
    folder.mkdir()
    (folder / "en.toml").write_text((FOLDER / "en.toml").read_text("utf-8"), "utf-8")
    (folder / "zh.toml").write_text(CHINESE, "utf-8")
    return replace(PRODUCTION, film=replace(FILM, words_folder=folder))


class RecordedProgress:
    """Records the progress of a film."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float]] = []
        self.reasons: dict[str, list[str]] = {}
        self.beats: dict[str, list[str]] = {}  # that were drawn, by chapter

    def drawn(self, chapter: str, seconds: float) -> None:
        self.seen.append((chapter, seconds))

    def reused(self, chapter: str) -> None:
        self.seen.append((f"reused {chapter}", 0))

    def drawing(self, chapter: str, because: Callable[[], list[str]]) -> None:
        self.reasons[chapter] = because()

    def finished(self, chapter: str, drawn: Sequence[str]) -> None:
        self.beats[chapter] = list(drawn)

    def joining(self) -> None:
        self.seen.append(("joining", 0))
