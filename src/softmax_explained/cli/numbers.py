"""`softmax-explained numbers`: every quantity of a lesson, for people or for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from softmax_explained.cli.arguments import LessonFile, lesson_of
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.solution import Solution
from softmax_explained.scenes.film import FILM

WIDEST_SYMBOL = 24  # columns of the terminal for a symbol, before it wraps


def numbers(
    lesson: LessonFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the exact values.")] = False,
) -> None:
    """Print every quantity of a lesson: its key, symbol, displayed digits and meaning.

    Raises:
        LessonError: the lesson cannot be read or breaks a rule.
    """
    solution: Solution = FILM.solve(lesson_of(lesson))
    if as_json:
        typer.echo(json.dumps(_records(solution), ensure_ascii=False, indent=2))
    else:
        # Where a terminal claims to know ASCII alone, typer writes UTF-8, as it does for the other commands.
        Console(file=typer.get_text_stream("stdout")).print(*_tables(solution), sep="\n")


def _records(solution: Solution) -> list[dict[str, object]]:
    """List every quantity as a JSON object; the exact value is value · 10^exponent."""
    names = "key", "value", "exponent", "decimals", "text", "meaning"
    return [
        {"group": heading, "symbol": to_text(each.symbol), **{name: getattr(each, name) for name in names}}
        for heading, group in solution.groups.items()
        for each in group
    ]


def _tables(solution: Solution) -> Iterator[Text | Table]:
    """Write every quantity: a heading, its table, and the same columns in every table.

    Names go in as `Text`, so that no bracket in them is read as markup.
    """
    yield Text(solution.lesson.title or solution.lesson.source, style="bold")
    rows = {heading: [_cells(each) for each in group] for heading, group in solution.groups.items()}
    key, symbol, value, _ = (
        max(cell.cell_len for cell in column)
        for column in zip(*(row for group in rows.values() for row in group), strict=True)
    )
    for heading, group in rows.items():
        yield Text(f"\n{heading}", style="bold")
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(width=key, style="cyan", no_wrap=True)
        table.add_column(width=min(symbol, WIDEST_SYMBOL))
        table.add_column(width=value, justify="right", no_wrap=True)
        table.add_column()
        for row in group:
            table.add_row(*row)
        yield table


def _cells(quantity: Quantity) -> list[Text]:
    return [*map(Text, (quantity.key, to_text(quantity.symbol), quantity.text, quantity.meaning))]
