"""Facts that keep the house as it was drawn: where things stand, how large they are, which way they point.

The facts about setting it up (pins, versions, make targets) are here too; those about its documentation
are in tests/docs, and what a scene may not do is in test_scene_rules.py.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import softmax_explained

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "softmax_explained"
CODE = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "scenes").rglob("*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = [
    line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")
]

TOP_LEVEL = {
    *("scenes", "src", "assets", "tests", ".ci"),
    *("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs"),
    *("Makefile", "pyproject.toml", "constraints.txt", ".gitignore", "bench.json"),
}
MOST_FILES = 14
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def normal(distribution: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_the_top_level_holds_what_the_house_names_and_nothing_else() -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout: a folder may hold anything")
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    assert {path.partition("/")[0] for path in listing.split("\0") if path} == TOP_LEVEL


def test_every_package_of_the_source_is_installed() -> None:
    packages = {
        ".".join(file.parent.relative_to(ROOT / "src").parts) for file in PACKAGE.rglob("__init__.py")
    }
    packages |= {
        ".".join(("softmax_explained", *file.parent.relative_to(ROOT).parts))
        for folder in ("scenes", "assets")
        for file in (ROOT / folder).rglob("__init__.py")
    }
    assert packages == set(PROJECT["tool"]["setuptools"]["packages"])


def test_folders_outside_the_source_are_installed_as_packages_of_the_project() -> None:
    mapped = PROJECT["tool"]["setuptools"]["package-dir"]
    assert mapped == {"": "src", "softmax_explained.scenes": "scenes", "softmax_explained.assets": "assets"}
    assert set(mapped) - {""} <= set(PROJECT["tool"]["setuptools"]["packages"])


def test_tests_mirror_the_house() -> None:
    rooms = {file.parent.name for file in PACKAGE.glob("*/__init__.py")} | {"scenes"}
    assert {room for room in rooms if list((ROOT / "tests" / room).rglob("test_*.py"))} == rooms


def test_no_folder_is_crowded() -> None:
    files = Counter(file.parent for file in CODE)
    assert len(files) > 20
    assert {str(folder.relative_to(ROOT)): n for folder, n in files.items() if n > MOST_FILES} == {}


def test_every_file_is_named_for_its_idea() -> None:
    assert not [name_of(file) for file in CODE if file.stem in NAMES_THAT_SAY_NOTHING]


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert not [name_of(file) for file in CODE if later.search(file.read_text("utf-8"))]


def test_no_error_is_swallowed() -> None:
    silent = [
        f"{name_of(file)}:{handler.lineno}"
        for file in CODE
        for handler in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or all(isinstance(line, ast.Pass) for line in handler.body))
    ]
    assert not silent


# scenes/ stands outside src/, where import-linter does not follow the name it is installed under.
@pytest.mark.parametrize("room", ["core", "stage"])
def test_nothing_under_the_scenes_points_back_to_them(room: str) -> None:
    back = re.compile(r"^\s*(from|import) softmax_explained\.scenes\b", re.MULTILINE)
    assert not [
        name_of(file) for file in (PACKAGE / room).rglob("*.py") if back.search(file.read_text("utf-8"))
    ]


def test_constraints_are_names_and_versions_and_no_addresses() -> None:
    assert not [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!]+", line)]
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")


def test_nothing_is_pinned_twice() -> None:
    names = [normal(line.partition("==")[0]) for line in PINS]
    assert sorted(names) == sorted(set(names))


def test_every_dependency_is_pinned() -> None:
    project = PROJECT["project"]
    asked = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    asked += [each for extra in project["optional-dependencies"].values() for each in extra]
    names = {normal(re.match(r"[A-Za-z0-9._-]+", each).group()) for each in asked}  # type: ignore[union-attr]
    assert names <= {normal(line.partition("==")[0]) for line in PINS}


def test_the_environment_holds_the_pinned_versions() -> None:
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:  # what others are built with need not stay
            return None

    pinned = dict(line.split("==") for line in PINS)
    others = {name: found for name in pinned if (found := installed(name)) not in (None, pinned[name])}
    assert not others, "run `make setup`, or renew constraints.txt"


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    assert softmax_explained.__version__ == version
    assert re.search(
        rf"^## \[{re.escape(version)}\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
