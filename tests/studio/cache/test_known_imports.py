"""What was parsed before is not parsed again, and a lost or damaged cache costs time and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from softmax_explained.studio.cache import import_graph, known_imports
from softmax_explained.studio.cache.known_imports import Imports, KnownImports

IMPORTS: Imports = (
    ("Box", "softmax_explained.stage.shapes.box", "Box"),
    ("np", "softmax_explained.core", None),
)
MODULE = "softmax_explained.core.numerics.softmax"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kept = KnownImports(tmp_path / "imports")
    kept.put("a", IMPORTS)
    kept.save()
    return tmp_path / "imports"


def test_what_is_saved_is_known_to_the_next_process(folder: Path) -> None:
    known = KnownImports(folder)
    assert known.get("a") == IMPORTS
    assert known.get("b") is None
    (entry,) = folder.iterdir()
    assert {file.name for file in entry.iterdir()} == {"imports.json", "record.json"}


def test_nothing_is_written_if_nothing_was_added(folder: Path) -> None:
    before = {file: file.stat().st_ino for file in folder.rglob("*")}
    KnownImports(folder).save()
    assert {file: file.stat().st_ino for file in folder.rglob("*")} == before


DAMAGE: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[: len(text) // 2],
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "deep": lambda text: "[" * 100_000,
    "another module": lambda text: text.replace("shapes.box", "shapes.bag"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_imports_are_parsed_again(damage: str, folder: Path) -> None:
    (path,) = folder.rglob("imports.json")
    text = path.read_text("utf-8")
    assert DAMAGE[damage](text) != text
    path.write_text(DAMAGE[damage](text), "utf-8")
    assert KnownImports(folder).get("a") is None


def test_imports_that_were_read_in_another_way_are_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_imports, "_KEY", "imports-2")
    assert KnownImports(folder).get("a") is None


def test_where_no_folder_can_be_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    kept = KnownImports(tmp_path / "file" / "imports")
    kept.put("a", ())
    kept.save()
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_only_the_newest_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_imports, "MOST", 2)
    kept = KnownImports(folder)
    for key in "bc":
        kept.put(key, ())
    kept.save()
    assert [KnownImports(folder).get(key) for key in "abc"] == [None, (), ()]


def test_code_is_found_as_without_the_cache_and_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, times = import_graph._imports, list[ast.AST]()

    def counting(tree: ast.AST, packages: set[str]) -> Iterator[tuple[str, str, str | None]]:
        times.append(tree)
        return read(tree, packages)

    def found() -> dict[str, str]:
        import_graph._source.cache_clear()
        kept = KnownImports(tmp_path / "imports")
        monkeypatch.setattr(import_graph, "_known_imports", lambda: kept)
        return dict(import_graph.code_behind(MODULE))

    monkeypatch.setattr(import_graph, "_imports", counting)
    first = found()
    assert len(times) == len(first) > 2
    assert found() == first
    assert len(times) == len(first)
