"""The voices of Kokoro, for tests that ask for them."""

from pathlib import Path

import pytest

from softmax_explained.studio.speech.install_voices import install
from voices import need_model, package


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the style vectors; the test is skipped where they cannot be had."""
    need_model()
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        install(package())
    return folder


@pytest.fixture
def kokoro(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the voices of Kokoro be installed."""
    monkeypatch.setenv("XDG_DATA_HOME", str(data_folder))
