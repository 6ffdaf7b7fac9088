"""A film as a timeline for editing programs: OpenTimelineIO, whose files are JSON.

The objects and their fields are those that OpenTimelineIO 0.18 writes and that its specification describes
(https://opentimelineio.readthedocs.io); readers since 0.15 know them. Times are whole frames of the film.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.stems.cue_sheet import SheetRow

_COLOURS = {"chapter": "PURPLE", "mark": "GREEN", "pause": "YELLOW"}  # of markers

_OURS = "softmax-explained"  # the key of what this program notes in the metadata of an object

_Object = dict[str, Any]


def as_otio(
    ledger: Ledger, rows: Sequence[SheetRow], film: Path, sounds: Iterable[Path], folder: Path
) -> str:
    """A timeline: the beats as clips of the film, below them its sounds, and markers.

    Chapters are markers of the timeline; marked words and pauses are markers of the clip of their beat.

    Args:
        ledger: of the film.
        rows: what happens in it.
        film: the video; its own sound is not used.
        sounds: files as long as the film; each gets a track, which has the name of the file.
        folder: where the timeline will be, because it names the files relative to it.
    """
    rate = int(str(ledger.production["frame_rate"]))
    whole = _range(0, ledger.duration, rate)
    picture = [
        _clip(
            beat.title,
            _media(film, folder, whole),
            _range(beat.start, beat.end, rate),
            markers=[_marker(row, rate) for row in rows if row.id.startswith(f"{beat.id}.")],
            metadata={_OURS: {"id": beat.id, "narration": beat.narration}},
        )
        for beat in ledger.beats
    ]
    tracks = [_track("picture", "Video", picture)]
    for sound in sounds:
        tracks.append(_track(sound.stem, "Audio", [_clip(sound.stem, _media(sound, folder, whole), whole)]))
    chapters = [_marker(row, rate) for row in rows if row.kind == "chapter"]
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {_OURS: ledger.production},
        "name": ledger.title,
        "global_start_time": _time(0, rate),
        "tracks": {**_item("Stack.1", "tracks", markers=chapters), "children": tracks},
    }
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _track(name: str, kind: str, clips: list[_Object]) -> _Object:
    return {**_item("Track.1", name), "children": clips, "kind": kind}


def _clip(name: str, media: _Object, source: _Object, **parts: Any) -> _Object:
    """A part of a file, given by its range there."""
    return {
        **_item("Clip.2", name, **parts),
        "source_range": source,
        "media_references": {"DEFAULT_MEDIA": media},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _item(
    schema: str, name: str, markers: Sequence[_Object] = (), metadata: _Object | None = None
) -> _Object:
    return {
        "OTIO_SCHEMA": schema,
        "metadata": metadata or {},
        "name": name,
        "source_range": None,
        "effects": [],
        "markers": list(markers),
        "enabled": True,
    }


def _media(file: Path, folder: Path, available: _Object) -> _Object:
    relative = Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix()
    return {
        "OTIO_SCHEMA": "ExternalReference.1",
        "metadata": {},
        "name": file.name,
        "available_range": available,
        "available_image_bounds": None,
        "target_url": quote(relative),
    }


def _marker(row: SheetRow, rate: int) -> _Object:
    """A marker in the time of the film, which is also that of the file of a clip."""
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {_OURS: {"id": row.id, "kind": row.kind}},
        "name": row.text or row.id,
        "color": _COLOURS[row.kind],
        "marked_range": _range(row.start, row.end, rate),
        "comment": "",
    }


def _range(start: float, end: float, rate: int) -> _Object:
    first, last = round(start * rate), round(end * rate)
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(first, rate),
        "duration": _time(last - first, rate),
    }


def _time(frames: int, rate: int) -> _Object:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(frames)}
