"""Each how-to of docs/how-to.md is followed, as it is written, in a copy of the project.

Blocks marked ``diff`` are applied, and the commands of ``console`` blocks are executed; the output they show
is compared with the real output.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import HOW_TO, ROOT, Fence, anchor, fences_of, not_printed, page

SECTIONS = re.split(r"^## (.+)\n", page(HOW_TO).text, flags=re.MULTILINE)[1:]
HOW_TOS = {
    name: [fence for fence in fences_of(f"{HOW_TO}, {name}", text) if fence.kind in ("diff", "console")]
    for name, text in zip(SECTIONS[::2], SECTIONS[1::2], strict=True)
}
CONTINUES = {"An identity": "A beat"}
"""How-tos that say that they continue another one."""
PROGRAMS = {
    "cp": ("cp",),
    "pytest": (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
    "softmax-explained": (sys.executable, "-m", "softmax_explained"),
}
PACKAGE = "src/softmax_explained"


class Copy:
    """A copy of the project, laid out so that Python imports it instead of the installed package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without = shutil.ignore_patterns("__pycache__", "*.egg-info")
        for name in ("src", "scenes", "assets", "tests", "docs"):
            shutil.copytree(ROOT / name, folder / name, ignore=without)
        for file in (ROOT / "pyproject.toml", ROOT / "Makefile", *ROOT.glob("*.md")):
            shutil.copy(file, folder)
        for name in ("scenes", "assets"):
            (folder / PACKAGE / name).symlink_to(folder / name, target_is_directory=True)

    def patch(self, fence: Fence) -> None:
        """Apply a block of changes.

        Raises:
            AssertionError: the unchanged lines are not in the file, or more than once.
        """
        for change in re.split(r"^--- .+\n", fence.text, flags=re.MULTILINE)[1:]:
            head, _, body = change.partition("\n")
            file = self.folder / head.removeprefix("+++ b/")
            for hunk in re.split(r"^@@.*\n", body, flags=re.MULTILINE):
                lines = hunk.splitlines()
                if not lines:
                    continue
                before = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
                after = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
                if not before:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    assert not file.exists(), f"{fence}: {file.name} is there already"
                    file.write_text(after, "utf-8")
                else:
                    text = file.read_text("utf-8")
                    assert text.count(before) == 1, f"{fence}: found {text.count(before)} times:\n{before}"
                    file.write_text(text.replace(before, after), "utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the copy; it must succeed."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src"), "COLUMNS": "110"}
        environment["XDG_CACHE_HOME"] = str(self.folder / "cache")
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
        return done

    def python(self, code: str) -> str:
        """What a piece of code prints in the copy."""
        return self.run(sys.executable, "-c", code).stdout

    def execute(self, fence: Fence) -> None:
        """Execute the commands of a console block, and compare the output that is shown below each."""
        for block in re.split(r"^\$ ", fence.text, flags=re.MULTILINE)[1:]:
            line, *shown = block.splitlines()
            program, *rest = shlex.split(line)
            done = self.run(*PROGRAMS[program], *rest)
            assert not_printed("\n".join(shown), done.stdout) == [], f"{fence}: {line}"

    def follow(self, how_to: str) -> None:
        """Do what a how-to says, in its order, after the one that it continues."""
        if how_to in CONTINUES:
            self.follow(CONTINUES[how_to])
        for fence in HOW_TOS[how_to]:
            (self.patch if fence.kind == "diff" else self.execute)(fence)


@pytest.mark.parametrize("name", HOW_TOS)
def test_the_patches_of_a_how_to_fit_the_code(name: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for step in [*HOW_TOS.get(CONTINUES.get(name, ""), []), *HOW_TOS[name]]:
        if step.kind == "diff":
            copy.patch(step)
        for command in step.commands:
            if command[0] == "cp":
                copy.run(*command)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    copy = Copy(tmp_path)
    assert copy.python("import softmax_explained; print(softmax_explained.__file__)").startswith(
        str(tmp_path)
    )
    return copy


def files_changed(how_to: str) -> set[str]:
    """The files that the patches of a how-to add or change."""
    return {
        name for step in HOW_TOS[how_to] for name in re.findall(r"^\+\+\+ b/(.+)$", step.text, re.MULTILINE)
    }


def test_every_how_to_changes_something_and_checks_the_result() -> None:
    for name, steps in HOW_TOS.items():
        assert {step.kind for step in steps} == {"diff", "console"}, name
        assert re.search(r"\$ softmax-explained (check|stills)", steps[-1].text), name
    continued = {name for name, text in zip(SECTIONS[::2], SECTIONS[1::2], strict=True) if "(#" in text}
    assert continued == set(CONTINUES)


def test_contributing_names_every_how_to_and_files_that_it_changes() -> None:
    rows = {row[0]: row[1] for row in page("CONTRIBUTING.md").rows if f"]({HOW_TO}#" in row[0]}
    named = {
        re.findall(r"#([\w-]+)", link)[0]: re.findall(r"`([\w/.]+\.\w+)`", row) for link, row in rows.items()
    }
    assert set(named) == {anchor(name) for name in HOW_TOS}
    for how_to in HOW_TOS:
        assert set(named[anchor(how_to)]) <= files_changed(how_to)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOW_TOS)
def test_following_a_how_to_works(name: str, copy: Copy) -> None:
    copy.follow(name)


def test_a_change_that_does_not_fit_the_code_is_noticed(copy: Copy) -> None:
    wrong = "--- a/Makefile\n+++ b/scenes/film.py\n@@\n a line that is not there\n+another line\n"
    with pytest.raises(AssertionError, match="found 0 times"):
        copy.patch(Fence("CONTRIBUTING.md", 1, "diff", wrong))
