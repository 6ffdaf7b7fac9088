"""A film is asked for: its chapters and words are found and checked, its sentences spoken."""

from __future__ import annotations

from softmax_explained.core import Lesson
from softmax_explained.scenes.film import CUTS, chapter, chapters
from softmax_explained.stage.check_words import check_words
from softmax_explained.stage.glyphs import check_glyphs
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.words_file import read_words
from softmax_explained.stage.scene.production import Cut, Production
from softmax_explained.studio.plan import Plan, plan_film
from softmax_explained.studio.speech import voice_for
from softmax_explained.studio.speech_cache import SpeechCache


def commission(
    lesson: Lesson,
    names: tuple[str, ...],
    *,
    language: str = "en",
    frame: str = "wide",
    quality: str = "high",
    voice: str | None = None,
    cut: str = "full",
) -> Plan:
    """Plan a film of a lesson.

    Args:
        lesson: the givens.
        names: of its chapters, in the order they are shown.
        language: a language of ``assets/words``, or the path of a words file of the user's own.
        frame: a key of `stage.design.layout.FRAMES`.
        quality: a key of `stage.scene.production.QUALITIES`.
        voice: one of `studio.speech.VOICES` that speaks the language, or ``none``; the language's own voice
            if not given, and none if it has none.
        cut: a key of `scenes.film.CUTS`.

    Raises:
        WordsError: the words do not fit the chapters, or cannot be drawn.
        LessonError: the name of a class cannot be drawn.
        SpeechError: the voice cannot say them.
    """
    words = read_words(language)
    production = Production(
        lesson=lesson,
        language=words.language,
        words=words,
        frame=frame,
        quality=quality,
        voice=voice_for(words.language, voice),
        cut=Cut(cut, CUTS[cut]),
    )
    script = Script.of(words, production.solution)
    scenes = tuple(chapter(name) for name in names)
    check_words(script, scenes, film=chapters())
    check_glyphs(script, {scene.name: scene.beats() for scene in scenes})
    return plan_film(production, script, scenes, SpeechCache())
