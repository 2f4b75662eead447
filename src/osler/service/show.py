"""Show: one source, passage or answer by its id, with a stretch of it marked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from osler.errors import InputError, NotFoundError
from osler.model.passage import Passage
from osler.model.source import Source
from osler.service.reading import may_read
from osler.service.records import source_document
from osler.service.wiring import Desk


def show(desk: Desk, item: str, span: tuple[int, int] | None = None) -> dict[str, Any]:
    """Return the document of ``item``: an id (``src_…``, ``psg_…``, ``ans_…``, ``art_…``) or a key.

    Raises:
        NotFoundError: Nothing has this id.
        InputError: The span lies outside the passage.
    """
    if item.startswith("ans_"):
        return _answer(desk, item)
    if item.startswith("art_"):
        from osler.service.articles.show import show_article  # loads much that a source does without

        return show_article(desk, item)
    if item.startswith("psg_"):
        return _passage(desk, item, span)
    source = find_source(desk, item)
    return {
        "type": "source",
        **source_document(source),
        "passages": [_passage_fields(passage, source) for passage in desk.store.passages_of(source.id)],
    }


def find_source(desk: Desk, item: str) -> Source:
    """Return the source with this id, key or identifier (``pmid:…``, ``doi:…``, ``pmc:…``).

    Raises:
        NotFoundError: There is none, or it belongs to a part that may not be read.
    """
    ids = [item] if item.startswith("src_") else desk.store.sources_with(item)
    found = list(desk.store.sources(ids).values())
    by_key = desk.store.source_by_key(item)
    if by_key is not None:
        found.insert(0, by_key)
    for source in found:
        if source.scope in desk.scopes:
            return source
    raise NotFoundError(
        "nothing in the library has this id", item=item, hint="osler library sources lists what is there"
    )


def _answer(desk: Desk, item: str) -> dict[str, Any]:
    stored = desk.store.answer(item, now=desk.now().isoformat(timespec="seconds"))
    document: dict[str, Any] | None = None if stored is None else json.loads(stored)
    if document is None or not may_read(desk, document):
        raise NotFoundError("no stored answer has this id", item=item, hint="ask the question again")
    from osler.service.standing import fallen_since  # an answer is looked at less often than a source

    document["envelope"]["notices"] += fallen_since(desk, document["answer"])
    return {"type": "answer", **document}


def _passage(desk: Desk, item: str, span: tuple[int, int] | None) -> dict[str, Any]:
    passages = desk.store.passages([item])
    sources = desk.store.sources([passage.source for passage in passages])
    for passage in passages:
        source = sources.get(passage.source)
        if source is None or source.scope not in desk.scopes:
            continue
        if span is not None and span[1] > len(passage.text):
            raise InputError(
                f"{span[0]}:{span[1]} is not inside its {len(passage.text)} characters",
                item=item,
                hint="offsets are code points of the passage's text",
                code="input.span",
            )
        document = {"type": "passage", **_passage_fields(passage, source)}
        if span is not None:
            document["span"] = {
                "start": span[0],
                "end": span[1],
                "quote": passage.text[span[0] : span[1]],
            }
        return document | {"reference": source_document(source)}
    raise NotFoundError(
        "nothing in the library has this id", item=item, hint="passage ids are printed by osler search"
    )


def _passage_fields(passage: Passage, source: Source) -> dict[str, Any]:
    return {
        "id": passage.id,
        "source": source.id,
        "version": passage.version,
        "ordinal": passage.ordinal,
        "heading": passage.heading,
        "text": passage.text,
        "text_kind": passage.text_kind.value,
        "sha256": passage.sha256,
        "sections": [asdict(section) for section in passage.sections],
    }
