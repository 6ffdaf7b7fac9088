"""Chapters and beats of a film as ProRes files with a transparent background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from softmax_explained.errors import UsageError, did_you_mean
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.plan import Plan, PlannedChapter
from softmax_explained.studio.video.prores import draw_prores
from softmax_explained.studio.workers.error_context import chapter_errors


def make_prores(
    plan: Plan,
    wanted: Sequence[str],
    out: Path,
    drawn: Callable[[str, float], None] = lambda chapter, seconds: None,
) -> tuple[Path, ...]:
    """Draw chapters and single beats of a film, one file for each.

    Args:
        plan: of the film.
        wanted: the names of chapters and the ids of beats; all chapters of the plan if there are none.
        out: the folder for the files; created if it is missing.
        drawn: called as it goes on, with the name of a chapter and the seconds of it that are drawn.

    Returns:
        The files, such as ``loss.mov`` and ``loss.price.mov``, which appear together at the end.

    Raises:
        UsageError: there is no such chapter or beat in the film.
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    chapters = {chapter.scene.name: chapter for chapter in plan.chapters}
    takes = {name: _take(chapters, name) for name in wanted or chapters}
    rate, before = plan.production.frame_rate, dict.fromkeys(chapters, 0.0)
    with staging_dir(out, "the pictures") as folder:
        for name, (chapter, beats) in takes.items():
            of = chapter.scene.name

            def report(frames: int, of: str = of) -> None:
                drawn(of, before[of] + frames / rate)

            with chapter_errors(chapter.scene, "could not be drawn"):
                file = draw_prores(plan.production, chapter.scene, folder, report, beats)
            file.replace(folder / f"{name}.mov")
            before[of] += sum(beat.seconds for beat in chapter.beats if not beats or _name(beat.id) in beats)
        names = tuple(f"{name}.mov" for name in takes)
        replace_files(folder, out, names)
    return tuple(out / name for name in names)


def _take(chapters: dict[str, PlannedChapter], name: str) -> tuple[PlannedChapter, tuple[str, ...] | None]:
    """The chapter, and the beat of it if the name is that of a beat."""
    of, dot, beat = name.partition(".")
    if of not in chapters:
        hint = f"{did_you_mean(of, chapters)}chapters: {', '.join(chapters)}"
        raise UsageError(f"no chapter {of!r}", hint=hint)
    beats = [_name(each.id) for each in chapters[of].beats]
    if dot and beat not in beats:
        hint = f"{did_you_mean(beat, beats)}beats that the film shows of it: {', '.join(beats)}"
        raise UsageError(f"chapter {of} has no beat {beat!r}", hint=hint)
    return chapters[of], (beat,) if dot else None


def _name(beat: str) -> str:
    return beat.partition(".")[2]
