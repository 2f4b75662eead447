"""History can only be added to, and a database file that was altered is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.on_postgresql.opened import Tool, opened, unguarded
from tests.review.acts import approved, under_review
from tests.review.made import AUTHOR, MECHANISM, REVIEWER, desk_at

from osler.errors import LibraryError
from osler.review.cards import card_of, write_card
from osler.review.record import read_article
from osler.service.articles import corrections
from osler.service.articles import desk as acts
from osler.service.articles.kept import find, read_history, read_version
from osler.service.articles.proof import verify


@pytest.fixture
def article(place: Path) -> str:
    """An approved article, and another one beside it with which the journal goes on."""
    with desk_at(place) as desk:
        kept = approved(desk)
        corrections.report(desk, kept.article.id, "the figure seems wrong to me")
        under_review(desk, MECHANISM)
    return kept.article.id


def fault_of(place: Path, article: str | None) -> str:
    """Return what verification says, with the item."""
    with desk_at(place) as desk, pytest.raises(LibraryError) as caught:
        verify(desk, article)
    assert caught.value.code == "library.history"
    return f"{caught.value.item}: {caught.value.message}"


def test_an_untouched_history_is_proved(place: Path, article: str) -> None:
    with desk_at(place) as desk:
        one, all_of_them = verify(desk, article), verify(desk)
        kept = find(desk, article)
    assert (one.articles, one.events, one.head) == (1, kept.article.events, kept.article.head)
    assert (all_of_them.articles, all_of_them.events) == (2, all_of_them.journal)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article_events SET body = '{}' WHERE n = 3",
        "DELETE FROM article_events WHERE n = 3",
        pytest.param(
            "INSERT OR REPLACE INTO article_events SELECT article, n, '{}', previous, hash"
            " FROM article_events WHERE n = 3",
            marks=pytest.mark.sqlite("PostgreSQL has no REPLACE"),
        ),
        "INSERT INTO article_events SELECT article, n, '{}', previous, hash FROM article_events"
        " WHERE n = 3 ON CONFLICT (article, n) DO UPDATE SET body = excluded.body",
        pytest.param("TRUNCATE article_events", marks=pytest.mark.postgresql),
        "INSERT INTO article_events SELECT article, 9, body, hash, '' FROM article_events WHERE n=3",
        "UPDATE article_versions SET document = '{}'",
        "DELETE FROM article_versions",
        "UPDATE article_journal SET head = 'x' WHERE n = 3",
        "DELETE FROM article_journal",
        pytest.param(
            "INSERT OR REPLACE INTO article_journal SELECT n, article, event, 'x', previous, hash"
            " FROM article_journal WHERE n = 3",
            marks=pytest.mark.sqlite("PostgreSQL has no REPLACE"),
        ),
        pytest.param("TRUNCATE article_journal, article_versions", marks=pytest.mark.postgresql),
    ],
)
def test_the_database_itself_refuses_to_change_or_lose_history(
    place: Path, article: str, statement: str
) -> None:
    with (
        opened(place / "osler.db") as connection,
        pytest.raises(Exception, match="can only be added to"),
    ):
        connection.execute(statement)
    with desk_at(place) as desk:
        verify(desk)


Alteration = Callable[[Tool, str], None]


def _reword(connection: Tool, article: str) -> None:
    row = connection.execute(
        "SELECT body FROM article_events WHERE article = ? AND n = 5", (article,)
    ).fetchone()
    body = json.loads(row[0])
    body["at"] = "2020-01-01T00:00:00+00:00"
    connection.execute(
        "UPDATE article_events SET body = ? WHERE article = ? AND n = 5", (json.dumps(body), article)
    )


def _take_out(connection: Tool, article: str) -> None:
    connection.execute("DELETE FROM article_events WHERE article = ? AND n = 5", (article,))


def _close_the_gap(connection: Tool, article: str) -> None:
    _take_out(connection, article)
    connection.execute("UPDATE article_events SET n = n - 1 WHERE article = ? AND n > 5", (article,))


def _swap(connection: Tool, article: str) -> None:
    for old, new in ((5, 905), (6, 5), (905, 6)):
        connection.execute(
            "UPDATE article_events SET n = ? WHERE article = ? AND n = ?", (new, article, old)
        )


def _borrow(connection: Tool, article: str) -> None:
    """Put an event of another article, which is whole in itself, in the place of one of this one."""
    connection.execute(
        "UPDATE article_events SET (body, hash) = (SELECT body, hash || ' ' FROM article_events AS o"
        " WHERE o.article <> ? AND o.n = 5) WHERE article = ? AND n = 5",
        (article, article),
    )


@pytest.mark.parametrize("alteration", [_reword, _take_out, _close_the_gap, _swap, _borrow])
def test_an_altered_event_is_named(place: Path, article: str, alteration: Alteration) -> None:
    with unguarded(place / "osler.db") as connection:
        alteration(connection, article)
    for named in (article, None):
        assert f"{article}: its history was altered: event 5" in fault_of(place, named)


def test_an_altered_article_is_not_shown_and_not_built_upon(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        _reword(connection, article)
    with desk_at(place) as desk:
        for act in (
            lambda: find(desk, article),
            lambda: acts.comment(desk, article, "on altered ground", by=AUTHOR),
        ):
            with pytest.raises(LibraryError) as caught:
                act()
            assert caught.value.code == "library.history"


def _cut(connection: Tool, article: str, left: int) -> None:
    connection.execute("DELETE FROM article_events WHERE article = ? AND n > ?", (article, left))


def _mend_card(connection: Tool, article: str, left: int, state: str) -> None:
    connection.execute(
        "UPDATE articles SET events = ?, state = ?, head = (SELECT hash FROM article_events"
        " WHERE article = articles.id AND n = ?) WHERE id = ?",
        (left, state, left, article),
    )


def test_a_history_cut_at_its_end_no_longer_meets_its_card(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        _cut(connection, article, 6)
    assert "event 7: is missing" in fault_of(place, article)


def test_with_a_mended_card_it_no_longer_meets_the_journal(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        _cut(connection, article, 6)
        _mend_card(connection, article, 6, "under_review")
    assert "event 7: is missing: the journal knows 7 events" in fault_of(place, article)
    assert "event 7: is missing: the journal knows 7 events" in fault_of(place, None)


def test_with_a_mended_journal_the_journal_no_longer_holds_together(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        _cut(connection, article, 6)
        _mend_card(connection, article, 6, "under_review")
        connection.execute("DELETE FROM article_journal WHERE article = ? AND event > 6", (article,))
    assert "of the journal is not what was written" in fault_of(place, None)


def test_only_a_head_noted_elsewhere_shows_a_cut_through_everything(
    place: Path, article: str, tmp_path: Path
) -> None:
    with desk_at(place) as desk:
        noted = find(desk, article).article.head
        assert verify(desk, article, head=noted).since == 0
        acts.comment(desk, article, "one more thing", by=AUTHOR)
        assert verify(desk, article, head=f"sha256:{noted}").since == 1
    with unguarded(place / "osler.db") as connection:
        first = connection.execute(
            "SELECT n FROM article_journal WHERE article = ? AND event = 7", (article,)
        ).fetchone()[0]
        for table in ("article_reports", "article_versions", "article_events"):
            connection.execute(f"DELETE FROM {table} WHERE article <> ?", (article,))
        connection.execute("DELETE FROM article_reports")
        _cut(connection, article, 6)
        connection.execute("DELETE FROM article_journal WHERE n >= ?", (first,))
        connection.execute("DELETE FROM articles WHERE id <> ?", (article,))
        _mend_card(connection, article, 6, "under_review")
    _write_card_anew(place, article)
    with desk_at(place) as desk:
        verify(desk, article)
        with pytest.raises(LibraryError) as caught:
            verify(desk, article, head=noted)
    assert "is not in it any more" in caught.value.message


def _write_card_anew(place: Path, article: str) -> None:
    """Make the card what its history comes to, as only somebody who knows the software can."""
    with desk_at(place) as desk:
        read = read_article(read_history(desk, article))
        card = card_of(read, read_version(desk, read, read.version.number)["answer"])
    with unguarded(place / "osler.db") as connection:
        connection.execute("UPDATE articles SET card = ? WHERE id = ?", (write_card(card), article))


@pytest.mark.parametrize(
    ("alteration", "said"),
    [
        ("UPDATE article_versions SET document = replace(document, 'mg/kg', 'g/kg')", "version 1"),
        ("UPDATE article_reports SET words = 'all is well'", "the words of report 1"),
        ("UPDATE articles SET state = 'approved' WHERE state = 'under_review'", "another state"),
        ("UPDATE articles SET slug = 'elsewhere-' || slug", "another state"),
        ("UPDATE articles SET kind = 'harm'", "not what its history comes to"),
        (
            "UPDATE articles SET card = replace(card, 'Test Author', 'Test Somebody Else')",
            "not what its history comes to",
        ),
        ("UPDATE articles SET card = replace(card, '\"cited\"', '\"sited\"')", "cannot be read"),
        (
            "DELETE FROM article_journal WHERE n >= 20",
            "not in the journal",
        ),
    ],
)
def test_what_hangs_on_the_history_is_proved_with_it(
    place: Path, article: str, alteration: str, said: str
) -> None:
    with unguarded(place / "osler.db") as connection:
        connection.execute(alteration)
    assert said in fault_of(place, None)


def test_a_card_that_opens_a_private_part_to_everybody_shows_nothing(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        connection.execute("UPDATE articles SET card = replace(card, '\"public\"', '')")
    for named in (article, None):
        assert "not what its history comes to" in fault_of(place, named)
    with desk_at(place) as desk, pytest.raises(LibraryError) as caught:
        find(desk, article)
    assert caught.value.code == "library.history"


@pytest.mark.parametrize("by_id", [True, False], ids=["by its id", "with all of them"])
def test_an_article_that_is_gone_from_every_table_is_missed_by_the_journal(
    place: Path, article: str, by_id: bool
) -> None:
    with unguarded(place / "osler.db") as connection:
        for table in ("article_reports", "article_versions", "article_events"):
            connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
        connection.execute("DELETE FROM articles WHERE id = ?", (article,))
    assert f"{article}: its history was altered" in fault_of(place, article if by_id else None)


def test_the_articles_of_an_older_backup_no_longer_meet_a_head_that_was_noted(
    place: Path, article: str
) -> None:
    """Every table of articles put back together to an earlier state: whole in itself, and too short."""
    tables = ("article_reports", "article_versions", "article_events", "articles", "article_journal")
    with unguarded(place / "osler.db") as connection:
        earlier = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    with desk_at(place) as desk:
        noted = acts.comment(desk, article, "the figure is doubted", by=AUTHOR).article.head
        journal = verify(desk).head
    with unguarded(place / "osler.db") as connection:
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
        for table in tables:
            for row in earlier[table]:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(row))
    with desk_at(place) as desk:
        verify(desk)
        for named, head in ((article, noted), (None, noted), (None, journal)):
            with pytest.raises(LibraryError) as caught:
                verify(desk, named, head=head)
            assert "is not in it any more" in caught.value.message


def test_only_the_events_of_an_older_backup_no_longer_meet_card_and_journal(
    place: Path, article: str
) -> None:
    with unguarded(place / "osler.db") as connection:
        earlier = connection.execute("SELECT * FROM article_events").fetchall()
    with desk_at(place) as desk:
        acts.comment(desk, article, "the figure is doubted", by=AUTHOR)
    with unguarded(place / "osler.db") as connection:
        connection.execute("DELETE FROM article_events")
        for row in earlier:
            connection.execute("INSERT INTO article_events VALUES (?, ?, ?, ?, ?)", tuple(row))
    for named in (article, None):
        assert "is missing" in fault_of(place, named)


def test_a_signature_keeps_the_name_and_role_of_its_day_whatever_becomes_of_the_account(
    place: Path, article: str
) -> None:
    from osler.accounts import people
    from osler.model.person import Role
    from osler.service.articles.show import show_article
    from osler.service.wiring import open_registry

    with open_registry({"OSLER_HOME": str(place)}, holder="test") as registry:
        account = people.add_person(registry, "Test Late Comer", roles=[Role.REVIEWER], actor="terminal")
    with unguarded(place / "osler.db") as connection:
        connection.execute(
            "UPDATE people SET name = ?, folded_name = ?, roles = ? WHERE id = ?",
            ("Test Reviewer One", "test reviewer one", '["board_member"]', account.person.id),
        )
    with desk_at(place) as desk:
        verify(desk)
        signed = show_article(desk, article)["envelope"]["review"]["signatures"]
        assert {(one["by"], one["role"]) for one in signed} == {
            ("Test Reviewer One", "reviewer"),
            ("Test Reviewer Two", "reviewer"),
        }
        assert {one.by.id for one in find(desk, article).article.decided} == {"p-one", "p-two"}


def test_an_altered_answer_is_not_shown(place: Path, article: str) -> None:
    with unguarded(place / "osler.db") as connection:
        connection.execute("UPDATE article_versions SET document = replace(document, 'mg/kg', 'g/kg')")
    with desk_at(place) as desk, pytest.raises(LibraryError) as caught:
        find(desk, article)
    assert caught.value.code == "library.history"


def test_a_readers_words_can_be_erased_and_the_history_stays_proved(place: Path, article: str) -> None:
    from tests.review.made import EDITOR

    with desk_at(place) as desk:
        assert corrections.words_of(desk, article, by=REVIEWER) == {1: "the figure seems wrong to me"}
        assert corrections.erase(desk, article, 1, by=EDITOR)
        assert corrections.words_of(desk, article, by=REVIEWER) == {1: None}
        verify(desk)


def test_of_two_who_act_at_once_the_second_is_told(place: Path, article: str) -> None:
    from osler.service.articles.kept import Act, keep

    with desk_at(place) as desk:
        read = find(desk, article)
        acts.comment(desk, article, "first", by=AUTHOR)
        event = read.events[-1]
        with pytest.raises(LibraryError) as caught:
            keep(desk, read, [Act(event.action, event.by, dict(event.data) | {"number": 9})])
        assert caught.value.code == "library.moved"
        verify(desk)
