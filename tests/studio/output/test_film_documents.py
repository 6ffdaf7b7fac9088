"""The documents of the tiny film, and of a chapter of the project's film that is played and not drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import webvtt
from bs4 import BeautifulSoup

from softmax_explained.core import Lesson, solve
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.documents.transcript import formulas_of
from softmax_explained.studio.output.film_documents import documents, result_of, symbols_of
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment import Segment

HOSTILE = "<script>alert(1)</script>", "a|b **x** `c` $d$", "狗 & fox"
LESSON = Lesson.from_logits([2.0, 1.0, 0.1], HOSTILE, [0, 1, 0])


@cache
def chapter_of(language: str) -> tuple[Plan, Ledger]:
    """The plan and the ledger of a film of one chapter."""
    plan = make_plan(
        Production(FILM, LESSON, ("collapse",), language=language, quality="draft", voice="none")
    )
    records = tuple(dry_run(FILM.chapter("collapse"), plan.production).records)
    segment = Segment("collapse", Path("collapse.mp4"), round(records[-1].end * 15), 15, records)
    return plan, Ledger.of(plan, (segment,))


def test_the_documents_of_the_tiny_film_say_what_its_ledger_says(tiny_files: dict[str, Path]) -> None:
    ledger = Ledger.parse(tiny_files["film.json"].read_text("utf-8"))
    page = BeautifulSoup(tiny_files["film.en.transcript.html"].read_text("utf-8"), "html.parser")
    assert page.html["lang"] == "en"
    assert page.h1.get_text() == ledger.title
    assert [each.get_text() for each in page.select("section > p")] == [
        beat.narration for beat in ledger.beats
    ]
    markdown = tiny_files["film.en.transcript.md"].read_text("utf-8")
    assert markdown.startswith(f"# {ledger.title}\n")
    cues = webvtt.read(str(tiny_files["film.chapters.vtt"]))
    assert [cue.text for cue in cues] == [chapter.title for chapter in ledger.chapters]
    assert [cue.start_in_seconds for cue in cues] == [int(chapter.start) for chapter in ledger.chapters]
    description = tiny_files["film.youtube.txt"].read_text("utf-8")
    assert description.startswith(f"{ledger.title}\n\n")
    assert "∂C/∂zᵢ = aᵢ − yᵢ" in description
    assert not re.search(r"^\d+:\d\d", description, re.MULTILINE)  # too short for chapters


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_transcript_of_a_chapter_has_its_formulas_and_numbers(language: str) -> None:
    plan, ledger = chapter_of(language)
    page = documents(plan, ledger)[f"film.{language}.transcript.html"]
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.find_all(["script", "img", "link"])
    assert HOSTILE[0] in soup.select_one("header p").get_text()
    shown = [formula.spoken for beat in ledger.beats for formula in formulas_of(beat)]
    assert [each["alttext"] for each in soup.select("li.formula math")] == shown
    assert len(shown) > 10
    for math in re.findall(r"<math.*?</math>", page):
        assert ElementTree.fromstring(math).get("aria-label")
    result = {"en": "the partial derivative of C with respect to z sub i equals a sub i minus y sub i"}
    assert result.get(language, "C 对 z i 的偏导数等于 a i 减 y i") in shown
    terms = [each.get_text() for each in soup.select("dd")]
    assert len(terms) == sum(
        len({(n.key, n.text.lstrip("+")) for n in beat.numbers}) for beat in ledger.beats
    )
    assert any("share of" in term for term in terms) == (language == "en")


def test_chinese_documents_are_in_chinese() -> None:
    plan, ledger = chapter_of("zh")
    texts = documents(plan, ledger)
    assert set(texts) == {
        *("film.zh.transcript.html", "film.zh.transcript.md", "film.chapters.vtt", "film.youtube.txt")
    }
    for text in texts.values():
        assert not re.search(r"Transcript|Formulas|Numbers|Classes|Made with", text)
    assert "公式" in texts["film.zh.transcript.md"]


def test_descriptions_of_what_is_seen_stand_with_their_beats() -> None:
    plan, ledger = chapter_of("en")
    texts = documents(plan, ledger, {"collapse.check": "Three pins | and an arrow"})
    page = BeautifulSoup(texts["film.en.transcript.html"], "html.parser")
    heading = page.find(id="collapse.check")
    assert heading.find_next_siblings("p")[1].get_text() == "In the picture: Three pins | and an arrow"
    assert "*In the picture:* Three pins \\| and an arrow" in texts["film.en.transcript.md"]


def test_the_same_film_has_the_same_documents() -> None:
    plan, ledger = chapter_of("en")
    again = Ledger.parse(ledger.json_text())
    assert documents(plan, ledger) == documents(plan, again)


def test_a_film_without_a_result_names_none_and_an_unknown_key_has_no_symbol() -> None:
    assert result_of(Production(FILM)) == "∂C/∂z_i = a_i − y_i"
    assert result_of(Production(replace(FILM, result=""))) == ""
    assert symbols_of(["nothing"], solve(LESSON), "en") == {}
    symbol = symbols_of(["a[1]"], solve(LESSON), "en")["a[1]"]
    assert (symbol.text, symbol.spoken) == ("a_2", "a sub 2")
    assert symbol.meaning == f"share of {HOSTILE[1]}"
