"""A picture depends on the words in it and on their times, not on what else a words file says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import tiny_film

from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import make_plan


def with_key(**keys: object) -> dict[str, Any]:
    """The words of the tiny film, with more keys in every beat."""
    return {
        name: {
            beat: {**table, **keys} if isinstance(table, dict) and "say" in table else table
            for beat, table in chapter.items()
        }
        for name, chapter in tiny_film.WORDS.items()
    }


def fingerprints(words: dict[str, Any]) -> list[Fingerprint]:
    """Of every beat of the tiny film."""
    plan = make_plan(replace(tiny_film.PRODUCTION, words=WordsFile("en", "tiny film", words)))
    return [
        beat_fingerprint(plan.production, chapter, number)
        for chapter in plan.chapters
        for number in range(len(chapter.beats))
    ]


def test_no_picture_depends_on_what_is_said_to_be_seen() -> None:
    before = fingerprints(tiny_film.WORDS)
    assert before == fingerprints(with_key(sight="A circle grows."))
    assert before == fingerprints(with_key(sight="A circle of radius one grows in the middle."))


def test_every_picture_of_a_chapter_depends_on_its_titles() -> None:
    before, after = fingerprints(tiny_film.WORDS), fingerprints(with_key(title="Another"))
    assert [changes(*pair) for pair in zip(before, after, strict=True)] == [["words in the picture"]] * 3
