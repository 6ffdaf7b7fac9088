"""Links between pages lead somewhere, every page can be found, and named files exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pages import PAGES, ROOT, Page, anchor, page

READMES = ("README.md", "README.zh-CN.md")
by_name = pytest.mark.parametrize("each", PAGES, ids=lambda each: each.name)


def broken(each: Page, link: str) -> bool:
    """Whether a link to a file or heading of the project leads nowhere."""
    path, _, fragment = link.partition("#")
    target = (each.file.parent / path).resolve() if path else each.file
    if not target.is_relative_to(ROOT) or not target.exists():
        return True
    if not fragment:
        return False
    return fragment not in [anchor(text) for _, text in Page(str(target.relative_to(ROOT))).headings]


def test_there_are_pages() -> None:
    assert {"CONTRIBUTING.md", "CHANGELOG.md", "docs/commands.md", *READMES} <= {each.name for each in PAGES}


@by_name
def test_every_link_inside_the_project_leads_somewhere(each: Page) -> None:
    inside = [link for link in each.links if "://" not in link]
    assert [link for link in inside if broken(each, link)] == []


def test_a_wrong_link_is_found() -> None:
    readme = page("README.md")
    assert broken(readme, "docs/nothing.md")
    assert broken(readme, "docs/commands.md#no-such-heading")
    assert broken(readme, "../elsewhere.md")
    assert not broken(readme, "docs/commands.md#render")


@pytest.mark.parametrize("readme", READMES)
def test_every_page_is_linked_from_the_readme(readme: str) -> None:
    linked = {link.partition("#")[0] for link in page(readme).links}
    assert {each.name for each in PAGES} - linked == set()


@by_name
def test_every_named_file_exists(each: Page) -> None:
    named = [code for code in each.codes if re.match(r"(src|scenes|assets|tests|docs|\.ci)/[\w./-]*$", code)]
    named += [code for code in each.codes if re.fullmatch(r"[\w-]+\.(md|toml|txt|json)", code)]
    not_of_the_project = {"my-lesson.toml", "course.toml", "film.json", "fr.toml", "pt-BR.toml"}
    assert [name for name in named if not (ROOT / name).exists() and name not in not_of_the_project] == []


def test_the_map_of_the_packages_is_complete() -> None:
    text = page("docs/architecture.md").section("Packages")
    listed: set[str] = set()
    outer = ""
    for indent, name in re.findall(
        r"^ {4}( *)(\w+)/", text.partition("src/softmax_explained/")[2], re.MULTILINE
    ):
        outer = name if len(indent) == 2 else outer
        listed.add(name if len(indent) == 2 else f"{outer}/{name}")
    package = ROOT / "src" / "softmax_explained"
    inner = {str(file.parent.relative_to(package)) for file in package.glob("*/*/__init__.py")}
    assert listed == inner | {Path(name).parts[0] for name in inner}


@pytest.mark.parametrize("package", ["core", "stage", "studio"])
def test_the_documented_layers_are_those_of_the_linter(package: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [
        each["layers"] for each in contracts if each.get("containers") == [f"softmax_explained.{package}"]
    ]
    (row,) = [
        row[1] for row in page("docs/architecture.md").rows if row[0] == f"`{package}`" and "←" in row[1]
    ]
    documented = [set(re.findall(r"\w+", layer)) for layer in row.split("←")]
    assert documented == [set(layer.split(" | ")) - {"number_format"} for layer in reversed(layers)]


def test_every_file_that_is_named_in_an_asset_exists() -> None:
    texts = [file.read_text("utf-8") for file in (ROOT / "assets").rglob("*.toml")]
    named = {name for text in texts for name in re.findall(r"\b(?:tests|docs|src|scenes)/[\w./-]*\w", text)}
    assert {"docs/words.md"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_message_of_the_troubleshooting_page_is_in_the_source() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), ROOT / ".ci" / "setup.sh"]
    text = re.sub(r"\{[^{}\n]+\}|\$PYTHON", "…", "\n".join(file.read_text("utf-8") for file in sources))
    messages = [row[0].strip("`") for row in page("docs/troubleshooting.md").rows if row[0].startswith("`")]
    parts = [part.strip(" .'") for message in messages for part in message.removeprefix("setup: ").split("…")]
    wanted = [part for part in parts if len(part) > 3]
    assert len(wanted) > 6
    assert [part for part in wanted if part not in text] == []
