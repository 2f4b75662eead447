"""One answer of the starter library, with figures, conflicts and what stands beneath."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from osler.model.reader import Reader
from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import open_desk

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("exported")
    with open_desk({"OSLER_HOME": str(home)}, create=True) as desk:
        add(desk, ["starter:hlh"])
    with open_desk({"OSLER_HOME": str(home)}) as desk:
        asked = ask(desk, "What dose of anakinra is used in HLH in children?", reader=Reader.PATIENT)
    return asked.document


@pytest.fixture(scope="session")
def answer_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / "answer.json").read_text(encoding="utf-8"))
    return schema
