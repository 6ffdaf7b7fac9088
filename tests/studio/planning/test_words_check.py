"""Words and scenes are compared before a frame is drawn, and every slip is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from manim import Square

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.errors import WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.document_words import ENGLISH
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.scene.beat import beat, cues_of
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.studio.planning.words_check import check_words


class Made(Chapter):
    """A chapter of one beat."""

    @beat
    def up(self) -> None:
        square = Square()
        self.on("grow", square.animate.scale(2))
        self.on("done", square.animate.scale(2))
        self.add(self.label("total"))


WORDS: dict[str, Any] = {
    "film": {"title": "A film"},
    "letters": {"i": "nudged", "j": "answers", "k": "counts"},
    "dock": {"steep": "steep"},
    "rules": {rule: rule for derivation in DERIVATIONS.values() for rule in derivation.rules},
    "made": {
        "title": "Made up",
        "up": {"title": "Up", "say": "It {grow|grows} and is {done|done}.", "labels": {"total": "total"}},
    },
}


def filled(words: Any, lesson: Lesson | None = None) -> Script:
    return Script("en", solve(lesson or default_lesson()), words, schema=FILM.schema)


def script(**changes: Any) -> Script:
    words = copy.deepcopy(WORDS)
    words["made"]["up"].update(changes)
    return filled(words)


def test_words_that_fit_are_accepted() -> None:
    check_words(script(), [Made])
    check_words(script(sight="A square grows."), [Made])


def test_a_beat_is_read_for_its_marks_and_labels() -> None:
    assert cues_of(Made.up).marks == ("grow", "done")
    assert cues_of(Made.up).labels == ("total",)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"say": "It {grow|grows}."}, "made.up.say: mark 'done' is missing"),
        ({"say": "{more|It} {grow|grows} {done|on}."}, "made.up.say: mark 'more' starts no move"),
        ({"say": "{done|It} {grow|grows}."}, "come in another order"),
        ({"say": "It {grow|grows} {done|{a[9]}}."}, "no quantity {a[9]}"),
        ({"say_soft": "It {grow|grows}."}, "made.up.say_soft: mark 'done' is missing"),
        (
            {"voice": "It {grow|grows}."},
            "made.up.voice: the voice has the marks grow, its sentence grow, done",
        ),
        ({"voice": "It {grow|grows} {done|{a[9]}}."}, "made.up.voice: no quantity {a[9]}"),
        ({"voice_soft": "It {grow|grows} {done|on}."}, "made.up.voice_soft: nothing reads it"),
        ({"sight": "A {grow|square}."}, "made.up.sight: a mark in words that start no animation"),
        ({"sight": "A square of {a[9]}."}, "made.up.sight: no quantity {a[9]}"),
        ({"sight_soft": "A square."}, "made.up.sight_soft: nothing reads it"),
        (
            {"say_soft": "It {grow|grows}, {done|done}.", "sight_soft": "{a[9]}"},
            "made.up.sight_soft: no quantity {a[9]}",
        ),
        ({"pauses": {"shrink": 1}}, "made.up.pauses: no mark 'shrink'"),
        ({"waits": {"grow": 4}}, "made.up.waits: grow = 4"),
        ({"title": ""}, "made.up.title is missing"),
        ({"title": "{up|Up}"}, "made.up.title: a mark in words that start no animation"),
        ({"title": "Up by {a[9]}"}, "made.up.title: no quantity {a[9]}"),
        (
            {"labels": {"total": "{grow|total}"}},
            "made.up.labels.total: a mark in words that start no animation",
        ),
        ({"labels": "total"}, "made.up.labels is not a table"),
        ({"labels": {}}, "made.up.labels.total is missing"),
        ({"labels": {"total": "total", "spare": "x"}}, "made.up.labels.spare: not shown"),
        ({"sya": "typo"}, "made.up.sya: nothing reads it"),
    ],
)
def test_a_slip_is_named(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(WordsError) as slip:
        check_words(script(**changes), [Made])
    assert complaint in str(slip.value)


def test_all_slips_are_named_at_once() -> None:
    with pytest.raises(WordsError) as slip:
        check_words(script(title="", sya="x"), [Made])
    assert "title is missing" in str(slip.value) and "sya" in str(slip.value)


def test_a_chapter_nobody_knows_is_named() -> None:
    words = {**copy.deepcopy(WORDS), "maed": {"title": "typo"}}
    with pytest.raises(WordsError, match="maed: nothing reads it"):
        check_words(filled(words), [Made])


@pytest.mark.parametrize(
    ("table", "changes", "complaint"),
    [
        ("film", {"title": " "}, "film.title is missing"),
        ("film", {"titel": "typo"}, "film.titel: nothing reads it"),
        ("rules", {"factor": 1}, "rules.factor is missing"),
        ("rules", {"fcator": "typo"}, "rules.fcator: nothing reads it"),
        ("made", {"title": None}, "made.title is missing"),
    ],
)
def test_a_slip_in_what_all_chapters_share_is_named(
    table: str, changes: dict[str, Any], complaint: str
) -> None:
    words = {**copy.deepcopy(WORDS), table: WORDS[table] | changes}
    with pytest.raises(WordsError) as slip:
        check_words(filled(words), [Made])
    assert complaint in str(slip.value)


@pytest.mark.parametrize("table", ["film", "letters", "rules", "made"])
def test_a_table_that_is_none_is_named(table: str) -> None:
    with pytest.raises(WordsError, match=rf"\[{table}\] is missing"):
        check_words(filled({**WORDS, table: "words"}), [Made])


def test_a_title_is_filled_like_everything_else() -> None:
    assert script(title="Up to {S} for {cls[t]}").title("made.up") == "Up to 11.213 for dog"


def test_soft_targets_say_the_soft_sentence() -> None:
    soft = Lesson.from_logits([1.0, 2.0], classes=("a", "b"), targets=[0.5, 0.5])
    words = copy.deepcopy(WORDS)
    words["made"]["up"]["say_soft"] = "Softly {grow|grows} and is {done|done}."
    assert str(filled(words, soft).sentence("made.up")).startswith("Softly")
    assert str(filled(words).sentence("made.up")).startswith("It")


def test_a_variant_is_spoken_by_its_own_voice() -> None:
    marks = "{grow|grows} and is {done|done}."
    soft = Lesson.from_logits([1.0, 2.0], classes=("a", "b"), targets=[0.5, 0.5])
    words = copy.deepcopy(WORDS)
    words["made"]["up"] |= {"voice": f"Loudly {marks}", "say_soft": f"Softly {marks}"}
    assert str(filled(words).narration("made.up").voice).startswith("Loudly")
    assert str(filled(words, soft).narration("made.up").voice).startswith("Softly")
    words["made"]["up"]["voice_soft"] = f"In a whisper {marks}"
    said = filled(words, soft).narration("made.up")
    assert (str(said.caption)[:6], str(said.voice)[:12]) == ("Softly", "In a whisper")
    check_words(filled(words), [Made])


def test_a_language_that_is_not_there_is_an_error_that_lists_those_that_are() -> None:
    with pytest.raises(WordsError, match=r"languages: .*en"):
        FILM.script("xx", solve(default_lesson()))


def with_documents(table: Any) -> Script:
    return filled({**copy.deepcopy(WORDS), "documents": table})


def test_words_of_documents_may_be_left_out_and_are_english_then() -> None:
    check_words(with_documents({"formulas": "Formeln {C}"}), [Made])
    script = with_documents({"formulas": "Formeln {C}"})
    assert script.document("formulas") == f"Formeln {script.solution['C'].text}"
    assert script.document("numbers") == ENGLISH["numbers"] == "Numbers"
    assert filled(WORDS).document("transcript") == "Transcript"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"formula": "Formeln"}, "documents.formula: nothing reads it"),
        ({"formulas": "{on|Formeln}"}, "documents.formulas: a mark in words that start no animation"),
        ({"formulas": ""}, "documents.formulas is missing"),
        ({"formulas": 3}, "documents.formulas is missing"),
        ("Formeln", "[documents] is not a table"),
    ],
)
def test_words_of_documents_that_are_wrong_are_named(table: Any, told: str) -> None:
    with pytest.raises(WordsError) as caught:
        check_words(with_documents(table), [Made])
    assert told in caught.value.message


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_film_has_all_words_of_documents_in_its_languages(language: str) -> None:
    table = FILM.script(language, solve(default_lesson())).words["documents"]
    assert table.keys() == ENGLISH.keys()
    if language == "en":
        assert {**table, "about": ""} == ENGLISH
