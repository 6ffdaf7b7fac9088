"""The transcript as HTML: whole, accessible, without anything from outside, and with no markup of a user."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from made_transcript import HOSTILE, transcript_of

from softmax_explained.studio.documents.transcript_page import transcript_page

VOID = {"meta", "br", "img", "link", "input", "hr"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section"),
    *("h1", "h2", "h3", "p", "a", "time", "ol", "ul", "li", "figure", "figcaption", "dl", "div", "dt", "dd"),
    *("span", "math", "mrow", "mi", "mo", "mn", "mfrac", "msub", "msup", "munder"),
}


class Strict(HTMLParser):
    """Notes every element and attribute, and that each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.seen, self.attributes = [], [], set()

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def parsed(page):
    reader = Strict()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_user_is_text(text):
    page = transcript_page(transcript_of(text))
    reader = parsed(page)
    assert set(reader.seen) <= ELEMENTS
    assert not [name for name in reader.attributes if name.startswith("on")]
    soup = BeautifulSoup(page, "html.parser")
    assert soup.h1.get_text() == text
    assert soup.select_one("section p:first-of-type").get_text() == text
    assert text in soup.find("dd").get_text()
    assert text in soup.select_one("p.quiet").get_text()
    assert soup.select_one("nav a").get_text() == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_comes_back(text):
    page = transcript_page(transcript_of(text))
    assert set(parsed(page).seen) <= ELEMENTS
    assert BeautifulSoup(page, "html.parser").h3.get_text().partition(" ")[2] == text


def test_it_needs_nothing_from_outside_and_runs_nothing():
    page = transcript_page(transcript_of("x"))
    reader = parsed(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(reader.seen)
    assert not {"src", "srcset", "action", "style"} & (reader.attributes - {"style"})
    addresses = set(re.findall(r"[a-z]+://[^\s\"'<>)]+", page))
    assert addresses == {"http://www.w3.org/1998/Math/MathML"}  # the name of a namespace; nothing is loaded
    assert "url(" not in page
    assert "@import" not in page
    soup = BeautifulSoup(page, "html.parser")
    ids = {each["id"] for each in soup.find_all(id=True)}
    assert all(link["href"].removeprefix("#") in ids for link in soup.find_all("a"))


@pytest.mark.parametrize("language", ["en", "zh", "fr", "pt-BR"])
def test_its_language_and_that_of_its_formulas_are_told(language):
    soup = BeautifulSoup(transcript_page(transcript_of("x", language)), "html.parser")
    assert soup.html["lang"] == language
    of_formulas = {each.get("lang") for each in soup.find_all("math")}
    assert of_formulas == ({None} if language in ("en", "zh") else {"en"})


def test_headings_do_not_skip_a_level_and_have_names_of_their_own():
    soup = BeautifulSoup(transcript_page(transcript_of("x")), "html.parser")
    levels = [int(each.name[1]) for each in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels == [1, 2, 2, 3, 3, 2, 3]
    assert max(later - before for before, later in pairwise(levels)) == 1
    ids = [each["id"] for each in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [each["aria-labelledby"] for each in soup.find_all(["nav", "section"])]
    assert set(named) <= set(ids)
    assert len(soup.find_all("main")) == len(soup.find_all("header")) == 1


def test_every_formula_has_its_words_and_is_well_formed():
    page = transcript_page(transcript_of('"<&>'))
    formulas = re.findall(r"<math.*?</math>", page, re.DOTALL)
    assert len(formulas) == 2 * 3
    for source in formulas:
        math = ElementTree.fromstring(source)
        assert math.get("alttext") == math.get("aria-label")
        assert math.get("alttext") in (
            "a sub 1",
            "a sub i equals the fraction e to the z sub i, over the sum over k of e to the z sub k, end sum, "
            "end fraction",
        )


def test_lone_letters_are_left_out_and_a_number_without_a_symbol_has_its_key():
    soup = BeautifulSoup(transcript_page(transcript_of("x")), "html.parser")
    assert len(soup.find("section").find("ul").find_all("li")) == 1
    assert [each.get_text() for each in soup.find("dl").find_all("dt")][1] == "unknown"


def test_times_are_those_of_the_film():
    soup = BeautifulSoup(transcript_page(transcript_of("x")), "html.parser")
    assert [each.find("time").get_text() for each in soup.find_all("h3")] == ["0:00", "0:10", "1:01"]
    assert soup.find_all("h3")[2].find("time")["datetime"] == "PT61S"


def test_a_record_without_mathml_is_shown_as_plain_text():
    transcript = transcript_of("x")
    beats = tuple(
        replace(beat, formulas=tuple(replace(each, mathml="") for each in beat.formulas))
        for beat in transcript.beats
    )
    soup = BeautifulSoup(transcript_page(replace(transcript, beats=beats)), "html.parser")
    assert soup.find("ul").get_text().strip() == "a_i = e^(z_i) / (Σ_k e^(z_k))"


def test_what_is_seen_is_told_only_where_it_is_described():
    assert transcript_page(transcript_of("x", sights={})).count("In the picture") == 0
    assert transcript_page(transcript_of("x")).count("In the picture: x") == 1
