"""What a film will say and when, before a frame of it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.narration.words_file import read_words
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.planning.caption_tracks import caption_tracks
from softmax_explained.studio.planning.glyph_check import check_glyphs
from softmax_explained.studio.planning.words_check import check_words
from softmax_explained.studio.speech.speech import Speech, speak, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.speech.voices import voice_for


@dataclass(frozen=True)
class PlannedBeat:
    """One beat's sentence."""

    id: str  # chapter.name
    sentence: Sentence
    timing: BeatTiming
    speech: Speech | None  # None in a silent film
    # Its captions by the tag of their language, the spoken one first, in seconds from its first word.
    cues: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)

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
    """A film before it is drawn."""

    production: Production  # with the words and the times of the speech
    title: str
    chapters: tuple[PlannedChapter, ...]  # in the order they are shown

    @property
    def beats(self) -> dict[str, PlannedBeat]:
        """Every beat by its id."""
        return {beat.id: beat for chapter in self.chapters for beat in chapter.beats}


def make_plan(production: Production, cache: SpeechCache | None = None) -> Plan:
    """Check the words of a film and speak its sentences.

    Args:
        production: the settings as they are asked for.
        cache: for the speech; the user's own if not given.

    Returns:
        The plan; its production has the words, the voice that speaks them and the times of the speech.

    Raises:
        WordsError: the words do not fit the chapters, or cannot be drawn; or the sentences of another
            language do not fit.
        LessonError: the name of a class cannot be drawn.
        SpeechError: there is no such voice, it speaks another language, or it cannot say a sentence.
    """
    film = production.film
    words = production.words or read_words(production.language, film.words_folder)
    voice = voice_for(words.language, production.voice)
    production = replace(production, language=words.language, words=words, voice=voice)
    scenes = tuple(film.chapter(name) for name in production.shown)
    check_words(production.script, scenes, film=film.chapter_classes())
    check_glyphs(production.script, {scene.name: scene.beats() for scene in scenes})
    speaker, script = voice_named(voice), production.script

    def plan_beat(beat: str) -> PlannedBeat:
        narration = script.narration(beat)
        if speaker is None:
            return PlannedBeat(beat, narration.caption, production.timing(beat), None)
        speech = speak(narration.voice, speaker, cache or SpeechCache())
        timing = narration.timing(speech.times, speech.duration)
        silences = narration.insertions(speech.times, speech.duration)
        return PlannedBeat(beat, narration.caption, timing, speech.with_silences(silences))

    def plan_chapter(scene: type[Chapter]) -> PlannedChapter:
        shown = production.cut.shown(scene.name, scene.beats())
        beats = tuple(plan_beat(f"{scene.name}.{name}") for name in shown)
        return PlannedChapter(scene, script.chapter_title(scene.name), beats)

    chapters = _captioned(tuple(map(plan_chapter, scenes)), production)
    timings = {beat.id: beat.timing for chapter in chapters for beat in chapter.beats if beat.speech}
    burned = production.caption_mode == "burn"
    spoken = production.language
    cues = {beat.id: beat.cues[spoken] for chapter in chapters for beat in chapter.beats if burned}
    return Plan(replace(production, timings=timings, cues=cues), script.shared("film", "title"), chapters)


def _captioned(chapters: tuple[PlannedChapter, ...], production: Production) -> tuple[PlannedChapter, ...]:
    """Add the captions of every beat, in every language."""
    scenes = tuple(chapter.scene for chapter in chapters)
    sentences = {beat.id: beat.sentence for chapter in chapters for beat in chapter.beats}
    tracks = caption_tracks(production, scenes, sentences)

    def captioned(beat: PlannedBeat) -> PlannedBeat:
        cues = {tag: track.cues(beat.id, beat.sentence, beat.timing) for tag, track in tracks.items()}
        return replace(beat, cues=cues)

    return tuple(replace(each, beats=tuple(map(captioned, each.beats))) for each in chapters)
