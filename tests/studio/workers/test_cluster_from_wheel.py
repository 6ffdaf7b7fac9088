"""docs/cluster.md, followed literally: scheduler, workers and client from the wheel, installed apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from docs.pages import Page

ROOT = Path(__file__).parents[3]
FILM = ("teaser", "--cut", "teaser", "--quality", "draft", "--voice", "none")

START, WORK = "dask scheduler", "dask worker"


def documented() -> dict[str, list[str]]:
    """The commands of the page by their first two words; the first of each."""
    found = [words for fence in Page("docs/cluster.md").fences for words in fence.commands]
    return {" ".join(words[:2]): words for words in reversed(found)}


class Environment:
    """A virtual environment with the wheel of the project; its dependencies are those of this interpreter."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=True)
        self.python = folder / "bin" / "python"
        (self.packages,) = (folder / "lib").glob("python*/site-packages")
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
        # The editable installation of this checkout is found by a .pth file there, which is not read.
        (self.packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    def command(self, words: list[str]) -> list[str]:
        """A command of the page as this environment runs it."""
        module = words[0].replace("-", "_")
        return [str(self.python), "-m", module, *words[1:]]


class Machines:
    """Environments for a scheduler, workers and a client, and folders for what they write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        source = folder / "source"
        kept = ("src", "scenes", "assets", "pyproject.toml", "README.md", "LICENSE")
        for name in kept:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (source / name).parent.mkdir(exist_ok=True)
            copy(ROOT / name, source / name)
        build = ("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder))
        subprocess.run([sys.executable, *build, str(source)], check=True)
        (wheel,) = folder.glob("*.whl")
        self.scheduler, self.worker, self.other, self.client = (
            Environment(folder / name, wheel) for name in ("scheduler", "worker", "other worker", "client")
        )
        self._environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DASK"))
        }

    def run(self, words: list[str], name: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start a command of the page in the client's or another environment; its words go to a file."""
        place = self.folder / f"runs {name}"
        place.mkdir(exist_ok=True)
        machine = getattr(self, name)
        with (place / "log").open("wb") as log:
            return subprocess.Popen(
                machine.command(words),
                cwd=place,
                env=self._environment | {"XDG_CACHE_HOME": str(place / "cache")} | variables,
                stdout=log,
                stderr=log,
            )

    def said(self, name: str) -> str:
        return (self.folder / f"runs {name}" / "log").read_text("utf-8")

    @contextmanager
    def cluster(self, **workers: list[str]) -> Iterator[str]:
        """The address of a scheduler with workers, by the environment and their further options."""
        scheduler = [*documented()[START], "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        running = [self.run(scheduler, "scheduler", PYTHONUNBUFFERED="1")]
        try:
            address = self._told("scheduler", "Scheduler at:").split()[-1]
            for name, options in workers.items():
                at_once = documented()[WORK].index("--nworkers") + 1
                words = [address if "://" in word else word for word in documented()[WORK]]
                words[at_once] = "1"
                running.append(self.run([*words, "--no-dashboard", *options], name))
                self._told(name, "Registered to:")
            yield address
        finally:
            for process in running:
                family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
                for each in family:
                    with_no_mercy(each)
                process.wait(20)

    def render(self, address: str | None, out: Path) -> tuple[int, str]:
        """Render with the command of the page; the exit code, and what was said."""
        words = documented()["softmax-explained render"] if address else ["softmax-explained", "render"]
        words = [address if address and "://" in word else word for word in words]
        words[2:2] = FILM
        done = self.run([*words, "--out", str(out)], "client")
        try:
            return done.wait(240), self.said("client")
        finally:
            done.kill()

    def forget(self) -> None:
        """Delete the client's cache."""
        shutil.rmtree(self.folder / "runs client" / "cache", ignore_errors=True)

    def _told(self, name: str, wanted: str) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for line in self.said(name).splitlines():
                if wanted in line:
                    return line
            time.sleep(0.1)
        raise AssertionError(self.said(name))


def with_no_mercy(process: psutil.Process) -> None:
    """Kill a process that may be gone."""
    if process.is_running():
        process.kill()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Machines:
    return Machines(tmp_path_factory.mktemp("machines"))


@pytest.fixture(scope="module")
def drawn_here(machines: Machines, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("here")
    code, said = machines.render(None, out)
    assert code == 0, said
    return (out / "film.mp4").read_bytes()


@pytest.mark.slow
def test_the_page_works_as_it_is_written(machines: Machines, drawn_here: bytes, tmp_path: Path) -> None:
    machines.forget()
    with machines.cluster(worker=[], other=[]) as address:
        code, said = machines.render(address, tmp_path)
    assert code == 0, said
    assert (tmp_path / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_a_worker_with_other_code_is_refused_and_named(machines: Machines, tmp_path: Path) -> None:
    machines.forget()
    scene = machines.other.packages / "softmax_explained" / "scenes" / "teaser" / "scene.py"
    source = scene.read_bytes()
    scene.write_bytes(source + b"\n# revised\n")
    try:
        with machines.cluster(other=[]) as address:
            code, said = machines.render(address, tmp_path / "out")
    finally:
        scene.write_bytes(source)
    told = " ".join(said.split())
    assert code == 2, said
    assert "the worker has other versions than the client: code scenes/teaser/scene.py" in told
    assert "Traceback" not in said
    assert not (tmp_path / "out" / "film.mp4").exists()


@pytest.mark.slow
def test_a_worker_with_too_little_memory_does_not_keep_the_others_from_drawing(
    machines: Machines, drawn_here: bytes, tmp_path: Path
) -> None:
    machines.forget()
    with machines.cluster(worker=[], other=["--memory-limit", "150MiB"]) as address:
        code, said = machines.render(address, tmp_path)
    assert code == 0, said
    assert (tmp_path / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_workers_that_all_have_too_little_memory_are_an_error_that_says_so(
    machines: Machines, tmp_path: Path
) -> None:
    machines.forget()
    with machines.cluster(other=["--memory-limit", "150MiB"]) as address:
        code, said = machines.render(address, tmp_path / "out")
    assert code == 2, said
    assert "memory" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out" / "film.mp4").exists()
