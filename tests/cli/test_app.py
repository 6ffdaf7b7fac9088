"""A mistake is told in one message with exit code 2, and nothing a user typed is taken for markup."""

import inspect
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from softmax_explained import __version__, cli
from softmax_explained.cli import app as program
from softmax_explained.cli import render
from softmax_explained.cli.deferred import COMMANDS
from softmax_explained.cli.printable import echo_file
from softmax_explained.errors import LessonError, SoftmaxExplainedError, UsageError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "softmax_explained", *arguments], capture_output=True, text=True, timeout=120
    )


def test_the_version_is_printed() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, __version__, "")


@pytest.mark.parametrize("command", ["render", "numbers", "derive"])
def test_every_command_explains_itself_in_a_sentence(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Raises" not in done.stdout
    assert command in done.stdout


@pytest.mark.parametrize("command", [["numbers"], ["derive", "direct_path"]])
def test_signs_are_written_where_a_terminal_claims_to_know_none(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "softmax_explained", *command],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "−" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("command", [["--help"], ["render", "--help"], ["numbers"]])
def test_an_encoding_without_the_signs_is_no_error(encoding: str, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "softmax_explained", *command],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", [["--help"], ["numbers"], ["derive"]])
def test_output_that_cannot_be_written_is_one_message(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "softmax_explained", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: the output cannot be written: No space left on device")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("softmax_explained.cli.app", {"manim", "av", "hibari", "numpy", "sympy", "pydantic"}),
        ("softmax_explained.cli.render", {"sympy"}),
        *((f"softmax_explained.cli.{name}", {"manim", "av", "hibari"}) for name in COMMANDS),
    ],
)
def test_help_loads_nothing_that_takes_time(module: str, heavy: set[str]) -> None:
    code = f"import sys, {module}; print(*({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "\n"), done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_its_own_help_says(name: str) -> None:
    function = getattr(import_module(f"softmax_explained.cli.{name}"), name)
    assert COMMANDS[name] == inspect.getdoc(function).partition("\n\n")[0]
    overview, own = run("--help").stdout, run(name, "--help").stdout
    assert "".join(COMMANDS[name].split())[:40] in "".join(own.split())
    assert name in overview and COMMANDS[name][:20] in overview


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(program, "app", fail)


@pytest.mark.parametrize(
    "error",
    [
        SoftmaxExplainedError("what was wrong", hint="what to do"),
        UsageError("what was wrong", hint="what to do"),
        LessonError("lesson.toml", "targets", "what was wrong", "what to do"),
    ],
)
def test_an_error_is_one_message_and_exit_code_2(
    error: SoftmaxExplainedError, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(error, monkeypatch)
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capsys.readouterr()
    assert left.value.code == 2
    assert out == ""
    assert err.startswith("error: ")
    assert "what was wrong" in err
    assert err.rstrip().endswith("what to do")
    assert "Traceback" not in err


@pytest.mark.parametrize("typed", ["[bold red]x[/]", "[/nothing]", "[link=http://x]y", "a" * 500])
def test_what_was_typed_is_shown_as_it_was_typed(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(UsageError(f"no chapter {typed}"), monkeypatch)
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err == f"error: no chapter {typed}\n"


def test_what_was_typed_cannot_move_the_cursor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(UsageError("no chapter \x1b[2J\r\u202e"), monkeypatch)
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err == "error: no chapter \\x1b[2J\\r\\u202e\n"


def test_what_was_typed_does_not_fill_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(LessonError("lesson.toml", "", repr("k" * 5000), "the keys classes, targets"), monkeypatch)
    with pytest.raises(SystemExit):
        cli.main()
    message = capsys.readouterr().err
    assert message.startswith("error: lesson.toml: 'kkk") and "kkk'\n  allowed: the keys" in message
    assert len(message) < 700


def test_the_name_of_a_file_cannot_move_the_cursor_of_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = Path("a\x9b2J\x1b[1m.mp4")
    echo_file(name)
    assert capsys.readouterr().out == f"{name}\n"  # another program needs the name as it is
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    echo_file(name)
    assert capsys.readouterr().out == "a\\x9b2J\\x1b[1m.mp4\n"


def test_control_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def pressed(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(render, "check_folder", pressed)
    monkeypatch.setattr(sys, "argv", ["softmax-explained", "render", "--out", str(tmp_path)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130


LOADING = """
import os, signal, sys
from importlib.abc import MetaPathFinder

class Pressed(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, {handler})  # whoever runs the tests in the background ignores it
sys.meta_path.insert(0, Pressed())
sys.argv = ["softmax-explained", "--version"]
from softmax_explained.cli import main
main()
"""


def loaded(handler: str) -> subprocess.CompletedProcess[str]:
    command = LOADING.replace("{handler}", handler)
    return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=120)


def test_control_c_while_the_commands_are_loaded_ends_without_a_word() -> None:
    done = loaded("signal.default_int_handler")
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_control_c_is_ignored_while_loading_where_it_is_to_be_ignored() -> None:
    done = loaded("signal.SIG_IGN")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, __version__, "")
