"""A cluster draws the film: workers with the package, and no disk in common."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import dask.config
import pytest
import tiny_film
from distributed import Client, LocalCluster
from tiny_film import RecordedProgress

from docs.pages import commands
from softmax_explained.errors import SoftmaxExplainedError, UsageError
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers import dask_cluster as cluster_module
from softmax_explained.studio.workers import dask_connection
from softmax_explained.studio.workers.dask_cluster import cluster_workers

TLS_OPTIONS = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}


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


@contextmanager
def process(*command: str, cwd: Path, until: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that is ready, and the line that tells so; it is killed at the end of the block."""
    cwd.mkdir()
    running, line = started(*command, cwd=cwd, until=until)
    try:
        yield running, line
    finally:
        running.kill()
        running.wait(20)


def worker_of(
    address: str, folder: Path, *options: str
) -> AbstractContextManager[tuple[subprocess.Popen[str], str]]:
    command = ["distributed.cli.dask_worker", address, "--nthreads=1", "--no-nanny", "--no-dashboard"]
    return process(*command, *options, cwd=folder, until="Registered to:")


@contextmanager
def scheduler_in(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A scheduler and its address."""
    command = ["distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard", *options]
    file = "--scheduler-file=file.json"
    with process(*command, file, cwd=folder, until="Scheduler at:") as (running, line):
        yield running, line.split()[-1]


@pytest.fixture
def lone_scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler without workers."""
    with scheduler_in(tmp_path / "scheduler") as (_, address):
        yield address


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with (
        scheduler_in(tmp_path / "scheduler") as (scheduler, address),
        worker_of(address, tmp_path / "one") as (one, _),
        worker_of(address, tmp_path / "two") as (two, _),
    ):
        yield Cluster(address, scheduler, [one, two])


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(tiny_film.PRODUCTION)


@pytest.fixture(scope="module")
def drawn_here(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("here")
    film, *_ = make_film(plan, folder / "out", RecordedProgress(), SegmentCache(folder / "segments"))
    return film.read_bytes()


@contextmanager
def drawing(plan: Plan, address: str, folder: Path, told: list[str]) -> Iterator[Thread]:
    """A thread in which a cluster draws a film; the block begins when every worker has a chapter in hand."""
    film = Thread(
        target=lambda: make_film(
            plan,
            folder / "out",
            RecordedProgress(),
            SegmentCache(folder / "segments"),
            open_workers=lambda _: cluster_workers(address, tell=told.append),
        )
    )
    film.start()
    with Client(address, set_as_default=False) as client:
        wait_until(lambda: all(client.processing().values()))
        yield film
        film.join(120)


@pytest.mark.slow
def test_a_worker_that_is_killed_with_a_chapter_in_hand_is_replaced_by_the_other(
    cluster: Cluster, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    frozen = cluster.workers[0]
    frozen.send_signal(signal.SIGSTOP)  # so that it is sure to hold its chapter when it is killed
    with drawing(plan, cluster.address, tmp_path, []):
        frozen.kill()
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_a_worker_that_is_frozen_is_given_up_and_its_chapter_drawn_by_another(
    plan: Plan, drawn_here: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL", "5s")  # of the scheduler; usually 5 minutes
    with (
        scheduler_in(tmp_path / "scheduler") as (_, address),
        worker_of(address, tmp_path / "one") as (frozen, _),
        worker_of(address, tmp_path / "two"),
    ):
        frozen.send_signal(signal.SIGSTOP)
        with drawing(plan, address, tmp_path, []):
            pass
        assert frozen.poll() is None  # it is still there, and has drawn nothing
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_when_all_workers_are_killed_in_the_middle_others_draw_the_rest(
    cluster: Cluster, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    told = list[str]()
    for worker in cluster.workers:
        worker.send_signal(signal.SIGSTOP)  # so that each is killed with a chapter in hand
    with drawing(plan, cluster.address, tmp_path, told) as film:
        for worker in cluster.workers:
            worker.kill()
        wait_until(lambda: bool(told))
        with worker_of(cluster.address, tmp_path / "three"):
            film.join(120)
    assert told == [f"{cluster.address}: waiting for another worker, for 60 s at most …"]
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


def asked_in_vain(address: str) -> UsageError:
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers there") as caught,
        cluster_workers(address, timeout=0.5),
    ):
        raise AssertionError("nobody is there")
    return caught.value


def test_a_scheduler_that_does_not_answer_is_an_error_that_says_how_to_start_one() -> None:
    assert "dask scheduler" in asked_in_vain("tcp://127.0.0.1:9").hint


def test_a_port_that_stays_silent_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = asked_in_vain(f"tcp://127.0.0.1:{silent.getsockname()[1]}")
    assert "no answer within" in told.message


def test_a_server_of_something_else_is_no_scheduler() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        asked_in_vain(f"tcp://127.0.0.1:{server.server_address[1]}")
        asked_in_vain(f"ws://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


def test_without_certificates_it_is_told_where_they_are_given() -> None:
    assert "docs/cluster.md" in asked_in_vain("tls://127.0.0.1:9").hint


def test_what_is_waited_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_connection, "PATIENCE", 0.2)
    told = list[str]()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UsageError), cluster_workers(address, timeout=1, tell=told.append):
            raise AssertionError("nobody is there")
    assert told == [f"{address}: waiting for a scheduler to answer, for 1 s at most …"]


def test_the_command_ends_soon_after_it_has_told_that_nobody_answers(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        options = ["--quality", "draft", "--voice", "none", "--scheduler-timeout", "1"]
        done = subprocess.run(
            [sys.executable, "-m", "softmax_explained", "render", "teaser", "--cut", "teaser", *options],
            cwd=tmp_path,
            env=os.environ | {"DASK_SCHEDULER_ADDRESS": address, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no Dask scheduler answers there" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


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


@dataclass
class Making:
    """A film that is being made in a thread."""

    thread: Thread
    failed: list[SoftmaxExplainedError]
    told: list[str]


def making(address: str, plan: Plan, folder: Path, timeout: float) -> Making:
    """Begin to make a film."""

    def make() -> None:
        try:
            cache = SegmentCache(folder / "segments")
            make_film(
                plan,
                folder / "out",
                RecordedProgress(),
                cache,
                open_workers=lambda scratch: cluster_workers(address, timeout, film.told.append),
            )
        except SoftmaxExplainedError as error:
            film.failed.append(error)

    film = Making(Thread(target=make), [], [])
    film.thread.start()
    return film


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gone", "order", "told"),
    [
        ("scheduler", signal.SIGKILL, "its scheduler "),
        ("scheduler", signal.SIGSTOP, "its scheduler has not answered for 8 s"),
        ("workers", signal.SIGKILL, "it has no workers any more"),
    ],
)
def test_a_cluster_that_goes_away_is_an_error_and_not_waited_for(
    gone: str, order: signal.Signals, told: str, cluster: Cluster, plan: Plan, tmp_path: Path
) -> None:
    with Client(cluster.address, set_as_default=False) as client:
        film = making(cluster.address, plan, tmp_path, timeout=8)
        wait_until(lambda: all(client.processing().values()))
    for process in cluster.workers if gone == "workers" else [cluster.scheduler]:
        process.send_signal(order)
    film.thread.join(90)
    assert not film.thread.is_alive()
    assert film.failed[0].message.startswith(f"lost the cluster: {told}")
    assert len(film.told) == len(set(film.told))
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_cluster_whose_first_worker_is_still_to_come_is_waited_for(
    lone_scheduler: str, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    film = making(lone_scheduler, plan, tmp_path, timeout=60)
    wait_until(lambda: bool(film.told))
    assert film.told == [f"{lone_scheduler}: waiting for its first worker, for 60 s at most …"]
    with worker_of(lone_scheduler, tmp_path / "late"):
        film.thread.join(120)
    assert not film.failed
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[LocalCluster]:
    """A cluster that starts workers, processes of their own, when it is told to."""
    with LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path / "workers"),
        silence_logs=False,
    ) as cluster:
        yield cluster


@pytest.mark.slow
def test_an_adaptive_cluster_grows_for_every_film_and_shrinks_after_it(
    growing: LocalCluster, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    growing.adapt(minimum=0, maximum=2, interval="100ms", wait_count=3, target_duration="1ms")
    for name in ("first", "second"):
        film = making(growing.scheduler_address, plan, tmp_path / name, timeout=60)
        wait_until(lambda: len(growing.workers) == 2)
        film.thread.join(120)
        assert not film.failed
        assert (tmp_path / name / "out" / "film.mp4").read_bytes() == drawn_here
        wait_until(lambda: not growing.workers)


@pytest.mark.slow
def test_a_cluster_that_shrinks_in_the_middle_of_a_film_draws_it_all_the_same(
    growing: LocalCluster, plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    growing.scale(2)
    growing.wait_for_workers(2, timeout=60)
    with drawing(plan, growing.scheduler_address, tmp_path, []):
        growing.scale(1)
        wait_until(lambda: len(growing.workers) == 1)
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_a_cluster_without_any_worker_is_an_error(lone_scheduler: str, plan: Plan, tmp_path: Path) -> None:
    film = making(lone_scheduler, plan, tmp_path, timeout=4)
    film.thread.join(60)
    assert not film.thread.is_alive()
    assert film.failed[0].message == "lost the cluster: no worker has come"


def config_key(variable: str) -> str:
    """The key of Dask's configuration that a variable of the environment sets."""
    return variable.removeprefix("DASK_").lower().replace("__", ".").replace("_", "-")


@pytest.mark.slow
def test_a_cluster_with_certificates_draws_the_same_film_for_who_has_one(
    plan: Plan, drawn_here: bytes, tmp_path: Path
) -> None:
    files = {name: str(Path(__file__).with_name("tls") / name) for name in TLS_OPTIONS.values()}
    options = [f"--tls-{key}={files[name]}" for key, name in TLS_OPTIONS.items()]
    with (
        scheduler_in(tmp_path / "scheduler", "--protocol=tls", *options) as (_, address),
        worker_of(address, tmp_path / "worker", *options),
    ):
        assert "docs/cluster.md" in asked_in_vain(address).hint
        exported = (line[1].partition("=") for _, line in commands("export"))
        with dask.config.set({config_key(name): files[file] for name, _, file in exported}):
            film = making(address, plan, tmp_path, timeout=60)
            film.thread.join(120)
    assert not film.failed
    assert (tmp_path / "out" / "film.mp4").read_bytes() == drawn_here


@pytest.mark.slow
def test_the_address_of_a_worker_is_not_that_of_a_scheduler(cluster: Cluster) -> None:
    with Client(cluster.address, set_as_default=False) as client:
        worker = next(iter(client.scheduler_info()["workers"]))
    assert "a Worker answers" in asked_in_vain(worker).message


@pytest.mark.slow
def test_machines_without_the_package_are_named(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PACKAGE", "a-package-nobody-has")
    with pytest.raises(UsageError, match="not installed on the scheduler, tcp://") as caught:
        workers = cluster_workers(cluster.address)
        workers.__enter__()
    assert caught.value.message.count("tcp://") == 3  # the scheduler as it was given, and two workers


@pytest.mark.slow
def test_a_scheduler_file_is_an_address_too(cluster: Cluster, tmp_path: Path) -> None:
    with cluster_workers(str(tmp_path / "scheduler" / "file.json")):
        pass


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"address": 3}', None])
def test_what_is_no_scheduler_file_is_told_at_once(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "file.json").write_text(text)
    with pytest.raises(UsageError, match=r"not a scheduler file|not the address of a scheduler"):
        cluster_workers(str(tmp_path / "file.json")).__enter__()


NO_ADDRESSES = [
    *("foo", "tcp://127.0.0.1", "tcp://:8786", "tcp://host:port", "8786", ""),
    *("http://127.0.0.1:8786", "inproc://127.0.0.1:8786", "file:///127.0.0.1:8786", "ucx://127.0.0.1:8786"),
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_told_at_once(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a scheduler"):
        cluster_workers(address).__enter__()
