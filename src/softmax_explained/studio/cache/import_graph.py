"""Which files of this project a module's work depends on, read from their imports without running them."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path

PROJECT = "softmax_explained"


def code_behind(*modules: str) -> Mapping[str, str]:
    """The modules of the project that some modules import, directly or not, with the hash of their source.

    A name that a package only passes on, as ``stage`` does with most of its names, is followed to the module
    that defines it: a change of a picture is a change of the chapters that show it, and of no other.

    Args:
        modules: full names; they are part of the answer.

    >>> "softmax_explained.core.arrays" in code_behind("softmax_explained.core.numerics.softmax")
    True
    """
    found, waiting = dict[str, str](), list(modules)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        source = _source(name)
        found[name] = source.hash
        waiting += [_home(of, imported) for of, imported in source.imports]
    return dict(sorted(found.items()))


def hashes(*modules: str) -> Mapping[str, str]:
    """The hash of the source of some modules, without what they import."""
    return {module: _source(module).hash for module in modules}


def remember() -> None:
    """Read all modules of the project that are loaded: in this process they stay what they are now."""
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] == PROJECT and getattr(module, "__file__", None):
            _text(name)


@dataclass(frozen=True)
class _Source:
    """A module as it is written: its hash, what it imports of the project, and which names it defines."""

    hash: str
    imports: tuple[tuple[str, str | None], ...]  # (module, name or None for the module itself)
    passed_on: Mapping[str, tuple[str, str | None]]  # name → where it was imported from


@cache
def _source(module: str) -> _Source:
    text = _text(module)
    imports = list(_imports(ast.parse(text)))
    passed_on = {alias: (of, name) for alias, of, name in imports}
    return _Source(
        hashlib.sha256(text).hexdigest()[:16], tuple((of, name) for _, of, name in imports), passed_on
    )


@cache
def _text(module: str) -> bytes:
    spec = _spec(module)
    assert spec is not None and spec.origin is not None, module  # the project's own modules are files
    return Path(spec.origin).read_bytes()


def _imports(tree: ast.AST) -> Iterator[tuple[str, str, str | None]]:
    """Every import of the project: the name it gets, the module, and the name in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PROJECT:
            for alias in node.names:
                yield alias.asname or alias.name, node.module or "", alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == PROJECT:
                    yield alias.asname or alias.name, alias.name, None


def _home(module: str, name: str | None) -> str:
    """The module that defines a name, be it a module itself or passed on by others."""
    if name is None:
        return module
    if _is_module(inner := f"{module}.{name}"):
        return inner
    passed_on = _source(module).passed_on
    return _home(*passed_on[name]) if name in passed_on else module


@cache
def _is_module(name: str) -> bool:
    parent, _, leaf = name.rpartition(".")
    spec = _spec(parent)
    return (
        spec is not None
        and spec.submodule_search_locations is not None
        and leaf.isidentifier()
        and _spec(name) is not None
    )


@cache
def _spec(module: str) -> ModuleSpec | None:
    """Where a module is, found without running any package it lies in: Manim takes a second to load."""
    parent = module.rpartition(".")[0]
    if parent in (
        "",
        PROJECT,
    ):  # rooms of the house may lie elsewhere, and the house itself is quick to enter
        return find_spec(module)
    package = _spec(parent)
    within = package.submodule_search_locations if package else None
    return PathFinder.find_spec(module, within) if within else None
