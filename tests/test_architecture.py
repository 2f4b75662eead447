"""The house rules, read from the imports: docs/architecture.md says why each of them is there."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "osler"

FLOORS = {
    "errors": 0, "ids": 0, "config": 0,
    "model": 1,
    "text": 2, "net": 2, "store": 2,
    "formats": 3, "providers": 3,
    "sources": 4, "index": 4,
    "library": 5, "retrieval": 5, "verify": 5, "synthesis": 5,
    "calculators": 5, "mechanism": 5, "accounts": 5,
    "answer": 6, "audit": 6, "review": 6, "strip": 6,
    "service": 7,
    "evaluate": 8,
    "surfaces": 9,
    "testing": 10,
}  # fmt: skip
FOR_ALL = {"errors", "ids"}
OWNERS = {
    "alembic": "store",
    "argon2": "accounts",
    "graphlay": "mechanism",
    "docx": "surfaces",
    "fastapi": "surfaces",
    "httpx": "net",
    "isal": "formats",
    "joserfc": "accounts",
    "jinja2": "surfaces",
    "lxml": "formats",
    "markupsafe": "surfaces",
    "numpy": "index providers",
    "onnxruntime": "providers",
    "platformdirs": "service",
    "psycopg": "store",
    "pyotp": "accounts",
    "rich": "surfaces",
    "roadrunner": "mechanism",
    "sqlalchemy": "store",
    "starlette": "surfaces",
    "tantivy": "index",
    "tokenizers": "providers",
    "typer": "surfaces",
    "uvicorn": "surfaces",
    "weasyprint": "surfaces",
}
STANDARD_OWNERS = {
    "ftplib": "net", "http.client": "net", "socket": "net", "ssl": "net", "urllib.request": "net",
    "smtplib": "net", "sqlite3": "store",
}  # fmt: skip
NON_DETERMINISTIC = {"random", "secrets", "time", "uuid"}
CLOCK_AND_ENVIRONMENT = {
    "os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "os.urandom",
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today",
}  # fmt: skip
MAY_ASK_THE_WORLD = {"surfaces", "evaluate", "testing"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"}
STUB_WORDS = ("TODO", "FIXME", "XXX", "HACK")
LONGEST_FILE = 500


@dataclass(frozen=True)
class Module:
    """One file of the package, parsed."""

    name: str
    path: Path
    tree: ast.Module
    text: str

    @property
    def room(self) -> str:
        return self.name.split(".")[1] if "." in self.name else ""

    def imports(self) -> Iterator[tuple[str, int]]:
        """Yield the full name of each thing imported, wherever in the file, with its line."""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom):
                origin = node.module or ""
                if node.level:
                    above = package.split(".")[: len(package.split(".")) - node.level + 1]
                    origin = ".".join([*above, *([origin] if origin else [])])
                for alias in node.names:
                    yield f"{origin}.{alias.name}", node.lineno


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, path, ast.parse(text), text)
    return found


def resolve(imported: str) -> str | None:
    """Return the module of the package that ``imported`` names or lies in, or None for others'."""
    if not (imported == "osler" or imported.startswith("osler.")):
        return None
    while imported not in modules():
        imported = imported.rpartition(".")[0]
    return imported


def place(module: Module, line: int) -> str:
    return f"{module.path.relative_to(ROOT)}:{line}"


