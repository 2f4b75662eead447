"""The starter library, made records shaped like those of DrugMechDB, and the real ones if present."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from osler.library.ingest import add_items
from osler.library.starter import read_pack
from osler.mechanism.intake import read_entries
from osler.mechanism.record import Record
from osler.service.add import catch_up_index
from osler.service.mechanism import import_records
from osler.service.wiring import Desk, open_desk

NOW = "2026-01-02T03:04:05+00:00"

ZELOKIN = """\
comment: The second step rests on work in cells; the makers of this invented record
  would have liked a better one.
directed: true
graph:
  _id: DB99901_MESH_D999901_1
  disease: Testosis
  disease_mesh: MESH:D999901
  drug: zelokin
  drug_mesh: MESH:C999901
  drugbank: DB:DB99901
links:
  - key: decreases activity of
    source: MESH:C999901
    target: UniProt:Q99901
  - key: positively regulates
    source: UniProt:Q99901
    target: GO:9999901
  - key: causes
    source: GO:9999901
    target: MESH:D999901
multigraph: true
nodes:
  - id: MESH:C999901
    label: Drug
    name: Zelokin
    alt_names:
      - Zelokinum
  - id: UniProt:Q99901
    label: Protein
    name: 'Testin receptor, type "1"'
  - id: GO:9999901
    label: BiologicalProcess
    name: a process whose name is so long that the program that wrote the file carried
      it over to a second line
  - id: MESH:D999901
    label: Disease
    name: Haemorrhagic testosis
references:
  - https://example.invalid/one
  - 'doi: 10.9999/two'
"""
SECOND = ZELOKIN.replace("_1\n", "_2\n", 1).replace(
    "  - key: causes\n", "  - key: positively correlated with\n"
)
OTHER_DISEASE = (
    ZELOKIN.replace("D999901_1", "D999902_1")
    .replace("disease: Testosis", "disease: Invented fever")
    .replace("MESH:D999901", "MESH:D999902")
    .replace("Haemorrhagic testosis", "Invented fever")
)
LOOSE_END = ZELOKIN.replace("target: GO:9999901", "target: GO:0000000", 1)
OTHER_SHAPE = "{directed: true, graph: {}}\n"


def write_archive(file: Path, entries: dict[str, str | bytes]) -> Path:
    """Pack ``entries`` by name into a compressed archive."""
    with tarfile.open(file, "w:xz") as archive:
        for name, text in entries.items():
            content = text.encode() if isinstance(text, str) else text
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return file


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of three good records and three entries that are none."""
    return write_archive(
        tmp_path / "paths.tar.xz",
        {
            "LICENSE": "CC0",
            "kb/a.yaml": ZELOKIN,
            "kb/b.yaml": SECOND,
            "kb/c.yaml": OTHER_DISEASE,
            "kb/loose.yaml": LOOSE_END,
            "kb/other.yaml": OTHER_SHAPE,
        },
    )


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The starter library, loaded once; tests only ask."""
    home = tmp_path_factory.mktemp("starter")
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        add_items(desk.store, read_pack("hlh"), origin="starter:hlh", now=desk.now())
        catch_up_index(desk)
        yield desk


@pytest.fixture(scope="session")
def real_archive(dev_data: Path) -> Path:
    """The archive of DrugMechDB among the developer data."""
    return dev_data / "mechanism" / "drugmechdb_paths.tar.xz"


@pytest.fixture(scope="session")
def real_records(real_archive: Path) -> list[Record]:
    """Every record of the real archive."""
    return [entry for entry in read_entries(real_archive) if isinstance(entry, Record)]


@pytest.fixture(scope="session")
def informed(tmp_path_factory: pytest.TempPathFactory, real_archive: Path) -> Iterator[Desk]:
    """The starter library with DrugMechDB taken in beside it, in a folder of its own."""
    home = tmp_path_factory.mktemp("informed")
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        add_items(desk.store, read_pack("hlh"), origin="starter:hlh", now=desk.now())
        catch_up_index(desk)
        import_records(desk.settings, real_archive, now=NOW)
        yield desk
