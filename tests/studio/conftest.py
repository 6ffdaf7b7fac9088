"""The tiny film, made once for all tests that look at its files."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that the processes that draw the tiny film can import it

import tiny_film
from undisturbed import Undisturbed, draw_undisturbed

from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.video.segment_cache import SegmentCache


@pytest.fixture(scope="session")
def tiny_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return make_plan(
        replace(tiny_film.PRODUCTION, voice="heart"), SpeechCache(tmp_path_factory.mktemp("speech"))
    )


@pytest.fixture(scope="session")
def tiny_progress() -> tiny_film.RecordedProgress:
    return tiny_film.RecordedProgress()


@pytest.fixture(scope="session")
def tiny_cache(tmp_path_factory: pytest.TempPathFactory) -> SegmentCache:
    return SegmentCache(tmp_path_factory.mktemp("segments"))


@pytest.fixture(scope="session")
def tiny_files(
    tiny_plan: Plan,
    tiny_progress: tiny_film.RecordedProgress,
    tiny_cache: SegmentCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("films") / "out"
    return {file.name: file for file in make_film(tiny_plan, out, tiny_progress, tiny_cache)}


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return draw_undisturbed(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture
def kept_segments(undisturbed: Undisturbed, tmp_path: Path) -> SegmentCache:
    """A cache with both chapters, to be damaged at will."""
    return SegmentCache(Path(shutil.copytree(undisturbed.cache, tmp_path / "segments")))