def report(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


def test_every_room_has_a_floor() -> None:
    report([f"{m.name}: no floor is given for this room" for m in modules().values()
            if m.room and m.room not in FLOORS])  # fmt: skip


def test_imports_go_down_only() -> None:
    faults = []
    for module in modules().values():
        for imported, line in module.imports():
            target = resolve(imported)
            if target is None or not module.room:
                continue
            room = modules()[target].room
            if not room or room == module.room or room in FOR_ALL:
                continue
            if room == "testing" or FLOORS[room] >= FLOORS[module.room]:
                faults.append(f"{place(module, line)}: {module.room} may not import {imported}")
    report(faults)


def test_the_package_itself_imports_nothing_of_its_rooms() -> None:
    door = modules()["osler"]
    names = [(name, line) for name, line in door.imports() if not name.startswith("__future__")]
    report([f"{place(door, line)}: {name}" for name, line in names])


def test_a_third_party_package_is_used_only_in_its_room() -> None:
    faults = []
    for module in modules().values():
        for imported, line in module.imports():
            top = imported.split(".")[0]
            if top == "osler" or top in sys.stdlib_module_names:
                continue
            owner = OWNERS.get(top)
            if owner is None:
                faults.append(f"{place(module, line)}: {top} is not a dependency of the base install")
            elif module.room not in {*owner.split(), "testing"}:
                faults.append(f"{place(module, line)}: {top} belongs to {owner}, not to {module.room}")
    report(faults)


def test_only_vectors_and_models_need_numpy() -> None:
    faults = []
    for module in modules().values():
        for imported, line in module.imports():
            is_vectors = module.name.startswith(("osler.providers.", "osler.index.dense"))
            if imported.split(".")[0] == "numpy" and not is_vectors:
                faults.append(f"{place(module, line)}: {imported} is not in the base install")
    report(faults)


def test_sockets_and_databases_have_one_door_each() -> None:
    faults = []
    for module in modules().values():
        for imported, line in module.imports():
            for name, owner in STANDARD_OWNERS.items():
                named = imported == name or imported.startswith(name + ".")
                if named and module.room not in {owner, "testing"}:
                    faults.append(f"{place(module, line)}: {name} belongs to {owner}")
    report(faults)


def test_no_imports_form_a_ring() -> None:
    graph = {
        module.name: {target for name, _ in module.imports() if (target := resolve(name))}
        - {module.name}
        for module in modules().values()
    }
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise AssertionError("ring: " + " → ".join([*path[path.index(name) :], name]))
        if name not in done:
            for target in sorted(graph[name]):
                walk(target, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""


def test_only_wiring_and_what_stands_above_it_ask_the_clock_the_environment_or_chance() -> None:
    faults = []
    for module in modules().values():
        if module.room in MAY_ASK_THE_WORLD or module.name == "osler.service.wiring":
            continue
        for imported, line in module.imports():
            name = imported.removeprefix("time.")
            if imported.split(".")[0] in NON_DETERMINISTIC and name != "struct_time":
                faults.append(f"{place(module, line)}: {imported}")
            if imported in CLOCK_AND_ENVIRONMENT:
                faults.append(f"{place(module, line)}: {imported}")
        faults += [
            f"{place(module, node.lineno)}: {_dotted(node)}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and _dotted(node) in CLOCK_AND_ENVIRONMENT
        ]
    report(faults)


def test_nothing_is_named_after_nothing() -> None:
    report([m.name for m in modules().values() if FORBIDDEN_NAMES & set(m.name.split("."))])


def test_no_file_is_longer_than_it_should_be() -> None:
    folders = [ROOT / name for name in ("src", "tests", "bench", "scripts")]
    report([f"{path.relative_to(ROOT)}: {lines} lines" for folder in folders
            for path in sorted(folder.rglob("*.py"))
            if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE])  # fmt: skip


def test_nothing_is_left_unfinished() -> None:
    faults = []
    for module in modules().values():
        for number, line in enumerate(module.text.splitlines(), start=1):
            faults += [f"{place(module, number)}: {word}" for word in STUB_WORDS if word in line.split()
                       or f"{word}:" in line]  # fmt: skip
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Raise) and node.exc is not None:
                raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
                if _dotted(raised) == "NotImplementedError":
                    faults.append(f"{place(module, node.lineno)}: NotImplementedError")
    report(faults)


def _public(body: list[ast.stmt], path: str) -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            overload = any(_dotted(d).endswith("overload") for d in node.decorator_list)
            if node.name.startswith("_") or overload:
                continue
            yield f"{path}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{path}.{node.name}")


def test_everything_public_says_what_it_is() -> None:
    faults = []
    for module in modules().values():
        if not ast.get_docstring(module.tree):
            faults.append(f"{place(module, 1)}: the module has no docstring")
        for name, node in _public(module.tree.body, module.name):
            assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if not ast.get_docstring(node):
                faults.append(f"{place(module, node.lineno)}: {name} has no docstring")
    report(faults)


def test_each_suppression_has_its_reason_beside_it() -> None:
    faults = []
    for module in modules().values():
        for number, line in enumerate(module.text.splitlines(), start=1):
            for mark in ("# noqa", "# type: ignore"):
                rest = line.partition(mark)[2]
                if mark in line and "#" not in rest and len(rest.split("]")[-1].split()) < 3:
                    above = module.text.splitlines()[number - 2].strip()
                    if not above.startswith("#"):
                        faults.append(f"{place(module, number)}: {mark} without a reason")
    report(faults)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from osler.model import source", "osler.model.source"),
        ("from osler.model.source import Kind", "osler.model.source"),
        ("import osler.errors", "osler.errors"),
        ("import json", None),
    ],
)
def test_imports_are_resolved_to_the_module_they_lie_in(text: str, expected: str | None) -> None:
    module = Module("osler.library.probe", PACKAGE / "library" / "probe.py", ast.parse(text), text)
    assert [resolve(name) for name, _ in module.imports()] == [expected]
