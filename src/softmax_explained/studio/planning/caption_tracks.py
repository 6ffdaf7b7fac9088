"""The captions of a film in every language it has words in, at the times of the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.narration import timing_beside
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.shapes.caption_lane import SIDE
from softmax_explained.studio.captions.catching_up import unhurried
from softmax_explained.studio.captions.segmentation import Limits, Spoken, captions
from softmax_explained.studio.planning.words_check import check_sentences


@dataclass(frozen=True)
class CaptionTrack:
    """The captions of a film in one language, beat by beat."""

    script: Script
    limits: Limits
    frame_rate: int
    spoken: bool  # whether it is the language that is spoken

    def cues(self, beat: str, sentence: Sentence, timing: BeatTiming) -> tuple[Cue, ...]:
        """The captions of a beat, in seconds from its first word. They end with the beat.

        Args:
            beat: its id.
            sentence: what is spoken, as in the captions of the language that is spoken.
            timing: of its words.
        """
        read = sentence if self.spoken else self.script.sentence(beat)
        times = timing if self.spoken else timing_beside(read, sentence, timing)
        end = timing.speech + style().pace("breath")
        words = Spoken.of(read, times, 0.0)
        words = words if self.spoken else unhurried(words, self.limits, end)
        return captions((words,), self.limits, self.frame_rate, end)


def caption_tracks(
    production: Production, scenes: Iterable[type[Chapter]], sentences: Mapping[str, Sentence]
) -> dict[str, CaptionTrack]:
    """The captions of a film by the tag of their language; the language that is spoken is the first.

    Lines are shorter if they are burned into the picture, where only the language that is spoken is shown.

    Args:
        production: the settings, with the words.
        scenes: the chapters that are shown.
        sentences: of the beats that are shown, as captions in the language that is spoken.

    Raises:
        WordsError: the words file of another language cannot be read, or its sentences do not fit the film.
    """
    scenes, (spoken, *others) = tuple(scenes), production.languages
    lane = production.layout.captions.width / style().size("caption") - 2 * SIDE
    width = lane if production.caption_mode == "burn" else None

    def track(script: Script, sentence: Callable[[str], object], width: float | None) -> CaptionTrack:
        text = " ".join(str(sentence(beat)) for beat in sentences)
        limits = Limits.of(text, script.reading, width)
        return CaptionTrack(script, limits, production.frame_rate, script is production.script)

    tracks = {spoken: track(production.script, sentences.__getitem__, width)}
    for language in others:
        script = production.film.script(language, production.solution)
        check_sentences(script, scenes, sentences)
        tracks[language] = track(script, script.sentence, None)
    return tracks
