"""Every package that is installed has its licence in docs/licences.md, as the package itself states it."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from pages import page

CONSTRAINTS = (Path(__file__).parents[2] / "constraints.txt").read_text("utf-8")
PINNED = re.findall(r"^([A-Za-z0-9._-]+)==", CONSTRAINTS, re.MULTILINE)
WRITTEN = {row[0]: row[1] for row in page("docs/licences.md").rows if row[0] != "package" and len(row) == 2}

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "zlib/libpng License": "Zlib",
}
STATED_ELSEWHERE = {"pyglet": "BSD-3-Clause", "protobuf": "BSD-3-Clause", "partd": "BSD"}


def installed(names: list[str]) -> list[str]:
    found = []
    for name in names:
        try:
            metadata(name)
        except PackageNotFoundError:  # only needed while another package is compiled
            continue
        found.append(name)
    return found


def stated(name: str) -> str:
    """The licence in the metadata of a package."""
    about = metadata(name)
    if expression := about.get("License-Expression"):
        return str(expression)
    lines = [line.split(" :: ") for line in about.get_all("Classifier") or []]
    known = [CLASSIFIERS[line[-1]] for line in lines if line[0] == "License" and line[-1] in CLASSIFIERS]
    return known[0] if known else STATED_ELSEWHERE.get(name) or str(about.get("License"))


def test_every_installed_package_is_listed_and_no_other() -> None:
    assert len(WRITTEN) > 50
    assert sorted(WRITTEN) == sorted(installed(PINNED))


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_the_licence_is_the_one_the_package_states(name: str) -> None:
    assert WRITTEN[name] == stated(name)
