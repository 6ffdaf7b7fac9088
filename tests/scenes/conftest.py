"""The film, played by reading speed once a session."""

import pytest
from stills import Played, play

from softmax_explained.scenes import RUNNING_ORDER, chapter
from softmax_explained.stage import Production


@pytest.fixture(scope="session")
def production() -> Production:
    return Production()


@pytest.fixture(scope="session")
def film(production: Production) -> dict[str, Played]:
    """Every chapter of the film, played."""
    return {name: play(chapter(name), production) for name in RUNNING_ORDER}
