"""Run the tests of a mutation on a copy of the project in which one place is broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import TypeVar

from regression.project_copy import WORKING_TREE, copy_project, environment_of

Result = TypeVar("Result")

SECONDS = 600
"""How long the tests of one mutation may take."""

PYTEST = ("-m", "pytest", "-qx", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no")

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)

_TESTS_FAILED = 1
"""Pytest's exit status; others mean that it could not run the tests."""


@dataclass(frozen=True)
class Mutation:
    """One place to break.

    Attributes:
        file: below the root of the project.
        old: text that the file contains exactly once.
        new: what replaces it.
        tests: the test files, or tests, that are to notice.
        explanation: why no test can notice; empty if one must.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    explanation: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip()!r} -> {self.new.strip()!r}"

    def applied(self, source: str) -> str:
        """The source with the place broken.

        Raises:
            ValueError: the old text is not found exactly once.
        """
        if (count := source.count(self.old)) != 1:
            raise ValueError(f"{self.file} contains {self.old!r} {count} times, not once")
        return source.replace(self.old, self.new)


@dataclass(frozen=True)
class Outcome:
    """What the tests said.

    Attributes:
        mutation: the place that was broken.
        caught_by: the first tests that failed.
        error: why the tests could not run.
    """

    mutation: Mutation
    caught_by: tuple[str, ...] = ()
    error: str = ""

    @property
    def as_expected(self) -> bool:
        """Caught, or a survivor that the table explains."""
        return not self.error and bool(self.caught_by) != bool(self.mutation.explanation)

    def __str__(self) -> str:
        if self.error:
            return f"ERROR     {self.mutation}\n          {self.error}"
        if self.caught_by:
            unexpected = " although the table says none can" if self.mutation.explanation else ""
            return f"caught    {self.mutation}\n          by {', '.join(self.caught_by)}{unexpected}"
        why = self.mutation.explanation or f"no failure in {', '.join(self.mutation.tests)}"
        return f"survived  {self.mutation}\n          {why}"


class Copy:
    """A copy of the project to break.

    Args:
        folder: does not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        copy_project(WORKING_TREE, self.project)
        environment = environment_of(self.project, folder / "site")
        self._environment = {**environment, "CI": "true", "XDG_CACHE_HOME": str(folder / "cache")}
        self._writes = 0

    def failures(self, tests: Iterable[str]) -> tuple[str, ...]:
        """The first tests that fail on the copy as it is.

        Raises:
            RuntimeError: the tests could not run to their end.
        """
        command = [sys.executable, *PYTEST, *tests]
        try:
            done = subprocess.run(
                command,
                cwd=self.project,
                env=self._environment,
                capture_output=True,
                check=False,
                text=True,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"the tests ran for more than {SECONDS} seconds") from error
        failed = tuple(_FAILED.findall(done.stdout))
        if done.returncode not in (0, _TESTS_FAILED) or bool(failed) != bool(done.returncode):
            raise RuntimeError((done.stdout + done.stderr)[-1000:].strip())
        return failed

    def outcome(self, mutation: Mutation) -> Outcome:
        """Break one place, run its tests, and restore it."""
        file = self.project / mutation.file
        source = file.read_text("utf-8")
        try:
            self._write(file, mutation.applied(source))
            return Outcome(mutation, caught_by=self.failures(mutation.tests))
        except (ValueError, RuntimeError) as error:
            return Outcome(mutation, error=str(error))
        finally:
            self._write(file, source)

    def _write(self, file: Path, source: str) -> None:
        file.write_text(source, "utf-8")
        # Python recompiles a source when its time differs, in whole seconds.
        self._writes += 1
        os.utime(file, (self._writes, self._writes))


def outcomes(
    mutations: Sequence[Mutation], folder: Path, jobs: int, *, known_to_pass: bool = False
) -> Iterator[Outcome]:
    """Try mutations, each by itself.

    Args:
        mutations: the places.
        folder: for the copies.
        jobs: copies that are tested at the same time.
        known_to_pass: do not first run the tests without a mutation.

    Raises:
        RuntimeError: tests fail without a mutation.
    """
    copies = Queue[Copy]()
    for number in range(jobs):
        copies.put(Copy(folder / str(number)))

    def with_a_copy(do: Callable[[Copy], Result]) -> Result:
        copy = copies.get()
        try:
            return do(copy)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(jobs) as pool:
        if not known_to_pass:
            tests = dict.fromkeys(test for mutation in mutations for test in mutation.tests)
            runs = pool.map(lambda test: with_a_copy(lambda copy: copy.failures([test])), tests)
            if failed := [test for failures in runs for test in failures]:
                raise RuntimeError(f"fails without a mutation: {', '.join(failed)}")
        yield from pool.map(lambda each: with_a_copy(lambda copy: copy.outcome(each)), mutations)
