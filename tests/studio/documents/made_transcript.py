"""A transcript of two chapters with any texts in it."""

from __future__ import annotations

from softmax_explained.core.formulas.symbols import DEFINITIONS, a, i
from softmax_explained.core.printing.mathml import to_mathml
from softmax_explained.core.printing.spoken import to_spoken
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.stage.narration.document_words import ENGLISH
from softmax_explained.stage.scene.record import BeatRecord, ShownFormula, ShownNumber
from softmax_explained.studio.documents.transcript import Symbol, Transcript
from softmax_explained.studio.video.mux import ChapterMark

HOSTILE = (
    "<script>alert(1)</script>",
    "a|b",
    "**x** _y_ ~~z~~",
    "`code` ``two`` `",
    "$x$ and $$y$$",
    "# not a heading #",
    "1. not a list",
    "1) not a list",
    "- not a list",
    "+ not a list",
    "---",
    "===",
    "> not a quote",
    "![x](http://evil.example/x.png)",
    "[l](javascript:alert(1)) https://evil.example www.evil.example a@b.example",
    "&lt; &amp; &#60; & <",
    '" onmouseover="alert(1)" x="',
    "</style><img src=x onerror=alert(1)>",
    "<!-- comment -->",
    "\\*back\\slash\\",
    ":smile: ::: {.class}",
    "[^1]: a note",
    "  spaces  in\n\nlines\t",
    "    indented",
    "猫|**狗**",
)


def shown(expr: object, language: str = "en", *proof: str) -> ShownFormula:
    """A formula as a chapter records it."""
    return ShownFormula(
        "", to_text(expr), proof, None, to_mathml(expr, display=True), to_spoken(expr, language)
    )


def transcript_of(text: str, language: str = "en", **changes: object) -> Transcript:
    """A transcript in which a text stands wherever a user's text may stand."""
    beats = tuple(
        BeatRecord(
            id=f"{chapter}.{name}",
            chapter=chapter,
            title=text,
            start=start,
            speech_start=start,
            speech_end=start + 9,
            end=start + 10,
            narration=text,
            numbers=(ShownNumber("a[0]", "0.659", 0.659), ShownNumber("unknown", "+1", 1.0)),
            formulas=(shown(DEFINITIONS["a"], language, "definition:a"), shown(a[i], language)),
        )
        for chapter, name, start in (("one", "first", 0.0), ("one", "second", 10.0), ("two", "last", 61.0))
    )
    marks = ChapterMark("one", text, 0.0, 61.0), ChapterMark("two", text, 61.0, 71.0)
    symbol = Symbol(to_text(a[1]), to_mathml(a[1]), to_spoken(a[1], language), text)
    settings = {
        "language": language,
        "title": text,
        "classes": (text, text),
        "duration": 71.0,
        "chapters": marks,
        "beats": beats,
        "words": dict(ENGLISH),
        "symbols": {"a[0]": symbol},
        "sights": {"one.first": text},
    }
    return Transcript(**(settings | changes))
