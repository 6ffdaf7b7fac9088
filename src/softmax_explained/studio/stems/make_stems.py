"""What editors need to go on in a program of their own: the sounds of a film apart, a table, a timeline."""

from __future__ import annotations

from pathlib import Path

from softmax_explained.studio.audio.loudness import Samples
from softmax_explained.studio.audio.mix import mixed, narration_track
from softmax_explained.studio.audio.ticks import tick_track
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.make_film import heard
from softmax_explained.studio.output.manifest import FILM, LEDGER
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.stems.cue_sheet import as_csv, sheet_rows
from softmax_explained.studio.stems.otio import as_otio
from softmax_explained.studio.stems.wav import write_wav

VOICE, TICKS, CUES, TIMELINE = "voice.wav", "ticks.wav", "cues.csv", "film.otio"


def make_stems(plan: Plan, out: Path, folder: Path) -> tuple[Path, ...]:
    """Write the parts of a finished film.

    The sum of `VOICE` and `TICKS` is the sound of the film before it was encoded. A film without a voice has
    neither, one without ticks only the first.

    Args:
        plan: of the film.
        out: the folder with the film and its ledger.
        folder: where the files go; created if it is missing.

    Returns:
        The files, which appear together.

    Raises:
        FilmError: the folder cannot be written.
    """
    ledger = Ledger.parse((out / LEDGER).read_text("utf-8"))
    rows = sheet_rows(plan, ledger)
    with staging_dir(folder, "the stems", "--stems") as scratch:
        sounds = _sounds(plan, ledger)
        for name, sound in sounds.items():
            write_wav(sound, scratch / name)
        table = as_csv(rows, plan.production.frame_rate)
        (scratch / CUES).write_bytes(table.encode())  # its lines have the ends that they should have
        files = [folder / name for name in sounds]
        (scratch / TIMELINE).write_text(as_otio(ledger, rows, out / FILM, files, folder), "utf-8")
        names = *sounds, CUES, TIMELINE
        replace_files(scratch, folder, names)
    return tuple(folder / name for name in names)


def _sounds(plan: Plan, ledger: Ledger) -> dict[str, Samples]:
    """The sounds by the names of their files, all in stereo and as long as the film."""
    clips, sounds = heard(plan, ledger.beats)
    if not clips:
        return {}
    ticks = tick_track(sounds, ledger.duration) if sounds else None
    voice = mixed(narration_track(clips, ledger.duration), ticks).voice
    return {VOICE: voice} if ticks is None else {VOICE: voice, TICKS: ticks.repeat(2, axis=0)}
