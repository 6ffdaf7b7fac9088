"""No process runs what lies in the working folder, whatever its name is."""

import subprocess
import sys
from pathlib import Path

import pytest
import tiny_film
from undisturbed import Undisturbed, contents

SCRIPT = Path(tiny_film.__file__).with_name("make_tiny_film.py")
MODULES = [
    "pickle",
    "json",
    "typing",
    "hashlib",
    "colorsys",
    "typer",
    "manim",
    "sitecustomize",
    "softmax_explained",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose modules would leave a file if they were run."""
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text(f"open('{name} was run', 'w').close()")
    return tmp_path


def new_files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix != ".py")


def test_a_film_is_made_beside_modules_of_any_name(folder: Path, undisturbed: Undisturbed) -> None:
    done = subprocess.run([sys.executable, SCRIPT], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert new_files(folder) == ["cache", "out"]
    assert contents(folder / "out") == undisturbed.files


@pytest.mark.parametrize("command", [["--version"], ["numbers"], ["render", "nope"]])
def test_the_command_is_run_beside_modules_of_any_name(command: list[str], folder: Path) -> None:
    (folder / "softmax_explained.py").unlink()  # Python itself would take it for the command
    python = [sys.executable, "-m", "softmax_explained"]
    done = subprocess.run([*python, *command], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == (2 if "nope" in command else 0), done.stderr
    assert new_files(folder) == []
