"""What a film will say and when, before a frame of it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from softmax_explained.errors import SpeechError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.narration import Narration
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.narration.words_file import read_words
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.planning.caption_tracks import caption_tracks
from softmax_explained.studio.planning.glyph_check import check_glyphs
from softmax_explained.studio.planning.words_check import check_words
from softmax_explained.studio.speech.recordings import RECORDED, read_recordings
from softmax_explained.studio.speech.speech import Speech, one_after_the_other, speak_all, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.speech.text.lexicon import lexicon
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


def make_plan(
    production: Production,
    cache: SpeechCache | None = None,
    told: Callable[[int, int], None] = lambda spoken, all_of_them: None,
) -> Plan:
    """Check the words of a film and speak its sentences.

    Args:
        production: the settings as they are asked for.
        cache: for the speech; the user's own if not given.
        told: is called with the number of sentences that are spoken, and of all.

    Returns:
        The plan; its production has the words, the voice that speaks them and the times of the speech.

    Raises:
        WordsError: the words do not fit the chapters, or cannot be drawn; or the sentences of another
            language do not fit.
        LessonError: the name of a class cannot be drawn.
        SpeechError: there is no such voice, it speaks another language, or it cannot say a sentence; or a
            recording is missing or does not fit its sentence.
    """
    film = production.film
    words = production.words or read_words(production.language, film.words_folder)
    production = replace(production, language=words.language, words=words)
    voice = voice_for(words.language, production.voice, production.script.voice)
    production = replace(production, voice=RECORDED if production.recordings else voice)
    scenes = tuple(film.chapter(name) for name in production.shown)
    check_words(production.script, scenes, film=film.chapter_classes())
    check_glyphs(production.script, {scene.name: scene.beats() for scene in scenes})
    script = production.script
    beats = {scene: _shown(production, scene) for scene in scenes}
    narrations = {beat: script.narration(beat) for shown in beats.values() for beat in shown}
    speeches = _speeches(production, narrations, voice, cache or SpeechCache(), told)
    if production.described and not speeches:
        hint = "choose a voice: softmax-explained voices lists them"
        raise SpeechError("a film without a voice cannot describe what is seen", hint=hint)

    def plan_beat(beat: str) -> PlannedBeat:
        narration, speech = narrations[beat], speeches.get(beat)
        if speech is None:
            return PlannedBeat(beat, narration.caption, production.timing(beat), None)
        timing = narration.timing(speech.times, speech.duration)
        speech = speech.with_silences(narration.insertions(speech.times, speech.duration))
        if description := speeches.get(_description(beat)):
            speech = one_after_the_other(description, speech, DESCRIPTION_PAUSE)
            timing = timing.later(speech.duration - timing.speech)
        return PlannedBeat(beat, narration.caption, timing, speech)

    def plan_chapter(scene: type[Chapter]) -> PlannedChapter:
        return PlannedChapter(scene, script.chapter_title(scene.name), tuple(map(plan_beat, beats[scene])))

    chapters = _captioned(tuple(map(plan_chapter, scenes)), production)
    timings = {beat.id: beat.timing for chapter in chapters for beat in chapter.beats if beat.speech}
    burned = production.caption_mode == "burn"
    spoken = production.language
    cues = {beat.id: beat.cues[spoken] for chapter in chapters for beat in chapter.beats if burned}
    return Plan(replace(production, timings=timings, cues=cues), script.shared("film", "title"), chapters)


DESCRIPTION_PAUSE = 0.6
"""Seconds between the description of a beat and its narration."""


def _description(beat: str) -> str:
    """The key of the speech that says what is seen in a beat."""
    return f"{beat} (seen)"


def _shown(production: Production, scene: type[Chapter]) -> tuple[str, ...]:
    """The ids of the beats of a chapter that are shown."""
    return tuple(f"{scene.name}.{name}" for name in production.cut.shown(scene.name, scene.beats()))


def _speeches(
    production: Production,
    narrations: Mapping[str, Narration],
    voice: str,
    cache: SpeechCache,
    told: Callable[[int, int], None],
) -> dict[str, Speech]:
    """The speech of every beat, by its id, and of its description; none for a silent film."""
    script = production.script
    sentences = {beat: narration.voice for beat, narration in narrations.items()}
    if production.described:
        seen = {_description(beat): script.sight(beat) for beat in narrations}
        sentences |= {key: sentence for key, sentence in seen.items() if sentence}
    if production.recordings is not None:
        return read_recordings(production.recordings, sentences, script.language, script.reading)
    speaker = voice_named(voice)
    if speaker is None:
        return {}
    where = f"{script.file}: [pronunciation]"
    known = lexicon(speaker.language).with_words(script.words.get("pronunciation"), where)
    count = len(sentences)
    said = speak_all(tuple(sentences.values()), speaker, cache, known, lambda spoken: told(spoken, count))
    return dict(zip(sentences, said, strict=True))


def _captioned(chapters: tuple[PlannedChapter, ...], production: Production) -> tuple[PlannedChapter, ...]:
    """Add the captions of every beat, in every language."""
    scenes = tuple(chapter.scene for chapter in chapters)
    sentences = {beat.id: beat.sentence for chapter in chapters for beat in chapter.beats}
    tracks = caption_tracks(production, scenes, sentences)

    def captioned(beat: PlannedBeat) -> PlannedBeat:
        cues = {tag: track.cues(beat.id, beat.sentence, beat.timing) for tag, track in tracks.items()}
        return replace(beat, cues=cues)

    return tuple(replace(each, beats=tuple(map(captioned, each.beats))) for each in chapters)
