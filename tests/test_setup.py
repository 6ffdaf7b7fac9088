"""The set-up script, with a stand-in for Python that writes down what it is asked; nothing is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ("sh", "cat", "cksum", "dirname", "grep", "id", "rm", "mkdir", "cp", "touch", "chmod")

PYTHON = """#!/bin/sh
echo "$@" >>"$ASKED"
case "$*" in
    *sysconfig*) echo "$HEADERS" ;;
    *sys.version_info\\[*) echo python3.11 ;;
    "-m venv "*)
        mkdir -p .venv/bin
        cp "$0" .venv/bin/python
        touch .venv/bin/softmax-explained
        chmod +x .venv/bin/softmax-explained
        ;;
esac
"""


class Machine:
    """A folder with the project's set-up in it, and a PATH that holds what the machine has."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "the film"
        self.bin = folder / "bin"
        self.asked = folder / "asked"
        (self.project / ".ci").mkdir(parents=True)
        self.bin.mkdir()
        requirements = ".ci/requirements.txt", ".ci/requirements-voices.txt"
        for name in (".ci/setup.sh", *requirements, "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.project / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        (folder / "headers").mkdir()
        (folder / "headers" / "Python.h").touch()
        self.env = {"PATH": str(self.bin), "ASKED": str(self.asked), "HEADERS": str(folder / "headers")}
        self.has("python3", PYTHON)
        self.has("cc")
        self.has("pkg-config")

    def has(self, tool: str, script: str = "#!/bin/sh\n") -> None:
        (self.bin / tool).unlink(missing_ok=True)  # it may be a link to this machine's own tool
        (self.bin / tool).write_text(script)
        (self.bin / tool).chmod(0o755)

    def set_up(self, *extras: str, **env: str) -> subprocess.CompletedProcess[str]:
        self.asked.write_text("")
        return subprocess.run(
            ["sh", self.project / ".ci" / "setup.sh", *extras],
            env={**self.env, **env},
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def made_anew(self) -> bool:
        return "-m venv .venv" in self.asked.read_text()

    @property
    def installed(self) -> bool:
        return "-m pip install" in self.asked.read_text()


def test_a_stand_in_leaves_the_tool_of_this_machine_alone(machine: Machine) -> None:
    tool = Path(str(shutil.which("id")))
    before = tool.read_bytes()
    machine.has("id", "#!/bin/sh\necho 1000\n")
    assert tool.read_bytes() == before


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert machine.made_anew
    return machine


def test_everything_is_installed_as_pinned(ready: Machine) -> None:
    installs = [line for line in ready.asked.read_text().splitlines() if "-m pip install" in line]
    tools, packages, project = installs
    assert tools.endswith("-c constraints.txt pip setuptools")
    assert packages.endswith("--require-hashes --build-constraint constraints.txt -r .ci/requirements.txt")
    assert project.endswith("-c constraints.txt --build-constraint constraints.txt -e .[dev]")


def test_a_second_time_there_is_nothing_to_do(ready: Machine) -> None:
    assert ready.set_up().returncode == 0
    assert not ready.made_anew
    assert not ready.installed


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt", ".ci/requirements.txt"])
def test_changed_dependencies_are_brought_up_to_date_in_place(ready: Machine, file: str) -> None:
    with (ready.project / file).open("a") as changed:
        changed.write("# another dependency\n")
    assert ready.set_up().returncode == 0
    assert ready.installed
    assert not ready.made_anew


@pytest.mark.parametrize("gone", [".ready", "bin/python"])
def test_half_an_environment_is_made_anew(ready: Machine, gone: str) -> None:
    (ready.project / ".venv" / gone).unlink()
    assert ready.set_up().returncode == 0
    assert ready.made_anew
    assert ready.installed


def test_an_environment_that_was_moved_is_not_trusted(ready: Machine) -> None:
    ready.project = ready.project.rename(ready.project.with_name("elsewhere"))
    ready.set_up()
    assert ready.made_anew


def test_a_failed_install_does_not_pass_for_ready(machine: Machine) -> None:
    machine.has("python3", PYTHON.replace("esac", '    *"pip install"*) exit 1 ;;\nesac'))
    assert machine.set_up().returncode != 0
    machine.has("python3", PYTHON)
    assert machine.set_up().returncode == 0
    assert machine.made_anew


def test_a_machine_without_apt_is_told_what_to_install(machine: Machine) -> None:
    (machine.bin / "cc").unlink()
    (machine.bin / "pkg-config").unlink()
    done = machine.set_up()
    assert done.returncode == 2
    assert "no apt-get" in done.stderr
    assert "apt-get install gcc libc6-dev pkg-config libcairo2-dev libpango1.0-dev" in done.stderr
    assert not (machine.project / ".venv").exists()


def test_what_is_missing_and_nothing_else_comes_through_apt(machine: Machine) -> None:
    machine.has("pkg-config", '#!/bin/sh\n[ "$2" != pangocairo ] || [ -e "$PANGO" ]\n')
    machine.has("sudo", '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n')
    machine.has("env", '#!/bin/sh\nshift\nexec "$@"\n')
    machine.has("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$ASKED"\n[ "$1" = update ] || touch "$PANGO"\n')
    done = machine.set_up(PANGO=str(machine.project.parent / "pango"))
    assert done.returncode == 0, done.stderr
    asked = [line for line in machine.asked.read_text().splitlines() if line.startswith("apt-get")]
    assert asked == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libpango1.0-dev",
    ]


def test_who_may_not_install_is_told_what_to_ask_for(machine: Machine) -> None:
    (machine.bin / "cc").unlink()
    machine.has("apt-get")
    machine.has("id", "#!/bin/sh\necho 1000\n")
    done = machine.set_up()
    assert done.returncode == 2
    assert "not root" in done.stderr
    assert "apt-get install gcc libc6-dev" in done.stderr


def test_a_python_that_is_too_old_is_refused(machine: Machine) -> None:
    machine.has("old", "#!/bin/sh\nexit 1\n")
    done = machine.set_up(PYTHON="old")
    assert done.returncode == 2
    assert "Python 3.11 or newer" in done.stderr


PROGRAM = '#!/bin/sh\necho "softmax-explained $*" >>"$ASKED"\n'


def voices_asked(machine: Machine) -> list[str]:
    """What the set-up of the voices has asked for."""
    words = "requirements-voices", "softmax-explained voices", "apt-get"
    return [line for line in machine.asked.read_text().splitlines() if any(word in line for word in words)]


@pytest.fixture
def speaking(ready: Machine) -> Machine:
    """A machine that is set up and has npm."""
    (ready.project / ".venv" / "bin" / "softmax-explained").write_text(PROGRAM)
    ready.has("npm")
    return ready


def test_voices_are_set_up_once_and_only_if_they_are_asked_for(speaking: Machine) -> None:
    assert speaking.set_up().returncode == 0
    assert voices_asked(speaking) == []
    assert speaking.set_up("voices").returncode == 0
    packages, vectors = voices_asked(speaking)
    assert packages.endswith("--no-deps --require-hashes -r .ci/requirements-voices.txt")
    assert vectors == "softmax-explained voices install"
    assert speaking.set_up("voices").returncode == 0
    assert voices_asked(speaking) == []


def test_other_packages_of_voices_are_brought_up_to_date(speaking: Machine) -> None:
    speaking.set_up("voices")
    with (speaking.project / ".ci" / "requirements-voices.txt").open("a") as changed:
        changed.write("# another package\n")
    assert speaking.set_up("voices").returncode == 0
    assert len(voices_asked(speaking)) == 2


def test_without_the_voices_the_rest_is_set_up_all_the_same(speaking: Machine) -> None:
    (speaking.project / ".venv" / "bin" / "softmax-explained").write_text(f"{PROGRAM}exit 2\n")
    done = speaking.set_up("voices")
    assert done.returncode == 0
    assert "a film in Chinese will be silent" in done.stderr
    speaking.set_up("voices")  # tries again
    assert "softmax-explained voices install" in voices_asked(speaking)


def test_npm_comes_through_apt_where_it_is_missing(speaking: Machine) -> None:
    (speaking.bin / "npm").unlink()
    speaking.has("sudo", '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n')
    speaking.has("env", '#!/bin/sh\nshift\nexec "$@"\n')
    speaking.has("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$ASKED"\n')
    assert speaking.set_up("voices").returncode == 0
    assert "apt-get install -y -qq --no-install-recommends npm" in voices_asked(speaking)
