"""All commands, as one program.

What a user can correct is a `SoftmaxExplainedError`: it is printed as one message, and the exit code is 2.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from softmax_explained import __version__
from softmax_explained.cli.deferred import Deferred
from softmax_explained.cli.printable import printable
from softmax_explained.errors import SoftmaxExplainedError, UsageError

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # errors of writing the output
USER_ERROR = 2  # the exit code for something the user can correct

app = typer.Typer(
    cls=Deferred,
    help="Narrated films of the gradient of cross-entropy through softmax: ∂C/∂zᵢ = aᵢ − yᵢ.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def run() -> None:
    """Run the command that was asked for.

    Raises:
        SystemExit: always; its code is 0, 2 for a user error, 130 for Ctrl-C, 143 for `kill`.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal or file whose encoding lacks − or ∂ gets an escape
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except SoftmaxExplainedError as error:
        _report(error)
    except OSError as error:
        if error.errno not in NO_SPACE or error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python fails again at its end
        _report(UsageError(f"the output cannot be written: {error.strerror}", hint="send it somewhere else"))


def _report(error: SoftmaxExplainedError) -> NoReturn:
    Console(stderr=True).print(_message(error), soft_wrap=True)
    sys.exit(USER_ERROR)


def _leave(number: int, frame: object) -> None:
    """End as Ctrl-C does: workers are stopped and temporary files deleted."""
    sys.exit(128 + number)


def _message(error: SoftmaxExplainedError) -> Text:
    """The message as plain text: it holds what a user typed, so none of it is markup or moves the cursor."""
    return Text.assemble(("error: ", "bold red"), printable(str(error)))
