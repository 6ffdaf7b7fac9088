"""What holds for every test, and what tests may be asked for on the command line."""

import pytest
from hypothesis import settings

from softmax_explained.scenes.film import FILM
from softmax_explained.stage.text.colour_roles import use_roles
from voices import hide_voices

hide_voices()

settings.register_profile("film", deadline=None)  # time never decides a test, least of all on a busy machine
settings.load_profile("film")

collect_ignore = [
    "core/lesson/train_lessons.py",  # needs scikit-learn; it says how to run it
    "bench",  # a program, `make bench`; what it works out is tested in test_bench_*.py
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--set-golden",
        action="store_true",
        help="write the pictures and facts of tests/scenes/golden anew, after you have looked at the change",
    )


@pytest.fixture(autouse=True)
def roles_of_the_film() -> None:
    """Colour formulas that no chapter draws by the roles of the film, whatever a test before has drawn."""
    use_roles(FILM.roles)
