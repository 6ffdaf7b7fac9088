"""Two renders, a batch and stills share one cache; it is emptied meanwhile, and one of them is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from soak.shared_cache import SharedCache


@pytest.mark.slow
def test_commands_that_share_a_cache_write_what_they_write_alone(tmp_path: Path) -> None:
    shared = SharedCache(tmp_path)
    assert shared.round(2) == []  # the cache is emptied while they run
    assert shared.round(3) == []  # a render is killed and begun again


@pytest.mark.slow
def test_a_file_that_is_not_as_it_should_be_is_found(tmp_path: Path) -> None:
    shared = SharedCache(tmp_path, commands=("render",))
    shared.expected["render"]["out/film.en.srt"] += b"x"
    assert shared.round(0) == ["render: out/film.en.srt differs"]
