"""`softmax-explained check`: problems of layout, timing and accessibility, found without drawing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from softmax_explained.cli.arguments import (
    CaptionMode,
    Chapters,
    CutName,
    FrameName,
    Jobs,
    Language,
    LessonFile,
    VoiceName,
    production_of,
)

if TYPE_CHECKING:
    from softmax_explained.studio.check.finding import AlgebraLine, Finding, Report

FAILED = 1  # the exit code if there is an error

_COLOURS = {"error": "bold red", "warning": "yellow"}


def check(
    chapters: Chapters = None,
    lesson: LessonFile = None,
    lang: Language = "en",
    frame: FrameName = "wide",
    cut: CutName = "full",
    voice: VoiceName = "none",
    captions: CaptionMode = None,
    jobs: Jobs = None,
    lines: Annotated[bool, typer.Option("--lines", help="Also print how long each line stands.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Report problems of layout, timing and accessibility without drawing; exit code 1 if one is an error.

    Raises:
        UsageError: there is no such chapter or none in the cut, or no voice of that name speaks the language.
        SoftmaxExplainedError: the lesson or the words are wrong, or a picture cannot be laid out.
    """
    production = production_of(chapters, lesson, lang, frame, cut, "draft", voice, captions)

    # Manim is loaded only now, so that help and errors take no time.
    from softmax_explained.studio.check.check_film import check_film
    from softmax_explained.studio.planning.plan import make_plan

    plan = make_plan(production)
    report = check_film(plan.production, tuple(chapter.scene for chapter in plan.chapters), jobs)
    if json_:
        typer.echo(json.dumps(_record(report), ensure_ascii=False, indent=1))
    else:
        if lines:
            _print_lines(report)
        _print(report)
    if report.errors:
        raise typer.Exit(FAILED)


def _record(report: Report) -> dict[str, object]:
    """The report as JSON."""
    counts = {"errors": len(report.errors), "warnings": len(report.warnings), "beats": report.beats}
    lists = {name: [*map(asdict, getattr(report, name))] for name in ("findings", "allowed")}
    lines = [_line_record(line) for line in report.lines]
    return {**counts, "seconds": round(report.seconds, 3), **lists, "lines": lines}


def _line_record(line: AlgebraLine) -> dict[str, object]:
    """A line of algebra as JSON: its times are seconds from the start of the chapters that were checked."""
    record = asdict(line)
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in record.items()}


def _print(report: Report) -> None:
    """Two lines per finding, and a summary; nothing in it is markup: names come from the user."""
    console = Console()
    for finding in report.findings:
        console.print(_entry(finding), soft_wrap=True)
    console.print(
        f"{_count(len(report.errors), 'error')}, {_count(len(report.warnings), 'warning')}, "
        f"{len(report.allowed)} allowed, in {_count(report.beats, 'beat')} of {report.seconds:.0f} s",
        soft_wrap=True,
    )


def _print_lines(report: Report) -> None:
    """One row per line of algebra: how long it stands complete and undimmed, and how long it should."""
    table = Table("beat", "line", "appears", "stands", "needs", box=None)
    for line in report.lines:
        stands = line.until - line.complete_from
        times = (_clock(line.appears), f"{stands:.1f} s", f"{line.needed:.2f} s")
        colour = "" if stands >= line.needed - 0.05 else _COLOURS["error"]
        table.add_row(line.beat, Text(line.line), *times, style=colour)
    Console().print(table)


def _entry(finding: Finding) -> Text:
    place = ".".join(filter(None, (finding.chapter, finding.beat))) or "the film"
    return Text.assemble(
        (f"{finding.severity:<8}", _COLOURS[finding.severity]),
        (f"{finding.code:<9}", "bold"),
        f"{place} at {finding.time:.1f} s (film {_clock(finding.film_time)}): ",
        f"{' / '.join(finding.objects)}\n",
        f"{'':17}{finding.measured}; {finding.norm}. {finding.hint}",
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
