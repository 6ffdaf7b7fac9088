"""Manim's settings for what this project draws: its own, and nothing that a configuration file says.

Manim reads ``manim.cfg`` from the working folder and from the user's home. With ``from_animation_number = 5``
in one of them other frames would be drawn, and kept in the cache. Plain ``manim`` still reads both files.
"""

from __future__ import annotations

from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import manim
from manim import config
from manim._config.utils import ManimConfig

QUIET: dict[str, object] = {"disable_caching": True, "progress_bar": "none", "verbosity": "ERROR"}


@contextmanager
def manim_config(**settings: Any) -> Iterator[None]:
    """Use Manim's defaults with some settings until the end of the block.

    >>> with manim_config(frame_rate=12.0):
    ...     config.frame_rate, config.background_opacity
    (12.0, 1.0)
    """
    before = config.copy()
    config.update(_defaults())
    config.update({**QUIET, **settings})
    try:
        yield
    finally:
        config.update(before)


@cache
def _defaults() -> ManimConfig:
    parser = ConfigParser()
    parser.read(Path(manim.__file__).parent / "_config" / "default.cfg", "utf-8")
    return ManimConfig().digest_parser(parser)
