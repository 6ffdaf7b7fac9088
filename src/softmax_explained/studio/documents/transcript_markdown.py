"""The transcript of a film as Markdown (CommonMark 0.31, https://spec.commonmark.org/0.31.2/)."""

from __future__ import annotations

import re

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.documents.plain_text import clock, labelled, one_line
from softmax_explained.studio.documents.transcript import Transcript, formulas_of, numbers_of

_MARKUP = re.compile(r"[\\`*_\[\]{}<>|~$&#!^=@]|:(?=//|\w+:)|(?<=www)\.")
"""Signs that mean something anywhere in a line, in CommonMark or in GitHub's and Pandoc's extensions."""
_START = re.compile(r"^(\d{0,9})([-+:.)])")
"""What would make a line an item of a list, a rule or a definition."""


def transcript_markdown(transcript: Transcript) -> str:
    """The transcript as Markdown. Formulas are plain text; text of the user is escaped."""
    words = transcript.words
    facts = (words["transcript"], *transcript.classes, clock(transcript.duration))
    blocks = [f"# {inline(transcript.title)}", escaped(" · ".join(facts))]
    for mark, beats in transcript.parts():
        blocks.append(f"## {clock(mark.start)} {inline(mark.title)}")
        for beat in beats:
            blocks += _beat(transcript, beat)
    return "\n\n".join(blocks) + "\n"


def _beat(transcript: Transcript, beat: BeatRecord) -> list[str]:
    words = transcript.words
    blocks = [f"### {clock(beat.start)} {inline(beat.title)}", escaped(beat.narration)]
    if sight := transcript.sights.get(beat.id):
        blocks.append(f"*{inline(labelled(words['seen']))}* {inline(sight)}")
    if formulas := [f"- {code(formula.text)}" for formula in formulas_of(beat)]:
        blocks += [f"*{inline(labelled(words['formulas']))}*", "\n".join(formulas)]
    items = list[str]()
    for number in numbers_of(beat):
        symbol = transcript.symbols.get(number.key)
        meaning = f" ({inline(symbol.meaning)})" if symbol and symbol.meaning else ""
        items.append(f"- {code(symbol.text if symbol else number.key)}: {inline(number.text)}{meaning}")
    if items:
        blocks += [f"*{inline(labelled(words['numbers']))}*", "\n".join(items)]
    return blocks


def escaped(text: str) -> str:
    r"""Any text as one line of Markdown that shows the same text.

    >>> print(escaped("**x** <b> a|b"), escaped("1. one"), escaped("- two"))
    \*\*x\*\* \<b\> a\|b 1\. one \- two
    """
    return _START.sub(r"\1\\\2", inline(text))


def inline(text: str) -> str:
    r"""The same for a text that does not begin its line.

    >>> print(inline("- $x$"))
    - \$x\$
    """
    return _MARKUP.sub(r"\\\g<0>", one_line(text))


def code(text: str) -> str:
    r"""Any text as a code span, in which nothing is markup.

    A span begins and ends with more backticks than stand together in it.

    >>> print(code("a_i = y_i"), code("a ` b"), code("`"))
    `a_i = y_i` ``a ` b`` `` ` ``
    """
    line = one_line(text)
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"
