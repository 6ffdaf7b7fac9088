"""What is seen in each beat, as cues for a track of descriptions.

Such a track is read out, by a screen reader or by a page that stops the film meanwhile. The narration leaves
gaps of about a second between beats, in which no sentence fits; so a cue begins in the gap before its beat,
and lasts until the speech of the beat has ended. Source: WebVTT, W3C, section 1.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.scene.record import BeatRecord


def description_cues(beats: Sequence[BeatRecord], seen: Mapping[str, str]) -> tuple[Cue, ...]:
    """A cue for every beat whose picture is described.

    Args:
        beats: in order, in seconds of the film.
        seen: what is seen in a beat, by its id.
    """
    cues, start = list[Cue](), 0.0
    for beat in beats:
        if beat.id in seen:
            cues.append(Cue(start, beat.speech_end, (seen[beat.id],)))
        start = beat.speech_end
    return tuple(cues)
