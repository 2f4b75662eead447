"""The published schema and the values agree, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from osler.answer.render import PICO
from osler.model.answer import AnswerStatus
from osler.model.question import Facet, QuestionKind
from osler.model.source import Design, Kind, Status

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "answer.json"


def enumerations(node: Any) -> list[set[str]]:
    """Return every closed set that the schema names."""
    if isinstance(node, list):
        return [found for item in node for found in enumerations(item)]
    if not isinstance(node, dict):
        return []
    own = [{str(v) for v in node["enum"] if v is not None}] if "enum" in node else []
    return own + [found for value in node.values() for found in enumerations(value)]


def test_every_closed_set_stands_in_the_schema_as_it_is() -> None:
    found = enumerations(json.loads(SCHEMA.read_text("utf-8")))
    for values in (Facet, QuestionKind, AnswerStatus, Kind, Design, Status):
        assert {value.value for value in values} in found, values.__name__


def test_every_part_of_the_question_may_be_named() -> None:
    found = enumerations(json.loads(SCHEMA.read_text("utf-8")))
    assert any(set(PICO.values()) <= names for names in found)
