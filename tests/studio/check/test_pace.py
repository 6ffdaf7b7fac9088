"""The pace is a norm of the whole film; of a chapter alone it is worth a warning, and no more."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
import tiny_film

from softmax_explained.stage import Chapter
from softmax_explained.stage.narration.narration import narration_of, plain
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming, WordTime
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.check import check_film as film
from softmax_explained.studio.check.check_film import check_film
from softmax_explained.studio.check.rules.narration import narration_length

WORDS = {"opening": 14, "ending": 4}
"""Counted by hand in the sentences of the tiny film, as captions show them."""

QUICK, GOOD = 190.0, 150.0
SLOW = WORDS["ending"] / (sum(WORDS.values()) / GOOD - WORDS["opening"] / QUICK)
"""Words a minute of the ending that bring a film with a quick opening to a good pace."""


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "cores", lambda: 1)


def told_at(paces: dict[type[Chapter], float], production: Production = tiny_film.PRODUCTION) -> Production:
    """A production in which each chapter is told at so many words a minute."""
    script = production.script
    timings = {}
    for chapter, pace in paces.items():
        for beat in chapter.beats():
            tokens, step = script.sentence(f"{chapter.name}.{beat}").tokens, 60 / pace
            words = tuple(WordTime(token.text, k * step, (k + 1) * step) for k, token in enumerate(tokens))
            marks = MappingProxyType({token.mark: k * step for k, token in enumerate(tokens) if token.mark})
            timings[f"{chapter.name}.{beat}"] = BeatTiming(len(tokens) * step, words, marks)
    return replace(production, timings=timings)


def found(production: Production, *scenes: type[Chapter]) -> list[tuple[str, str, str]]:
    """Severity, chapter and what was measured of every finding about the pace."""
    findings = check_film(production, scenes).findings
    paced = [finding for finding in findings if finding.code == "PACE"]
    assert {finding.norm for finding in paced} <= {"140 to 165"}
    return [(finding.severity, finding.chapter, finding.measured) for finding in paced]


def test_a_number_among_chinese_characters_counts_as_it_is_read() -> None:
    record, timing = dry_run(tiny_film.Ending, tiny_film.PRODUCTION).records[0], BeatTiming(30.0, (), {})
    numbers = {"z": ("0.242", "number")}
    # a word of more than six letters counts by its letters
    for text, characters in (
        ("得分是 {z}。", 3 + 5),
        ("softmax 把得分变成了概率 {z}。", 1.6 * 7 / 6 + 8 + 5),
    ):
        narration = plain(Sentence.parse(text, numbers.__getitem__))
        length = narration_length([(record, narration, timing)])
        assert (length.length, length.minutes, length.signs) == (pytest.approx(characters), 0.5, True)


def test_what_is_spoken_is_measured_without_the_silences_in_it() -> None:
    record, timing = dry_run(tiny_film.Ending, tiny_film.PRODUCTION).records[0], BeatTiming(33.0, (), {})
    caption, voice = (
        Sentence.parse(text, {}.__getitem__) for text in ("{it|a} b", "{it|one} two three. Four")
    )
    narration = narration_of(caption, voice, {"pauses": {"it": 3.0}}, "")
    length = narration_length([(record, narration, timing)])
    assert (length.length, length.minutes, length.signs) == (4, 0.5, False)


def test_a_film_told_at_a_good_pace_gives_no_finding() -> None:
    told = told_at({tiny_film.Opening: GOOD, tiny_film.Ending: GOOD})
    assert found(told, tiny_film.Opening, tiny_film.Ending) == []


def test_a_film_that_is_too_quick_is_an_error_and_each_of_its_chapters_a_warning() -> None:
    told = told_at({tiny_film.Opening: QUICK, tiny_film.Ending: QUICK})
    assert found(told, tiny_film.Opening, tiny_film.Ending) == [
        ("error", "", "190 words per minute"),
        ("warning", "opening", "190 words per minute"),
        ("warning", "ending", "190 words per minute"),
    ]


def test_quick_and_slow_chapters_of_a_film_with_a_good_pace_are_warnings() -> None:
    told = told_at({tiny_film.Opening: QUICK, tiny_film.Ending: SLOW})
    assert found(told, tiny_film.Opening, tiny_film.Ending) == [
        ("warning", "opening", "190 words per minute"),
        ("warning", "ending", f"{SLOW:.0f} words per minute"),
    ]


def test_the_warning_stands_where_its_chapter_begins() -> None:
    told = told_at({tiny_film.Opening: GOOD, tiny_film.Ending: QUICK})
    opening = check_film(told, [tiny_film.Opening]).seconds
    report = check_film(told, [tiny_film.Opening, tiny_film.Ending])
    (warning,) = (finding for finding in report.warnings if finding.code == "PACE")
    assert (warning.beat, warning.time, warning.film_time) == ("", 0.0, opening)


def test_a_part_of_the_film_has_no_pace_of_a_film() -> None:
    told = told_at({tiny_film.Opening: QUICK, tiny_film.Ending: GOOD})
    assert found(told, tiny_film.Opening) == [("warning", "opening", "190 words per minute")]
    assert found(told, tiny_film.Ending) == []


def test_a_cut_with_one_chapter_is_whole_with_that_chapter() -> None:
    cut = replace(tiny_film.PRODUCTION, cut=Cut("short", ("opening.first", "opening.second")))
    told = told_at({tiny_film.Opening: QUICK}, cut)
    assert [severity for severity, *_ in found(told, tiny_film.Opening)] == ["error", "warning"]
