"""Which source files of this project a module depends on, read from their imports without running them."""

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

from softmax_explained.studio.cache.known_imports import Imports, KnownImports

PROJECT = "softmax_explained"


def code_behind(*modules: str) -> Mapping[str, str]:
    """The hashes of modules and of everything of this project that they import, directly or indirectly.

    A re-exported name is followed to the module that defines it, so that a change to one chart affects only
    the chapters that show it.

    Args:
        modules: full names; they are part of the result.

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
        waiting += [_defining_module(of, imported) for _, of, imported in source.imports]
    _known_imports().save()
    return dict(sorted(found.items()))


def hashes(*modules: str) -> Mapping[str, str]:
    """The hashes of the source of some modules, without their imports."""
    return {module: _source(module).hash for module in modules}


def source_of(module: str) -> str:
    """The source of a module."""
    return _text(module).decode("utf-8")


def remember(*modules: str) -> None:
    """Read all loaded modules of the project and of a film: this process keeps running them if files change.

    Args:
        modules: those that declare the film.
    """
    packages = {PROJECT, *(module.split(".")[0] for module in modules)}
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] in packages and getattr(module, "__file__", None):
            _text(name)


@dataclass(frozen=True)
class _Source:
    """The hash of a module, and its imports from the project."""

    hash: str
    imports: Imports


@cache
def _source(module: str) -> _Source:
    text, packages = _text(module), {PROJECT, module.split(".")[0]}
    sha256, known = hashlib.sha256(text).hexdigest(), _known_imports()
    imports = known.get(key := f"{sha256} {' '.join(sorted(packages))}")
    if imports is None:
        imports = tuple(_imports(ast.parse(text), packages))
        known.put(key, imports)
    return _Source(sha256[:16], imports)


@cache
def _known_imports() -> KnownImports:
    return KnownImports()


@cache
def _text(module: str) -> bytes:
    spec = _spec(module)
    assert spec is not None and spec.origin is not None, module  # the project's own modules are files
    return Path(spec.origin).read_bytes()


def _imports(tree: ast.AST, packages: set[str]) -> Iterator[tuple[str, str, str | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in packages:
            for alias in node.names:
                yield alias.asname or alias.name, node.module or "", alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in packages:
                    yield alias.asname or alias.name, alias.name, None


def _defining_module(module: str, name: str | None) -> str:
    """The module that defines a name, which may be a module itself or re-exported."""
    if name is None:
        return module
    if _is_module(inner := f"{module}.{name}"):
        return inner
    imported = [(of, inner) for alias, of, inner in _source(module).imports if alias == name]
    if star := [of for alias, of, _ in _source(module).imports if alias == "*" and not imported]:
        return _defining_module(star[0], name)
    return _defining_module(*imported[-1]) if imported else module


@cache
def _is_module(name: str) -> bool:
    parent, _, last = name.rpartition(".")
    package = _spec(parent)
    is_package = package is not None and package.submodule_search_locations is not None
    return is_package and last.isidentifier() and _spec(name) is not None


@cache
def _spec(module: str) -> ModuleSpec | None:
    """Where a module is, found without importing its parent packages: Manim takes a second to load."""
    parent = module.rpartition(".")[0]
    if parent in ("", PROJECT):  # subpackages may be installed elsewhere; the package itself loads fast
        return find_spec(module)
    package = _spec(parent)
    within = package.submodule_search_locations if package else None
    return PathFinder.find_spec(module, within) if within else None
