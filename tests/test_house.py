"""Facts that keep the house as it was drawn: where things stand, how large they are, which way they point.

The facts about setting it up (pins, versions, make targets) are here too; those about its documentation
are in tests/docs, and what a scene may not do is in test_scene_rules.py.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
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


def package_of(folder: Path) -> str:
    """The package in a folder of the source, by its path: `core/proof`, `scenes/loss`."""
    return str(folder.relative_to(PACKAGE if folder.is_relative_to(PACKAGE) else ROOT))


def test_tests_mirror_the_house() -> None:
    packages = {package_of(file.parent) for file in CODE if file.name == "__init__.py"}
    tests = list((ROOT / "tests").rglob("test_*.py"))
    rooms = {package for package in packages if "/" not in package} - {"."}
    folders = {str(test.parent.relative_to(ROOT / "tests")) for test in tests}
    mirrored = {folder for folder in folders if folder.partition("/")[0] in rooms}
    assert rooms <= {folder.partition("/")[0] for folder in mirrored}
    assert mirrored <= packages, "a folder of tests is named as the package that it tests"


def test_every_package_is_imported_by_a_test() -> None:
    tests = "".join(test.read_text("utf-8") for test in (ROOT / "tests").rglob("*.py"))
    packages = {package_of(file.parent).replace("/", ".") for file in CODE if file.name != "__init__.py"} - {
        "."
    }
    # The chapters without a file of tests of their own are played with all others, through `scenes.film`.
    engine = {package for package in packages if not package.startswith("scenes.")}
    assert len(engine) > 20
    assert not [name for name in engine if not re.search(rf"softmax_explained\.{re.escape(name)}\b", tests)]


def test_no_folder_is_crowded() -> None:
    files = Counter(file.parent for file in CODE)
    assert len(files) > 20
    assert {str(folder.relative_to(ROOT)): n for folder, n in files.items() if n > MOST_FILES} == {}


def test_every_file_is_named_for_its_idea() -> None:
    assert not [name_of(file) for file in CODE if file.stem in NAMES_THAT_SAY_NOTHING]


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert later.search("x = 1  # TODO: two")
    assert not [name_of(file) for file in CODE if later.search(file.read_text("utf-8"))]


def swallowed(source: str) -> list[int]:
    """The lines of handlers that catch everything or do nothing."""
    return [
        handler.lineno
        for handler in ast.walk(ast.parse(source))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or all(isinstance(line, ast.Pass) for line in handler.body))
    ]


def test_no_error_is_swallowed() -> None:
    assert swallowed("try:\n    f()\nexcept:\n    g()\ntry:\n    f()\nexcept OSError:\n    pass") == [3, 7]
    assert not [name_of(file) for file in CODE if swallowed(file.read_text("utf-8"))]


# scenes/ stands outside src/, where import-linter does not follow the name it is installed under.
@pytest.mark.parametrize("room", ["core", "stage"])
def test_nothing_under_the_scenes_points_back_to_them(room: str) -> None:
    back = re.compile(r"^\s*(from|import) softmax_explained\.scenes\b", re.MULTILINE)
    assert back.search("def later():\n    from softmax_explained.scenes.film import CUTS")
    below = [file for file in CODE if file.is_relative_to(PACKAGE / room)]
    assert below
    assert not [name_of(file) for file in below if back.search(file.read_text("utf-8"))]


def test_constraints_are_names_and_versions_and_no_addresses() -> None:
    assert not [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!]+", line)]
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")


def test_every_installed_package_has_hashes_and_the_pinned_version() -> None:
    from importlib.metadata import PackageNotFoundError, version

    def is_installed(pin: str) -> bool:
        try:
            return bool(version(pin.partition("==")[0]))
        except PackageNotFoundError:  # what others are built with need not stay
            return False

    files = "requirements.txt", "requirements-voices.txt"
    text = "".join((ROOT / ".ci" / file).read_text("utf-8") for file in files)
    hashes = r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+"
    hashed = re.findall(rf"^(\S+==\S+)(?: ; python_version < \S+)?({hashes})$", text, re.MULTILINE)
    assert sorted(pin for pin, _ in hashed) == sorted(pin for pin in PINS if is_installed(pin))
    assert text.count("--hash=") == sum(hashes.count("--hash=") for _, hashes in hashed) > 300
    assert "://" not in text


def test_types_are_checked_without_the_packages_of_an_extra() -> None:
    """Continuous integration checks them before it installs the voices."""
    from importlib.metadata import packages_distributions, requires

    project = PROJECT["project"]
    always = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.match(r"[A-Za-z0-9._-]+", each).group() for each in [*always, *(requires("manim") or ())]]  # type: ignore[union-attr]
    required = set(map(normal, names))
    distributions = packages_distributions()
    imported = {name.partition(".")[0] for file in CODE for name in imports_of(file)}
    optional = {
        name
        for name in imported - sys.stdlib_module_names - {"softmax_explained"}
        if not required & {normal(each) for each in distributions.get(name, ())}
    }
    ignored = {
        module.partition(".")[0]
        for table in PROJECT["tool"]["mypy"]["overrides"]
        if table.get("ignore_missing_imports")
        for module in table["module"]
    }
    assert {"misaki", "pypinyin", "faster_whisper"} <= optional <= ignored


def imports_of(file: Path) -> set[str]:
    """The absolute names of the modules that a file imports, at its top or in a function."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }


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
