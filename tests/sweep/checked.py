"""The check of one lesson, in a process of its own, and what it found."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.narration.words_file import languages
from sweep.lessons import as_toml, drawn, kind_of

LANGUAGES = tuple(languages(FILM.words_folder))
ANY = "any"
"""For a frame or a language: they take turns from seed to seed."""
CRASH, REFUSED, TIME_OUT = "CRASH", "REFUSED", "TIME-OUT"


@dataclass(frozen=True)
class Trial:
    """One lesson in one frame and one language."""

    seed: int
    frame: str
    language: str

    @classmethod
    def of(cls, seed: int, frame: str, language: str) -> Trial:
        """Give the trial of a seed; with `ANY`, frames change with every seed, languages with every third."""
        frames = tuple(FRAMES)
        return cls(
            seed,
            frames[seed % len(frames)] if frame == ANY else frame,
            LANGUAGES[seed // len(frames) % len(LANGUAGES)] if language == ANY else language,
        )


@dataclass(frozen=True)
class Found:
    """An error in a trial."""

    code: str  # of the check, or CRASH, REFUSED or TIME_OUT
    where: str  # the beat, if it is known
    what: str  # one line


@dataclass(frozen=True)
class Outcome:
    """What a trial has found; clean if there is nothing."""

    trial: Trial
    seconds: float = 0.0  # that the check took
    found: tuple[Found, ...] = ()

    def __str__(self) -> str:
        trial = self.trial
        codes = " ".join(sorted({each.code for each in self.found})) or "clean"
        kind = f"({kind_of(trial.seed)})"
        return f"{trial.seed:5} {trial.frame:7} {trial.language:3} {kind:26} {self.seconds:6.1f} s  {codes}"

    def as_json(self) -> str:
        """One line of a record."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_json(cls, line: str) -> Outcome:
        """Read a line of a record."""
        read = json.loads(line)
        found = tuple(Found(**each) for each in read["found"])
        return cls(Trial(**read["trial"]), read["seconds"], found)


def check(trial: Trial, chapters: Sequence[str] = (), limit: float = 900.0) -> Outcome:
    """Check the film of a trial, or some of its chapters, for at most so many seconds."""
    with tempfile.TemporaryDirectory(prefix="sweep-") as folder:
        file = Path(folder) / f"seed-{trial.seed}.toml"
        file.write_text(as_toml(drawn(trial.seed)), "utf-8")
        options = ["--lesson", str(file), "--frame", trial.frame, "--lang", trial.language]
        command = [sys.executable, "-X", "utf8", "-m", "softmax_explained", "check", *chapters, *options]
        start = time.monotonic()
        try:
            done = subprocess.run(
                [*command, "--json", "--jobs", "1"],
                capture_output=True,
                encoding="utf-8",
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(trial, limit, (Found(TIME_OUT, "", f"longer than {limit:g} s"),))
    return replace(read_outcome(trial, done), seconds=round(time.monotonic() - start, 1))


def read_outcome(trial: Trial, done: subprocess.CompletedProcess[str]) -> Outcome:
    """Read what the command wrote: a report, an error in one line, or a traceback."""
    last = next((line.strip() for line in reversed(done.stderr.splitlines()) if line.strip()), "no output")
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        first = next((line for line in done.stderr.splitlines() if line.startswith("error: ")), last)
        is_refusal = done.returncode == 2 and "Traceback" not in done.stderr
        return Outcome(trial, found=(Found(REFUSED, "", first) if is_refusal else Found(CRASH, "", last),))
    found = tuple(
        Found(
            each["code"],
            f"{each['chapter']}.{each['beat']}",
            f"{', '.join(each['objects'])}: {each['measured']}",
        )
        for each in report["findings"]
        if each["severity"] == "error"
    )
    return Outcome(trial, found=found)
