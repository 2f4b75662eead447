"""A pipeline put together from haystack-ai: BM25 and MiniLM in memory, joined by reciprocal rank.

What a team would assemble from its documented parts. The embedder is Osler's own runtime wrapped as a
component: the same vectors for every engine, and no torch. Nothing is reported home.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engines import TOP, Engine, Find, Material

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when the package is loaded
_FILE = "store.json"


def _build(material: Material) -> None:
    """Write the documents, and keep the store as the package keeps one."""
    import numpy
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    vectors = numpy.load(material.vectors, mmap_mode="r")
    store = InMemoryDocumentStore()
    documents = [
        Document(content=entry.whole, meta={"number": number}, embedding=vectors[number].tolist())
        for number, entry in enumerate(material.iter_entries())
    ]
    store.write_documents(documents)
    store.save_to_disk(str(material.folder / _FILE))


def _embedder(material: Material) -> Any:
    from haystack import component

    model = material.open_model()

    @component
    class QuestionEmbedder:
        """Embeds a question by the model that embedded the passages."""

        @component.output_types(embedding=list[float])
        def run(self, text: str) -> dict[str, list[float]]:
            return {"embedding": model.embed_question(text).tolist()}

    return QuestionEmbedder()


@contextmanager
def _open(material: Material) -> Iterator[Find]:
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore.load_from_disk(str(material.folder / _FILE))
    pipeline = Pipeline()
    pipeline.add_component("embedder", _embedder(material))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=TOP))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=TOP))
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP)
    pipeline.add_component("joiner", joiner)
    pipeline.connect("embedder.embedding", "vectors.query_embedding")
    pipeline.connect("words", "joiner")
    pipeline.connect("vectors", "joiner")

    def find(question: str) -> list[int]:
        given = {"embedder": {"text": question}, "words": {"query": question}}
        return [found.meta["number"] for found in pipeline.run(given)["joiner"]["documents"]]

    yield find


HAYSTACK = Engine("haystack-ai, BM25 and MiniLM", _build, _open, needs=("haystack",))
