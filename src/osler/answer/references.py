"""Numbers for sources: from 1, one number for one source, in order of first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osler.answer.select import Pick
from osler.model.answer import Reference
from osler.model.passage import Passage
from osler.model.source import Source, TextKind
from osler.model.statement import Statement


def number_references(
    statements: Iterable[Statement],
    *,
    sources: Mapping[str, Source],
    passages: Mapping[str, Passage],
    versions: Mapping[str, str],
) -> tuple[Reference, ...]:
    """Return the reference list of ``statements``; sources that only say the same come in place too.

    Args:
        statements: In order.
        sources: By id, all that are cited or named.
        passages: By id, all that are cited.
        versions: Current version of the sources that are only named, by source.

    Raises:
        ValueError: A statement cites a source without any identity a reader could follow.
    """
    order: dict[str, tuple[str, TextKind]] = {}
    named: set[str] = set()  # not cited so far
    for statement in statements:
        for citation in statement.citations:
            kind = passages[citation.passage].text_kind
            if citation.source in named or citation.source not in order:
                order[citation.source] = (citation.version, kind)
                named.discard(citation.source)
        for source in statement.also:
            if source not in order:
                order[source] = (versions[source], TextKind.VERBATIM)
                named.add(source)
    return tuple(
        _reference(number, sources[source], version, text_kind)
        for number, (source, (version, text_kind)) in enumerate(order.items(), start=1)
    )


def references_of(picks: Iterable[Pick], references: Iterable[Reference]) -> list[Reference]:
    """Return those of ``references`` that the statements of ``picks`` cite or name."""
    used: set[str] = set()
    for pick in picks:
        used.update(citation.source for citation in pick.statement.citations)
        used.update(pick.statement.also)
    return [reference for reference in references if reference.source in used]


def _reference(number: int, source: Source, version: str, text_kind: TextKind) -> Reference:
    if not source.is_citable:
        raise ValueError(f"{source.key} has no identity and cannot be cited")
    if source.key.startswith("starter:"):
        text_kind = TextKind.SUMMARY
    return Reference(
        number=number,
        source=source.id,
        version=version,
        kind=source.kind,
        design=source.design,
        participants=source.participants,
        title=source.title,
        authors=source.authors,
        container=source.container,
        year=source.year,
        pmid=source.pmid,
        pmcid=source.pmcid,
        doi=source.doi,
        url=source.url,
        status=source.status,
        licence=source.licence,
        text_kind=text_kind,
    )
