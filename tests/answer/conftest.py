"""Libraries that answers are tried on: the starter library, and small ones written for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from osler.library.ingest import add_items
from osler.library.starter import read_pack
from osler.model.passage import Role
from osler.model.record import Block, Record
from osler.model.source import Design, Kind, Source
from osler.service.add import catch_up_index
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk

Fill = Callable[[Iterable[Record]], AbstractContextManager[Desk]]
QUESTION = "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?"


class NoWords:
    """The vocabulary of an empty library."""

    size = 0

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return []

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        return []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return 0


NO_WORDS = NoWords()


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Give a way to open a fresh library that holds certain records."""
    count = 0

    @contextmanager
    def opened(records: Iterable[Record]) -> Iterator[Desk]:
        nonlocal count
        count += 1
        home = tmp_path / f"library-{count}"
        with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
            add_items(desk.store, records, origin="test", now=desk.now())
            catch_up_index(desk)
            yield desk

    return opened


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The starter library, loaded once; tests only ask."""
    home = tmp_path_factory.mktemp("starter")
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        add_items(desk.store, read_pack("hlh"), origin="starter:hlh", now=desk.now())
        catch_up_index(desk)
        yield desk


def answer_of(desk: Desk, question: str) -> dict[str, Any]:
    """Return the stable part of the answer document."""
    answer: dict[str, Any] = ask(desk, question).document["answer"]
    return answer


def statements_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every printed statement, the bottom line first."""
    first = [answer["bottom_line"]] if answer["bottom_line"] else []
    return first + [s for section in answer["sections"] for s in section["statements"]]


def beneath_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every statement that stands beneath the answer, topic by topic."""
    return [s for entry in answer["beneath"] for s in entry["statements"]]


def study(key: str, title: str, *sentences: str, **fields: Any) -> Record:
    """Return a record of one research article whose results are ``sentences``."""
    settings = {"kind": Kind.RESEARCH, "design": Design.COHORT, "year": 2020} | fields
    blocks = (Block(" ".join(sentences), Role.RESULTS, "RESULTS"),) if sentences else ()
    return Record(Source(key=key, title=title, **settings), blocks)
