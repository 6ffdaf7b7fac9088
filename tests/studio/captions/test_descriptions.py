"""A description begins in the gap before its beat and lasts until the beat has been narrated."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import webvtt

from softmax_explained.studio.captions.descriptions import description_cues
from softmax_explained.studio.captions.formats import as_vtt


def beats() -> Any:
    """Three beats, each with a second before and after its speech."""
    return [
        SimpleNamespace(id=f"loss.{name}", speech_start=10.0 * n + 1, speech_end=10.0 * n + 9)
        for n, name in enumerate(("who", "price", "why"))
    ]


def test_cues_begin_where_the_speech_before_ends_and_do_not_overlap(tmp_path: Path) -> None:
    seen = {"loss.who": "Bars <grow>.", "loss.why": "A curve & a tangent."}
    (tmp_path / "d.vtt").write_text(as_vtt(description_cues(beats(), seen)), "utf-8")
    read = webvtt.read(str(tmp_path / "d.vtt"))
    assert [(cue.start_in_seconds, cue.end_in_seconds) for cue in read] == [(0, 9), (19, 29)]
    assert "A curve" in read[1].text
    assert "<grow>" not in read[0].raw_text


def test_a_film_without_descriptions_has_an_empty_track() -> None:
    assert as_vtt(description_cues(beats(), {})).strip() == "WEBVTT"
