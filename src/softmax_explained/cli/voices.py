"""`softmax-explained voices`: which voices there are, and how to get those that are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from softmax_explained.cli.printable import echo_file
from softmax_explained.errors import UsageError
from softmax_explained.studio.speech.voices import TABLE

ACTIONS = "list", "install"


def voices(
    action: Annotated[
        str,
        typer.Argument(metavar="|".join(ACTIONS), help="What to do; list by default.", show_default=False),
    ] = "list",
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="With install: the file kokoro-js-1.2.1.tgz, instead of downloading it with npm.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With list: print JSON.")] = False,
) -> None:
    """List the voices, and the commands that install those that are missing; or install them.

    Raises:
        UsageError: there is no such action, or the option does not belong to it.
        SpeechError: npm is missing or fails, or the file is not the one that is needed.
    """
    if action not in ACTIONS:
        raise UsageError(f"voices {action}", hint=f"one of: {', '.join(ACTIONS)}")
    if action == "install":
        if as_json:
            raise UsageError("voices install --json", hint="--json goes with voices list")
        from softmax_explained.studio.speech.install_voices import install

        for file in install(from_):
            echo_file(file)
        return
    if from_ is not None:
        raise UsageError(f"voices list --from {from_}", hint="--from goes with voices install")
    if as_json:
        typer.echo(json.dumps(_records(), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines()))


def _records() -> list[dict[str, object]]:
    return [
        {
            "name": entry.name,
            "language": entry.language,
            "about": entry.about,
            "installed": entry.is_installed,
            "missing_packages": list(entry.missing_packages),
            "commands": list(entry.remedies),
        }
        for entry in TABLE.values()
    ]


def _lines() -> Iterator[str]:
    for entry in TABLE.values():
        state = "installed" if entry.is_installed else "not installed"
        yield f"{entry.name:<12} {entry.language:<4} {state:<15} {entry.about}"
    missing = dict.fromkeys(command for entry in TABLE.values() for command in entry.remedies)
    if missing:
        yield from ("", "To install what is missing, run:", *(f"  {command}" for command in missing))
