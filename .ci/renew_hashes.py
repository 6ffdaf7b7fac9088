"""Write .ci/requirements.txt and .ci/requirements-voices.txt: packages of constraints.txt with hashes.

    .venv/bin/python .ci/renew_hashes.py

The hashes are those that the package index tells of source archives, and of wheels for Linux and macOS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from urllib.request import Request, urlopen

from pip._internal.models.index import PyPI  # the address of the index, which no file of this project names
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

ROOT = Path(__file__).parent.parent
TARGET = ROOT / ".ci" / "requirements.txt"
VOICES = ROOT / ".ci" / "requirements-voices.txt"
EXTRAS = "voice-zh", "asr"
HEAD = """\
# The packages of constraints.txt that are installed, with the hashes of their source archives and of their
# wheels for Linux and macOS: pip installs no other files. What compiles pycairo and ManimPango is pinned
# without hashes. `.ci/renew_hashes.py` writes this file.
"""
HEAD_OF_VOICES = """\
# The same for the extras `voice-zh` and `asr`.
"""
PLATFORMS = re.compile(r"any|(many|musl)linux\w*_(x86_64|aarch64)|linux_(x86_64|aarch64)|macosx\w*")
PYTHONS = re.compile(r"py3|cp31[1-9]")
ONLY = {"OpenTimelineIO": "python_version < '3.14'"}
"""Packages that a later Python would have to compile, for which setup.sh installs no tools."""


def main() -> None:
    """Write both files."""
    pins = re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    installed = {name: entry(name, pinned) for name, pinned in pins if is_installed(name)}
    voices = needed_by(EXTRAS) - needed_by(["dev"])
    of_voices = [text for name, text in installed.items() if canonicalize_name(name) in voices]
    TARGET.write_text(HEAD + "".join(text for text in installed.values() if text not in of_voices), "utf-8")
    VOICES.write_text(HEAD_OF_VOICES + "".join(of_voices), "utf-8")


def needed_by(extras: Iterable[str]) -> set[str]:
    """The names of all packages that this project needs with some of its extras."""
    found, waiting = set[str](), [("softmax-explained", tuple(extras))]
    while waiting:
        name, wanted = waiting.pop()
        for text in requires(name) or []:
            requirement = Requirement(text)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                needed = canonicalize_name(requirement.name)
                if needed not in found or requirement.extras:
                    found.add(needed)
                    waiting.append((needed, tuple(requirement.extras)))
    return found


def is_installed(name: str) -> bool:
    """Whether a package is needed once everything is compiled."""
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def entry(name: str, pinned: str) -> str:
    """A package with all its hashes, as pip reads it."""
    address = f"{PyPI.simple_url}/{canonicalize_name(name)}/"
    asked = Request(address, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urlopen(asked, timeout=60) as answer:
        files = json.load(answer)["files"]
    hashes = sorted(file["hashes"]["sha256"] for file in files if is_wanted(file["filename"], pinned))
    assert hashes, f"the index has no file of {name} {pinned}"
    only = f" ; {ONLY[name]}" if name in ONLY else ""
    return f"{name}=={pinned}{only}" + "".join(f" \\\n    --hash=sha256:{found}" for found in hashes) + "\n"


def is_wanted(file: str, pinned: str) -> bool:
    """Whether a file is the source of a version, or a wheel of it for Python 3.11 and later."""
    try:
        if file.endswith(".whl"):
            _, found, _, tags = parse_wheel_filename(file)
            fits = any(
                PLATFORMS.fullmatch(tag.platform)
                and (PYTHONS.fullmatch(tag.interpreter) or tag.abi == "abi3")
                and not tag.abi.endswith("t")
                for tag in tags
            )
            return str(found) == pinned and fits
        return file.endswith(".tar.gz") and str(parse_sdist_filename(file)[1]) == pinned
    except ValueError:  # names of long ago
        return False


if __name__ == "__main__":
    main()
