"""Copies of the project, and the environment in which this interpreter runs the code of a copy.

The project is installed editable, so `softmax_explained` is this checkout wherever Python starts. A
`sitecustomize` makes every process find the three packages of the project in a copy instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from softmax_explained.errors import UsageError

ROOT = Path(__file__).parents[2]

WORKING_TREE = "."
"""In place of a revision: the files as they are now."""

PACKAGES = {
    "softmax_explained": "src/softmax_explained",
    "softmax_explained.scenes": "scenes",
    "softmax_explained.assets": "assets",
}

_NOT_COPIED = shutil.ignore_patterns("__pycache__", ".*_cache", ".venv", ".git", "*.egg-info", "out", "media")

_FIND_IN_COPY = """\
import importlib.util, sys

FOLDERS = {folders!r}

class FindInCopy:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in FOLDERS:
            return None
        return importlib.util.spec_from_file_location(
            name, FOLDERS[name] + "/__init__.py", submodule_search_locations=[FOLDERS[name]]
        )

sys.meta_path.insert(0, FindInCopy)
"""


def copy_project(revision: str, folder: Path) -> None:
    """Copy the files of a revision.

    Args:
        revision: anything Git resolves to a commit, or `WORKING_TREE`.
        folder: does not exist yet.

    Raises:
        UsageError: there is no such revision.
    """
    if revision == WORKING_TREE:
        shutil.copytree(ROOT, folder, ignore=_NOT_COPIED)
        return
    archived = subprocess.run(
        ["git", "archive", "--format=tar", revision], cwd=ROOT, capture_output=True, check=False
    )
    if archived.returncode:
        raise UsageError(f"no revision {revision!r}", hint=archived.stderr.decode().strip())
    with tarfile.open(fileobj=BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")


def environment_of(project: Path, site: Path) -> dict[str, str]:
    """The environment in which Python imports the code of a copy.

    Args:
        project: the copy.
        site: a folder for `sitecustomize.py`; made if it is missing.

    Raises:
        RuntimeError: the copy cannot be imported, or another one is.
    """
    site.mkdir(parents=True, exist_ok=True)
    folders = {name: str(project / folder) for name, folder in PACKAGES.items()}
    (site / "sitecustomize.py").write_text(_FIND_IN_COPY.format(folders=folders), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    ask = f"import importlib; print(*(importlib.import_module(name).__path__[0] for name in {list(folders)}))"
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=site, capture_output=True, check=False, text=True
    )
    if done.returncode or done.stdout.split() != list(folders.values()):
        raise RuntimeError(f"{project} cannot be imported: {done.stderr or done.stdout}")
    return environment
