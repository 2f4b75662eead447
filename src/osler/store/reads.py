"""Every question that is asked of the database, as plain SQL that either database takes.

The one-shot command line comes through here, so nothing slow is loaded. Many ids are read at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from osler.model.passage import Passage
from osler.model.source import Source
from osler.store.coding import (
    PASSAGE_COLUMNS,
    SOURCE_COLUMNS,
    read_passage,
    read_source,
    read_status,
    read_terms,
)
from osler.store.connection import Connection
from osler.store.entry import Failure, IndexedRow, ReadFile, Standing

AT_ONCE: Final = 900
"""Parameters per statement; older SQLite builds refuse more than 999."""

_PARTS: Final = {
    "{passage}": PASSAGE_COLUMNS,
    "{source}": SOURCE_COLUMNS,
    "{joined}": "passages AS p JOIN versions AS v ON v.n = p.version"
    " JOIN sources AS s ON s.n = v.source",
}
"""What stands for a list of columns or tables in the statements below. Values are always parameters."""


def passages(connection: Connection, ids: Iterable[str]) -> list[Passage]:
    """Return the passages of ``ids`` in that order, current or not; unknown ids are left out."""
    wanted = list(ids)
    found: dict[str, Passage] = {}
    for part in _parts(list(dict.fromkeys(wanted))):
        query = _sql("SELECT {passage} FROM {joined} WHERE p.id IN ({values})", part)
        for row in connection.execute(query, part):
            found[row[0]] = read_passage(row)
    return [found[passage] for passage in wanted if passage in found]


def sources(connection: Connection, ids: Iterable[str]) -> dict[str, Source]:
    """Return the sources of ``ids`` by id, as they stand today; unknown ids are left out."""
    found: dict[str, Source] = {}
    for part in _parts(list(dict.fromkeys(ids))):
        query = _sql(
            "SELECT {source} FROM sources AS s JOIN versions AS v ON v.n = s.version"
            " WHERE s.id IN ({values})",
            part,
        )
        for row in connection.execute(query, part):
            found[row[11]] = read_source(row)
    return found


def source_of_version(connection: Connection, version: str) -> Source | None:
    """Return the source as its record was in ``version``, with today's standing; None when unknown."""
    row = connection.execute(
        _sql("SELECT {source} FROM versions AS v JOIN sources AS s ON s.n = v.source WHERE v.id = ?"),
        (version,),
    ).fetchone()
    return None if row is None else read_source(row)


def passages_of(connection: Connection, source: str, *, version: str | None = None) -> list[Passage]:
    """Return the passages of the source's current version, or of ``version``, in order."""
    rows = connection.execute(
        _sql(
            "SELECT {passage} FROM sources AS s"
            " JOIN versions AS v ON v.source = s.n AND v.n = coalesce("
            "(SELECT n FROM versions WHERE id = ?), s.version) JOIN passages AS p"
            " ON p.sequence >= v.first_passage AND p.sequence < v.first_passage + v.passages"
            " WHERE s.id = ? AND (? OR v.id = ?) ORDER BY p.sequence"
        ),
        (version, source, version is None, version),
    )
    return [read_passage(row) for row in rows]


def version_ids(connection: Connection, source: str) -> list[str]:
    """Return the versions of ``source`` in the order they came."""
    rows = connection.execute(
        "SELECT v.id FROM versions AS v JOIN sources AS s ON s.n = v.source WHERE s.id = ? ORDER BY v.n",
        (source,),
    )
    return [row[0] for row in rows]


