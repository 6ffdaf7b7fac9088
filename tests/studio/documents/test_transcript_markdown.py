"""The transcript as Markdown, read back by an independent parser: text of a user is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_transcript import HOSTILE, transcript_of
from markdown_it import MarkdownIt

from softmax_explained.studio.documents.transcript_markdown import code, escaped, inline, transcript_markdown

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")))
SIGNS = st.text("\\`*_{}[]()<>#+-.!|~$&=^:@/\"' \n1a猫")


def one_line(text):
    return " ".join(text.split())


def read(source):
    """The text of a document of one paragraph; nothing else may be in it."""
    blocks = GITHUB.parse(source)
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"], source
    assert {child.type for child in blocks[1].children} <= {"text", "text_special"}, source
    return "".join(child.content for child in blocks[1].children)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_user_is_text_anywhere(text):
    assert read(escaped(text)) == one_line(text)
    assert read(f"x {inline(text)}") == f"x {one_line(text)}"


@given(PRINTABLE | SIGNS)
def test_any_text_is_read_as_the_same_text(text):
    if line := one_line(text):
        assert read(escaped(text)) == line
        assert read(f"x {inline(text)}") == f"x {line}"


@given(PRINTABLE | SIGNS)
def test_any_text_is_a_code_span(text):
    if line := one_line(text):
        _, inside, _ = GITHUB.parse(f"x {code(text)}")
        assert [child.type for child in inside.children] == ["text", "code_inline"]
        assert inside.children[1].content == line


@given(SIGNS)
def test_no_dollar_and_no_address_is_left_for_extensions(text):
    source = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped(text))  # without what is escaped
    assert "$" not in source
    assert "://" not in source
    assert "@" not in source


@pytest.mark.parametrize("text", HOSTILE)
def test_a_document_has_the_headings_and_lists_of_a_transcript_and_no_other_markup(text):
    blocks = GITHUB.parse(transcript_markdown(transcript_of(text)))
    kinds = {block.type.rpartition("_")[0] or block.type for block in blocks}
    assert kinds == {"heading", "paragraph", "bullet_list", "list_item", "inline"}
    headings = [blocks[n + 1] for n, block in enumerate(blocks) if block.type == "heading_open"]
    assert [block.tag for block in blocks if block.type == "heading_open"] == [
        "h1",
        "h2",
        "h3",
        "h3",
        "h2",
        "h3",
    ]
    line = one_line(text)
    read = ["".join(child.content for child in block.children) for block in headings]
    assert read == [line, f"0:00 {line}", f"0:00 {line}", f"0:10 {line}", f"1:01 {line}", f"1:01 {line}"]
    children = {child.type for block in blocks for child in block.children or ()}
    assert children == {"text", "code_inline", "em_open", "em_close"} | (children & {"text_special"})


def test_it_reads_as_a_person_would_write_it():
    assert transcript_markdown(transcript_of("x")).splitlines()[:26] == [
        "# x", "", "Transcript · x · x · 1:11", "", "## 0:00 x", "", "### 0:00 x", "", "x", "",
        "*In the picture:* x", "", "*Formulas:*", "", "- `a_i = e^(z_i) / (Σ_k e^(z_k))`", "",
        "*Numbers:*", "", "- `a_1`: 0.659 (x)", "- `unknown`: +1", "", "### 0:10 x", "", "x", "",
        "*Formulas:*",
    ]  # fmt: skip
