"""The starter library, opened once, and a text audited against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from osler.library.ingest import add_items
from osler.library.starter import read_pack
from osler.service.add import catch_up_index
from osler.service.audit import audit
from osler.service.wiring import Desk, open_desk

Document = dict[str, Any]
Audit = Callable[..., Document]


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A library that holds the starter pack."""
    home = tmp_path_factory.mktemp("audit")
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        add_items(desk.store, read_pack("hlh"), origin="test", now=desk.now())
        catch_up_index(desk)
        yield desk


@pytest.fixture(scope="session")
def audited(starter: Desk) -> Audit:
    """Audit a text against the starter library."""

    def run(text: str, *, name: str = "text.txt") -> Document:
        return audit(starter, text, name=name).document

    return run


def claim_with(document: Document, words: str) -> Document:
    """Return the only claim of ``document`` that holds ``words``."""
    (found,) = [claim for claim in document["claims"] if words in claim["text"]]
    return dict(found)


def objections(claim: Document) -> set[str]:
    """Return the names of the checks that ``claim`` failed."""
    return {check["check"] for check in claim["checks"] if check["outcome"] == "failed"}
