"""What a command costs is counted with all it starts; what fails says why."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.measured import Command, measured
from softmax_explained.errors import FilmError

MEGABYTE = 2**20

BURN = "import time\nwhile time.process_time() < 0.5: pass\n"
"""Half a second of CPU, however long that takes on the clock."""

HOLD = f"import time; held = b'x' * {200 * MEGABYTE}; time.sleep(2)"
"""Long enough to be looked at eight times."""


def python(code: str) -> Command:
    return Command((sys.executable, "-c", code))


def in_a_child(code: str) -> Command:
    return python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)")


@pytest.mark.parametrize("command", [python(BURN), in_a_child(BURN)], ids=["itself", "its child"])
def test_cpu_seconds_are_those_of_a_command_and_of_what_it_starts(command: Command) -> None:
    cost, _ = measured([command])
    assert cost.cpu >= 0.5


def test_the_cpu_seconds_of_all_commands_are_added() -> None:
    cost, _ = measured([python(BURN), python(BURN)], at_once=2)
    assert cost.cpu >= 1.0


@pytest.mark.parametrize("command", [python(HOLD), in_a_child(HOLD)], ids=["itself", "its child"])
def test_memory_is_that_of_a_command_and_of_what_it_starts(command: Command) -> None:
    cost, _ = measured([command])
    assert 200 * MEGABYTE <= cost.peak < 300 * MEGABYTE


def test_commands_run_in_an_empty_folder_and_are_heard_in_their_order() -> None:
    look = "import os, sys; print(os.listdir(), os.environ['WHO'], file=sys.stderr)"
    told = [Command((sys.executable, "-c", look), {"WHO": who}) for who in ("first", "second")]
    _, said = measured(told, at_once=2)
    assert said.splitlines() == ["[] first", "[] second"]


def test_a_command_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(FilmError, match="exit code 3") as caught:
        measured([python("import sys; print('no such pencil', file=sys.stderr); sys.exit(3)")])
    assert "no such pencil" in caught.value.hint


def test_a_command_that_is_killed_is_a_failure() -> None:
    with pytest.raises(FilmError, match="exit code -9"):
        measured([python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")])


def test_there_may_be_nothing_to_run(tmp_path: Path) -> None:
    cost, said = measured([])
    assert (cost.cpu, cost.peak, said) == (0, 0, "")
