"""What was parsed before is not parsed again, and a lost or damaged file costs time and nothing else."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from softmax_explained.studio.cache import import_graph, imports_file
from softmax_explained.studio.cache.imports_file import Imports, ImportsFile

IMPORTS: Imports = (
    ("Box", "softmax_explained.stage.shapes.box", "Box"),
    ("np", "softmax_explained.core", None),
)
MODULE = "softmax_explained.core.numerics.softmax"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kept = ImportsFile(tmp_path / "cache" / "imports.json")
    kept.put("a", IMPORTS)
    kept.save()
    return tmp_path / "cache" / "imports.json"


def test_what_is_saved_is_known_to_the_next_process(path: Path) -> None:
    known = ImportsFile(path)
    assert known.get("a") == IMPORTS
    assert known.get("b") is None
    assert [file.name for file in path.parent.iterdir()] == ["imports.json"]


def test_nothing_is_written_if_nothing_was_added(path: Path) -> None:
    before = path.stat().st_mtime_ns, path.stat().st_ino
    ImportsFile(path).save()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


DAMAGE: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[: len(text) // 2],
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "deep": lambda text: "[" * 100_000,
    "another format": lambda text: text.replace('"format": 1', '"format": 0'),
    "another module": lambda text: text.replace("shapes.box", "shapes.bag"),
    "nothing of ours": lambda text: json.dumps({"format": 1, "imports": 3, "digest": "x"}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_no_file(damage: str, path: Path) -> None:
    text = path.read_text("utf-8")
    assert DAMAGE[damage](text) != text
    path.write_text(DAMAGE[damage](text), "utf-8")
    assert ImportsFile(path).get("a") is None


@pytest.mark.parametrize("name", ["", "imports.json/imports.json"], ids=["a folder", "below a file"])
def test_where_no_file_can_be_nothing_is_kept_and_nothing_fails(name: str, path: Path) -> None:
    kept = ImportsFile(path.parent / name)
    kept.put("a", ())
    kept.save()
    assert ImportsFile(path).get("a") == IMPORTS
    assert [file.name for file in path.parent.iterdir()] == ["imports.json"]


def test_only_the_newest_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports_file, "LARGEST", 2)
    kept = ImportsFile(path)
    for key in "bc":
        kept.put(key, ())
    kept.save()
    assert [ImportsFile(path).get(key) for key in "abc"] == [None, (), ()]


def test_code_is_found_as_without_the_file_and_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, times = import_graph._imports, list[ast.AST]()

    def counting(tree: ast.AST, packages: set[str]) -> Iterator[tuple[str, str, str | None]]:
        times.append(tree)
        return read(tree, packages)

    def found() -> dict[str, str]:
        import_graph._source.cache_clear()
        kept = ImportsFile(tmp_path / "imports.json")
        monkeypatch.setattr(import_graph, "_imports_file", lambda: kept)
        return dict(import_graph.code_behind(MODULE))

    monkeypatch.setattr(import_graph, "_imports", counting)
    first = found()
    assert len(times) == len(first) > 2
    assert found() == first
    assert len(times) == len(first)
