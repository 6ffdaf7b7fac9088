"""Which machine, which packages, which code: without them a number of seconds means nothing."""

from __future__ import annotations

import platform
import shutil
import subprocess
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import av
import psutil

from bench.film import ROOT
from softmax_explained.studio.cores import cores

_MEASURED = "src", "scenes", "assets", "tests/bench", "constraints.txt"

PACKAGES = ("manim", "av", "numpy", "pycairo", "typst", "sympy")


def machine() -> dict[str, Any]:
    """The machine that measures, in plain words and numbers."""
    return {
        "processor": _processor(),
        "cores": cores(),
        "memory": psutil.virtual_memory().total,
        "system": _system(),
        "python": platform.python_version(),
        "packages": {package: version(package) for package in PACKAGES},
        "ffmpeg": {name: ".".join(map(str, found)) for name, found in av.library_versions.items()},
    }


def code() -> str:
    """The commit that is measured, and a sum of what was changed in it since; nothing outside a checkout."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ""
    changed = _git("diff", "HEAD", "--", *_MEASURED)
    for file in _git("ls-files", "--others", "--exclude-standard", "--", *_MEASURED).splitlines():
        changed += f"{file} {sha256((ROOT / file).read_bytes()).hexdigest()}"
    return _git("rev-parse", "HEAD") + (
        f" and {sha256(changed.encode()).hexdigest()[:12]}" if changed else ""
    )


def _git(*line: str) -> str:
    done = subprocess.run(["git", *line], cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.strip()


def _processor() -> str:
    """The processor's own name, where Linux tells it."""
    told = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (told.read_text("utf-8").splitlines() if told.exists() else ())
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):  # not a Linux that says which
        return platform.platform()
