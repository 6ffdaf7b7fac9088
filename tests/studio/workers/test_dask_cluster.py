"""A cluster draws the film: workers with the package, and no disk in common."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import tiny_film
from distributed import Client
from tiny_film import RecordedProgress

from softmax_explained.errors import SoftmaxExplainedError, UsageError
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers import dask_cluster as cluster_module
from softmax_explained.studio.workers.dask_cluster import cluster_workers


@dataclass
class Cluster:
    """A scheduler and two workers, each a process with a folder of its own."""

    address: str
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]]


def started(*command: str, cwd: Path, until: str) -> tuple[subprocess.Popen[str], str]:
    """Start a process and read what it says until a line tells that it is ready; the rest goes to a file."""
    log = cwd / "log"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=cwd, stdout=file, stderr=file, text=True, env=environment
        )
    with log.open() as file:
        while process.poll() is None:
            if until in (line := file.readline()):
                return process, line
    raise AssertionError(log.read_text())


def wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    processes: list[subprocess.Popen[str]] = []
    try:
        for name in ("scheduler", "one", "two"):
            (tmp_path / name).mkdir()
        scheduler, line = started(
            "distributed.cli.dask_scheduler",
            "--host=127.0.0.1",
            "--port=0",
            "--no-dashboard",
            cwd=tmp_path / "scheduler",
            until="Scheduler at:",
        )
        processes.append(scheduler)
        address = line.split()[-1]
        for name in ("one", "two"):
            worker, _ = started(
                "distributed.cli.dask_worker",
                address,
                "--nthreads=1",
                "--no-nanny",
                "--no-dashboard",
                cwd=tmp_path / name,
                until="Registered to:",
            )
            processes.append(worker)
        yield Cluster(address, scheduler, processes[1:])
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait(20)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(tiny_film.PRODUCTION)


@pytest.fixture(scope="module")
def drawn_here(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("here")
    film, *_ = make_film(plan, folder / "out", RecordedProgress(), SegmentCache(folder / "segments"))
    return film.read_bytes()


@pytest.mark.slow
def test_a_worker_that_is_killed_with_a_chapter_in_hand_is_replaced_by_the_other(
    cluster: Cluster, plan: Plan, drawn_here: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "TIMEOUT", 2)  # who is frozen is asked in vain what it has
    frozen = cluster.workers[0]
    frozen.send_signal(signal.SIGSTOP)  # so that it is sure to hold its chapter when it is killed
    drawing = Thread(
        target=lambda: make_film(
            plan,
            tmp_path / "out",
            RecordedProgress(),
            SegmentCache(tmp_path / "segments"),
            open_workers=lambda folder: cluster_workers(cluster.address),
        )
    )
    with Client(cluster.address, set_as_default=False) as client:
        drawing.start()
        wait_until(lambda: all(client.processing().values()))
        frozen.kill()
        drawing.join(120)
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


def test_a_scheduler_that_does_not_answer_is_an_error_that_says_how_to_start_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_module, "TIMEOUT", 0.5)
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers") as caught,
        cluster_workers("tcp://127.0.0.1:9"),
    ):
        raise AssertionError("nobody is there")
    assert "dask scheduler" in caught.value.hint


@pytest.mark.slow
def test_a_film_drawn_by_a_cluster_is_the_film_drawn_here(
    cluster: Cluster, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    cache = SegmentCache(tmp_path / "segments")
    film, *_ = make_film(
        plan,
        tmp_path / "out",
        RecordedProgress(),
        cache,
        open_workers=lambda folder: cluster_workers(cluster.address),
    )
    assert film.read_bytes() == drawn_here


def begun(cluster: Cluster, plan: Plan, folder: Path) -> tuple[Thread, list[SoftmaxExplainedError]]:
    """A film that is under way, and where it will say why it failed."""
    failed: list[SoftmaxExplainedError] = []

    def make() -> None:
        try:
            cache = SegmentCache(folder / "segments")
            make_film(
                plan,
                folder / "out",
                RecordedProgress(),
                cache,
                open_workers=lambda scratch: cluster_workers(cluster.address),
            )
        except SoftmaxExplainedError as error:
            failed.append(error)

    drawing = Thread(target=make)
    with Client(cluster.address, set_as_default=False) as client:
        drawing.start()
        wait_until(lambda: all(client.processing().values()))
    return drawing, failed


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["scheduler", "workers"])
def test_a_cluster_that_goes_away_is_an_error_and_not_waited_for(
    gone: str, cluster: Cluster, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "NO_WORKERS_TIMEOUT", 3)
    drawing, failed = begun(cluster, plan, tmp_path)
    for process in cluster.workers if gone == "workers" else [cluster.scheduler]:
        process.kill()
    drawing.join(90)
    assert not drawing.is_alive()
    assert "lost the cluster" in failed[0].message
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_machines_without_the_package_are_named(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PACKAGE", "a-package-nobody-has")
    with pytest.raises(UsageError, match="not installed on the scheduler, tcp://") as caught:
        workers = cluster_workers(cluster.address)
        workers.__enter__()
    assert caught.value.message.count("tcp://") == 3  # the scheduler as it was given, and two workers


@pytest.mark.parametrize("address", ["foo", "tcp://127.0.0.1", "tcp://:8786", "tcp://host:port", "8786", ""])
def test_what_is_no_address_is_told_at_once(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a scheduler"):
        cluster_workers(address).__enter__()
