"""What a film will say and when, before a frame of it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.scenes.film import CUTS, chapter, chapters
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming, reading_time
from softmax_explained.stage.narration.words_file import read_words
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Cut, Production
from softmax_explained.studio.planning.glyph_check import check_glyphs
from softmax_explained.studio.planning.words_check import check_words
from softmax_explained.studio.speech.speech import Speech, speak, voice_for, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache


@dataclass(frozen=True)
class PlannedBeat:
    """One beat's sentence.

    Attributes:
        id: ``chapter.name``.
        sentence: what is said, or read where nobody speaks.
        timing: when its words are.
        speech: its sound, or nothing in a silent film.
    """

    id: str
    sentence: Sentence
    timing: BeatTiming
    speech: Speech | None

    @property
    def seconds(self) -> float:
        """How long it will last at least; a picture that takes longer than its words lengthens it."""
        return self.timing.speech + style().pace("lead") + style().pace("breath")


@dataclass(frozen=True)
class PlannedChapter:
    """A chapter and its beats, in order."""

    scene: type[Chapter]
    title: str
    beats: tuple[PlannedBeat, ...]

    @property
    def seconds(self) -> float:
        """How long it will last at least."""
        return sum(beat.seconds for beat in self.beats) + style().pace("lead")


@dataclass(frozen=True)
class Plan:
    """A film before it is drawn.

    Attributes:
        production: the settings, with the times of the speech where somebody speaks.
        title: the film's.
        script: its words.
        chapters: in the order they are shown.
    """

    production: Production
    title: str
    script: Script
    chapters: tuple[PlannedChapter, ...]

    @property
    def beats(self) -> dict[str, PlannedBeat]:
        """Every beat by its id."""
        return {beat.id: beat for chapter in self.chapters for beat in chapter.beats}


def plan_film(
    production: Production,
    script: Script,
    scenes: tuple[type[Chapter], ...],
    cache: SpeechCache,
    said: Callable[[str], None] = lambda beat: None,
) -> Plan:
    """Speak every sentence of a film.

    Args:
        production: the settings; its voice speaks.
        script: the words of these chapters.
        scenes: the chapters' classes, in the order they are shown.
        cache: for the speech.
        said: called with the id of each beat that is planned.

    Raises:
        SpeechError: there is no such voice, or it cannot say a sentence.
        WordsError: a sentence is missing or wrong.
    """
    voice = voice_named(production.voice)

    def planned(beat: str) -> PlannedBeat:
        sentence = script.sentence(beat)
        speech = speak(sentence, voice, cache) if voice else None
        said(beat)
        timing = speech.timing(sentence) if speech else reading_time(sentence, script.reading)
        return PlannedBeat(beat, sentence, timing, speech)

    chapters = tuple(
        PlannedChapter(
            scene,
            script.chapter_title(scene.name),
            tuple(
                planned(f"{scene.name}.{name}") for name in production.cut.shown(scene.name, scene.beats())
            ),
        )
        for scene in scenes
    )
    spoken = {beat.id: beat.timing for chapter in chapters for beat in chapter.beats if beat.speech}
    return Plan(replace(production, timings=spoken), script.shared("film", "title"), script, chapters)


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
        voice: one of `studio.speech.speech.VOICES` that speaks the language, or ``none``; the language's own
            voice if not given, and none if it has none.
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
