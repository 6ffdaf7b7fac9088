"""bench.json: all that was measured, written anew after every step, so that a broken run loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from softmax_explained.errors import UsageError


class Record:
    """What was measured, by the name of the step: ``medium/default/1``.

    Args:
        path: the file.
        told: what stands at its head: machine, code, chapters, rounds.
        steps: those that are done already.

    Attributes:
        told: the head.
        steps: what was measured.
    """

    def __init__(self, path: Path, told: Mapping[str, Any], steps: Mapping[str, Any] | None = None) -> None:
        self.path, self.told, self.steps = path, dict(told), dict(steps or {})

    @classmethod
    def read(cls, path: Path) -> Record:
        """A record that was written before.

        Raises:
            UsageError: there is none, or it cannot be read.
        """
        try:
            written = json.loads(path.read_text("utf-8"))
            return cls(
                path, {key: value for key, value in written.items() if key != "steps"}, written["steps"]
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{path}: not a benchmark record ({type(error).__name__}: {error})",
                hint="use another file with --out, or start again without --resume",
            ) from error

    def goes_on_with(self, told: Mapping[str, Any]) -> None:
        """See that what is still to be measured can be compared with what was.

        Raises:
            UsageError: another machine, other code or another film was measured.
        """
        others = [key for key in told if key != "date" and self.told.get(key) != told[key]]
        if others:
            raise UsageError(
                f"{self.path}: {', '.join(others)} changed since the measurement began",
                hint="continue with the same options, machine and code, or start again without --resume",
            )

    def put(self, step: str, found: Mapping[str, Any]) -> None:
        """Write down what a step has found; the file is whole at any time."""
        self.steps[step] = dict(found)
        aside = self.path.with_name(f".{self.path.name}.new")
        aside.write_text(json.dumps({**self.told, "steps": self.steps}, indent=1) + "\n", "utf-8")
        aside.replace(self.path)

    def median(self, quality: str, name: str) -> dict[str, Any]:
        """The medians of all rounds of a step; what is no number is that of the first round.

        Returns:
            Nothing if it was not measured.
        """
        rounds = self._found(quality, name)
        return {
            key: median(each[key] for each in rounds) if isinstance(value, int | float) else value
            for key, value in (rounds[0] if rounds else {}).items()
        }

    def rounds(self, quality: str, name: str) -> int:
        """How often a step was done."""
        return len(self._found(quality, name))

    def _found(self, quality: str, name: str) -> list[dict[str, Any]]:
        return [found for step, found in self.steps.items() if step.rpartition("/")[0] == f"{quality}/{name}"]


def today() -> str:
    """The day, as ISO 8601 writes it."""
    return datetime.now().astimezone().date().isoformat()
