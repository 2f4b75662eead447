"""The documents are a promise: what exists is in them, and what is in them exists."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
from jsonschema import Draft202012Validator

from osler.config import ENVIRONMENT
from osler.errors import Exit, OslerError
from osler.model.reader import Reader
from osler.model.source import Kind
from osler.surfaces.cli.main import build_app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")
ERRORS = DOCS / "errors.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FAMILIES = (
    "fault|usage|input|not_found|no_answer|offline|net|not_allowed|index_mismatch|index|library|writer"
)
CODE = re.compile(rf"\A(?:{FAMILIES})\.[a-z_]+\Z")
MADE_OF_PARTS = {"index.schema", "index.tokeniser", "index.fields", "index.engine"}
LIKE_CODES = {"writer.lock", "fault.html"}  # names of files
ABOVE_THE_SETTINGS = {"OSLER_DEBUG", "NO_COLOR"}


def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with the words that call it."""
    family = getattr(command, "commands", None)
    if not family:
        yield path, command
        return
    for name, child in family.items():
        yield from leaves(child, (*path, name))


LEAVES = list(leaves(typer.main.get_command(build_app()), ("osler",)))
NAMES = {" ".join(path): command for path, command in LEAVES}


def chapter(words: str) -> str:
    """Return the chapter of commands.md on the command or its family."""
    for title in (words, " ".join(words.split()[:2])):
        match = re.search(rf"^## {re.escape(title)}\b.*?(?=^## |\Z)", COMMANDS, re.M | re.S)
        if match:
            return match[0]
    return ""


@pytest.mark.parametrize("words", NAMES)
def test_every_command_has_its_place(words: str) -> None:
    assert words in chapter(words)


@pytest.mark.parametrize("words", NAMES)
def test_every_option_is_explained(words: str) -> None:
    text = chapter(words)
    for parameter in NAMES[words].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in text, f"{words} {option}"


@pytest.mark.parametrize("value", [*Reader, *Kind])
def test_every_value_of_a_choice_is_named(value: str) -> None:
    assert f"`{value}`" in COMMANDS


def test_no_command_is_promised_that_does_not_exist() -> None:
    for page in PAGES:
        for words in re.findall(r"`(osler [a-z ]+[a-z])", page.read_text(encoding="utf-8")):
            known = [
                name for name in NAMES if (words + " ").startswith(name + " ") or name.startswith(words)
            ]
            assert known or page.name == "errors.md", f"{page.name}: {words}"


def test_every_option_that_is_promised_exists() -> None:
    known = {option for command in NAMES.values() for p in command.params for option in p.opts}
    promised = set(re.findall(r"`(--[a-z-]+)", COMMANDS))
    assert promised <= known | {"--help", "--version"}


def test_every_exit_code_is_in_the_table() -> None:
    for code in Exit:
        assert f"| {code.value} | {code.name} |" in COMMANDS


def test_every_variable_is_in_the_table_and_only_these() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", COMMANDS, re.M))
    assert named == set(ENVIRONMENT) | ABOVE_THE_SETTINGS


def error_codes() -> set[str]:
    """Return every stable error code that stands in the source as a word of its own."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(CODE.findall(node.value))
    return found | {fault.code for fault in faults(OslerError)}


def faults(root: type[OslerError]) -> Iterator[type[OslerError]]:
    """Yield the class and all below it."""
    yield root
    for child in root.__subclasses__():
        yield from faults(child)


def explained_codes() -> set[str]:
    """Return the codes in the first column of errors.md."""
    rows = re.findall(r"^\|([^|]+)\|", ERRORS.read_text(encoding="utf-8"), re.M)
    return {code for row in rows for code in re.findall(r"`([a-z_.]+)`", row)}


def test_every_error_code_is_explained() -> None:
    missing = sorted(error_codes() - explained_codes() - LIKE_CODES)
    assert not missing, f"docs/errors.md does not explain: {', '.join(missing)}"


def test_every_error_code_that_is_explained_exists() -> None:
    gone = sorted(explained_codes() - error_codes() - MADE_OF_PARTS - set(FAMILIES.split("|")))
    assert not gone, f"docs/errors.md explains what nothing raises: {', '.join(gone)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("schema", sorted((DOCS / "schema").glob("*.json")), ids=lambda path: path.stem)
def test_schemas_are_schemas(schema: Path) -> None:
    Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") < 150
