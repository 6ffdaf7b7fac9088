"""The core stands alone: no film, no command line, and little time."""

from __future__ import annotations

import subprocess
import sys

WITHOUT_THE_FILM = """
import sys

for name in ("manim", "typst", "av", "typer", "rich", "pydantic"):
    sys.modules[name] = None  # from now on importing it raises ImportError
import softmax_explained.core as core

print(core.solve(core.default_lesson())["g[t]"].text)
"""


def test_the_core_works_where_there_is_no_manim() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WITHOUT_THE_FILM],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("−0.758", "")