def current_versions(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the current version of each of ``ids``, by source."""
    found: dict[str, str] = {}
    for part in _parts(list(dict.fromkeys(ids))):
        query = _sql(
            "SELECT s.id, v.id FROM sources AS s JOIN versions AS v ON v.n = s.version"
            " WHERE s.id IN ({values})",
            part,
        )
        found.update(connection.execute(query, part).fetchall())
    return found


def by_identifier(connection: Connection, identifier: str) -> list[str]:
    """Return the ids of the sources that carry ``identifier``, such as ``pmid:123``."""
    rows = connection.execute(
        "SELECT s.id FROM identifiers AS i JOIN sources AS s ON s.n = i.source"
        " WHERE i.identifier = ? ORDER BY s.id",
        (identifier,),
    )
    return [row[0] for row in rows]


def linked(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of ``ids`` and other sources that share an identifier with them."""
    found: list[tuple[str, str]] = []
    for part in _parts(ids):
        query = _sql(
            "SELECT a.id, b.id FROM sources AS a JOIN identifiers AS i ON i.source = a.n"
            " JOIN identifiers AS j ON j.identifier = i.identifier AND j.source <> i.source"
            " JOIN sources AS b ON b.n = j.source WHERE a.id IN ({values})",
            part,
        )
        found.extend(connection.execute(query, part).fetchall())
    return found


def shared_identifiers(connection: Connection) -> list[tuple[str, str]]:
    """Return every pair of an identifier that several sources carry, and one such source."""
    return connection.execute(
        "SELECT i.identifier, s.id FROM identifiers AS i JOIN sources AS s ON s.n = i.source"
        " WHERE i.identifier IN"
        " (SELECT identifier FROM identifiers GROUP BY identifier HAVING count(*) > 1)"
        " ORDER BY i.identifier, s.id"
    ).fetchall()


def forms(
    connection: Connection, form: str, *, of: str, scopes: frozenset[str] | None
) -> list[tuple[str, int]]:
    """Return the counterparts of ``form`` with the number of sources that define them so, most first.

    Args:
        connection: A reader.
        form: A short form as printed, or a folded long form.
        of: ``short`` when ``form`` is a short one, ``long`` when a long one.
        scopes: Parts of the library to look in; None means all.
    """
    if scopes is not None and not scopes:
        return []
    names = sorted(scopes or ())
    other = "long" if of == "short" else "short"
    # Only names of columns are put together here; every value is a parameter.
    query = (
        f"SELECT {other}, CAST(sum(sources) AS INTEGER) AS total"  # noqa: S608 - as said above
        f" FROM abbreviations WHERE {of} = ?"
    )
    if scopes is not None:
        query += _sql(" AND scope IN ({values})", names)
    query += f" GROUP BY {other} ORDER BY total DESC, {other}"
    return connection.execute(query, (form, *names)).fetchall()


def last_sequence(connection: Connection) -> int:
    """Return the number of the newest change."""
    return int(connection.execute("SELECT value FROM meta WHERE name = 'sequence'").fetchone()[0])


def removed_since(connection: Connection, sequence: int) -> bool:
    """Tell whether a passage that was current at ``sequence`` is gone since."""
    row = connection.execute(
        "SELECT 1 FROM removals WHERE gone > ? AND born <= ? LIMIT 1", (sequence, sequence)
    ).fetchone()
    return row is not None


def iter_index_rows(connection: Connection, *, after: int) -> Iterator[IndexedRow]:
    """Yield the current passages above ``after`` in order of sequence."""
    rows = connection.stream(
        _sql(
            "SELECT p.id, s.id, v.title, p.text, v.details, v.kind, v.design, v.year, s.scope,"
            " p.sequence, v.n FROM {joined} WHERE p.sequence > ? AND p.gone IS NULL ORDER BY p.sequence"
        ),
        (after,),
    )
    version = -1
    headings: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    for row in rows:
        if row[10] != version:
            version = row[10]
            headings, substances = read_terms(row[4])
        yield IndexedRow(
            row[0],
            row[1],
            row[2] or "",
            row[3],
            headings,
            substances,
            row[5],
            row[6],
            row[7] or 0,
            row[8],
            row[9],
        )


def iter_sources(connection: Connection, *, withdrawn: bool) -> Iterator[Standing]:
    """Yield how each source stands, by key."""
    rows = connection.stream(
        "SELECT s.id, s.key, s.status, s.reason, coalesce(o.name, ''), s.changed FROM sources AS s"
        " LEFT JOIN origins AS o ON o.n = s.origin WHERE (s.status = 'withdrawn') = ? ORDER BY s.key",
        (withdrawn,),
    )
    for row in rows:
        yield Standing(row[0], row[1], read_status(row[2]), row[3], row[4], row[5])


def failures(connection: Connection) -> list[Failure]:
    """Return every item that has failed and not succeeded since."""
    rows = connection.execute(
        "SELECT item, code, reason, hint, key, origin, tries, failed, next_try FROM failures"
        " ORDER BY origin, item"
    )
    return [Failure(*row) for row in rows]


def read_files(connection: Connection, digests: Iterable[str]) -> dict[str, ReadFile]:
    """Return those of the files ``digests`` that were read to their end, by digest."""
    found: dict[str, ReadFile] = {}
    for part in _parts(list(dict.fromkeys(digests))):
        query = _sql(
            "SELECT digest, name, size, items, failed, read FROM files WHERE digest IN ({values})", part
        )
        for row in connection.execute(query, part):
            found[row[0]] = ReadFile(*row)
    return found


def counts(connection: Connection) -> dict[str, int]:
    """Return how many sources of each standing, current passages, failures and answers there are."""
    found = {
        f"sources.{status}": number
        for status, number in connection.execute("SELECT status, count(*) FROM sources GROUP BY status")
    }
    for name, query in (
        ("passages", "SELECT count(*) FROM passages WHERE gone IS NULL"),
        ("failures", "SELECT count(*) FROM failures"),
        ("files", "SELECT count(*) FROM files"),
        ("answers", "SELECT count(*) FROM answers"),
    ):
        found[name] = connection.execute(query).fetchone()[0]
    return found


def _parts(ids: Sequence[str]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _sql(statement: str, values: Sequence[Any] = ()) -> str:
    for name, part in _PARTS.items():
        statement = statement.replace(name, part)
    return statement.replace("{values}", ",".join("?" * len(values)))
