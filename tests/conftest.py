"""What every test may be asked for on the command line."""

import pytest

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
