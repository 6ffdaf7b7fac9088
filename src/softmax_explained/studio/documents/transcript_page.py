"""The transcript of a film as one HTML file, for people and their screen readers.

It needs no other file and runs no scripts. Landmarks and headings tell its structure (WCAG 2.2, 1.3.1 and
2.4.6); formulas are MathML, with their words as the accessible name.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from softmax_explained.core.printing.spoken_terms import spoken_language
from softmax_explained.stage.scene.record import BeatRecord, ShownFormula, ShownNumber
from softmax_explained.studio.documents.plain_text import clock, labelled
from softmax_explained.studio.documents.transcript import Symbol, Transcript, formulas_of, numbers_of
from softmax_explained.studio.video.mux import ChapterMark

_STYLE = """
:root { color-scheme: light dark;
  --page: #fff; --ink: #1b1f24; --quiet: #59636e; --line: #d1d9e0; --link: #0a58ca; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --ink: #e6e6e6; --quiet: #9da7b3; --line: #30363d; --link: #7cb7ff; }
}
* { box-sizing: border-box; }
body { background: var(--page); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; margin: 0 auto;
  max-width: 46rem; overflow-wrap: anywhere; padding: 1.25rem 1rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { border-top: 1px solid var(--line); font-size: 1.375rem; line-height: 1.3; margin: 2.5rem 0 0;
  padding-top: 1.25rem; }
h3 { font-size: 1.0625rem; line-height: 1.4; margin: 1.75rem 0 .25rem; }
p { margin: .25rem 0 .75rem; }
a { color: var(--link); }
time { color: var(--quiet); font-variant-numeric: tabular-nums; font-weight: normal; margin-right: .5em; }
nav time { display: inline-block; min-width: 3.2em; }
nav ol { list-style: none; margin: .25rem 0 0; padding: 0; }
nav h2 { border: 0; font-size: 1.0625rem; margin-top: 1.25rem; padding: 0; }
figure { border-left: 3px solid var(--line); margin: .75rem 0; padding: 0 0 0 .75rem; }
figcaption, .quiet { color: var(--quiet); font-size: .9375rem; }
figure ul, dl { list-style: none; margin: 0; padding: 0; }
.formula { overflow-x: auto; overflow-y: hidden; padding: .3rem 0; }
math[display="block"] { margin: 0; text-align: left; width: max-content; }
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math;
  font-size: 1.1em; }
dl { display: grid; gap: .1rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
dl > div { align-items: baseline; display: grid; gap: .6em;
  grid-template-columns: minmax(2.5rem, max-content) 1fr; }
dd { font-variant-numeric: tabular-nums; margin: 0; }
@media print {
  :root { --page: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000; }
  body { font-size: 11pt; max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  figure, p { break-inside: avoid; }
  .formula { overflow: visible; }
}
"""


def transcript_page(transcript: Transcript) -> str:
    """The transcript as HTML. All text of the user is escaped."""
    words, language = transcript.words, escape(transcript.language)
    title, what = escape(transcript.title), escape(words["transcript"])
    parts = list(transcript.parts())
    facts = " · ".join(map(escape, (*transcript.classes, clock(transcript.duration))))
    links = "\n".join(
        f'<li>{_time(mark.start)}<a href="#{escape(mark.name)}">{escape(mark.title)}</a></li>'
        for mark, _ in parts
    )
    chapters = "\n".join(_chapter(transcript, mark, beats) for mark, beats in parts)
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="softmax-explained">
<title>{title} – {what}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="quiet">{what} · {facts}</p>
</header>
<nav aria-labelledby="chapters">
<h2 id="chapters">{escape(words["chapters"])}</h2>
<ol>
{links}
</ol>
</nav>
<main>
{chapters}
</main>
</body>
</html>
"""


def _chapter(transcript: Transcript, mark: ChapterMark, beats: Iterable[BeatRecord]) -> str:
    name = escape(mark.name)
    content = "\n".join(_beat(transcript, beat) for beat in beats)
    heading = f'<h2 id="{name}">{_time(mark.start)}{escape(mark.title)}</h2>'
    return f'<section aria-labelledby="{name}">\n{heading}\n{content}\n</section>'


def _beat(transcript: Transcript, beat: BeatRecord) -> str:
    words = transcript.words
    lines = [f'<h3 id="{escape(beat.id)}">{_time(beat.start)}{escape(beat.title)}</h3>']
    lines.append(f"<p>{escape(beat.narration)}</p>")
    if sight := transcript.sights.get(beat.id):
        lines.append(f'<p class="quiet">{escape(labelled(words["seen"], sight))}</p>')
    if formulas := formulas_of(beat):
        items = "\n".join(
            f'<li class="formula">{_formula(each, transcript.language)}</li>' for each in formulas
        )
        lines.append(_figure(words["formulas"], f"<ul>\n{items}\n</ul>"))
    if numbers := numbers_of(beat):
        items = "\n".join(_number(each, transcript) for each in numbers)
        lines.append(_figure(words["numbers"], f"<dl>\n{items}\n</dl>"))
    return "\n".join(lines)


def _figure(caption: str, content: str) -> str:
    return f"<figure>\n<figcaption>{escape(caption)}</figcaption>\n{content}\n</figure>"


def _formula(formula: ShownFormula, language: str) -> str:
    return _math(formula.mathml, formula.text, formula.spoken, language)


def _number(number: ShownNumber, transcript: Transcript) -> str:
    symbol = transcript.symbols.get(number.key) or Symbol(number.key, "", "")
    term = _math(symbol.mathml, symbol.text, symbol.spoken, transcript.language)
    meaning = f' <span class="quiet">{escape(symbol.meaning)}</span>' if symbol.meaning else ""
    return f"<div><dt>{term}</dt><dd>{escape(number.text)}{meaning}</dd></div>"


def _math(mathml: str, text: str, spoken: str, language: str) -> str:
    """A MathML element with its words; the plain text for what has none."""
    if not mathml:
        return escape(text)
    said = escape(spoken)
    other = spoken_language(language) != language.partition("-")[0]
    named = f'<math alttext="{said}" aria-label="{said}"' + (' lang="en"' if other else "")
    return named + mathml.removeprefix("<math")


def _time(seconds: float) -> str:
    return f'<time datetime="PT{int(seconds)}S">{clock(seconds)}</time> '
