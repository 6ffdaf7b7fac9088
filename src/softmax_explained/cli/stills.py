"""`softmax-explained stills`: every beat's last frame, and a contact sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from softmax_explained.cli.arguments import (
    CaptionMode,
    Chapters,
    CutName,
    FrameName,
    Language,
    LessonFile,
    check_folder,
    production_of,
)
from softmax_explained.cli.printable import echo_file


def stills(
    chapters: Chapters = None,
    lesson: LessonFile = None,
    lang: Language = "en",
    frame: FrameName = "wide",
    cut: CutName = "full",
    captions: CaptionMode = None,
    width: Annotated[int, typer.Option(min=160, max=7680, help="Width of each picture in pixels.")] = 1920,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Output folder.")] = Path("out/stills"),
) -> None:
    """Draw the last frame of every beat, and a contact sheet of them all.

    Raises:
        UsageError: there is no such chapter or none in the cut, or the folder cannot be written.
        SoftmaxExplainedError: the lesson or the words are wrong.
    """
    production = production_of(chapters, lesson, lang, frame, cut, captions=captions)
    check_folder(out)

    # Manim is loaded only now, so that help and errors take no time.
    from softmax_explained.studio.planning.plan import make_plan
    from softmax_explained.studio.stills import stills as draw

    plan = make_plan(production)
    scenes = tuple(chapter.scene for chapter in plan.chapters)
    *_, sheet = draw(plan.production, scenes, out, width=width, written=echo_file)
    echo_file(sheet)
