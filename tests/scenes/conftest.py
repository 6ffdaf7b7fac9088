"""The film, played by reading speed: each chapter once a session, when a test first asks for it."""

import pytest
from stills import Played, play

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production


class Film(dict[str, Played]):
    """The chapters that have been played, by name; another one is played when it is asked for."""

    def __init__(self, production: Production) -> None:
        super().__init__()
        self._production = production

    def __missing__(self, name: str) -> Played:
        self[name] = play(FILM.chapter(name), self._production)
        return self[name]


@pytest.fixture(scope="session")
def production() -> Production:
    return Production(FILM)


@pytest.fixture(scope="session")
def film(production: Production) -> Film:
    return Film(production)
