"""The commands by name. A module is loaded when its command is run, so that their list takes no time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "render": "Render the film: film.mp4, captions, and film.json, the ledger of everything said and "
        "shown.",
        "batch": "Render all films of a course that are not up to date, and an index page.",
        "stills": "Draw the last frame of every beat, and a contact sheet of them all.",
        "check": "Report problems of layout, timing and accessibility without drawing; exit code 1 if one is "
        "an error.",
        "voices": "List the voices, and the commands that install those that are missing; or install them.",
        "numbers": "Print every quantity of a lesson: its key, symbol, displayed digits and meaning.",
        "derive": "Print every derivation line by line, with the rule of each line, and every identity.",
    }
)
"""What each command does. It is a function of that name in a module of that name."""


class Deferred(TyperGroup):
    """A group of the commands in `COMMANDS`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command that is loaded when it is run; None if there is no such command."""
        return _Command(cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None


class _Command(TyperCommand):
    """Stands for a command until it is run."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Load the command and parse its arguments."""
        return command(str(self.name)).make_context(info_name, args, parent, **extra)


@cache
def command(name: str) -> Any:
    """A command with its options.

    >>> [option.name for option in command("numbers").params]
    ['lesson', 'as_json']
    """
    program = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    program.command(name, help=COMMANDS[name])(getattr(import_module(f"softmax_explained.cli.{name}"), name))
    return typer.main.get_command(program)
