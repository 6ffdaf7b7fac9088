"""The documents of a film: what its ledger and its plan say, as transcript, chapters and description."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.core.printing.mathml import to_mathml
from softmax_explained.core.printing.spoken import to_spoken
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UnknownQuantityError
from softmax_explained.stage.narration import document_words
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.documents.chapters import chapters_vtt
from softmax_explained.studio.documents.transcript import Symbol, Transcript
from softmax_explained.studio.documents.transcript_markdown import transcript_markdown
from softmax_explained.studio.documents.transcript_page import transcript_page
from softmax_explained.studio.documents.youtube import Description, youtube_text
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import CHAPTERS, YOUTUBE, transcript_names
from softmax_explained.studio.planning.plan import Plan

_MEANINGS = "en"
"""The language of `Quantity.meaning`."""


def documents(plan: Plan, ledger: Ledger, sights: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """The documents by file name: the transcript, the chapters, and the title and description for YouTube.

    Nothing is drawn or played: all of it stands in the ledger, or in the plan and its words.

    Args:
        plan: of the film.
        ledger: of the film.
        sights: by beat, what can be seen, for those who cannot see it; empty leaves it out.
    """
    production = plan.production
    script, language = production.script, production.tag
    words = {name: script.document(name) for name in document_words.ENGLISH}
    keys = sorted({number.key for beat in ledger.beats for number in beat.numbers})
    transcript = Transcript(
        language,
        plan.title,
        script.classes,
        ledger.duration,
        ledger.chapters,
        ledger.beats,
        words,
        symbols_of(keys, script.solution, language),
        sights,
    )
    description = Description(
        words["about"],
        words["classes"],
        script.classes,
        words["result"],
        result_of(production),
        words["made"],
    )
    page, markdown = transcript_names(language)
    return {
        page: transcript_page(transcript),
        markdown: transcript_markdown(transcript),
        CHAPTERS: chapters_vtt(ledger.chapters),
        YOUTUBE: youtube_text(plan.title, description, ledger.chapters, ledger.duration),
    }


def symbols_of(keys: list[str], solution: FilmSolution, language: str) -> dict[str, Symbol]:
    """The symbols of quantities by their keys; a key that names none has none."""
    symbols = dict[str, Symbol]()
    for key in keys:
        try:
            quantity = solution[key]
        except UnknownQuantityError:
            continue
        of, spoken = quantity.symbol, to_spoken(quantity.symbol, language)
        meaning = quantity.meaning if language.partition("-")[0] == _MEANINGS else ""
        symbols[key] = Symbol(to_text(of), to_mathml(of), spoken, meaning)
    return symbols


def result_of(production: Production) -> str:
    """The result of the film as plain text: the first and the last line of its derivation; "" without one."""
    film = production.film
    return to_text(film.theory.derivations[film.result].equations[-1]) if film.result else ""
