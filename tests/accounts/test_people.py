"""People added, changed, closed; links that let them in; a log that only grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.accounts.conftest import ADDRESS, OTHER, PASSWORD, Clock
from tests.on_postgresql.opened import everything_in

from osler.accounts import links, people
from osler.accounts.limits import RESETS_OF_ACCOUNT, Limit, TooManyError, Turns
from osler.accounts.registry import Registry
from osler.accounts.signing_in import sign_in
from osler.errors import LibraryError, NotAllowedError, OslerError
from osler.model.account import Account, Purpose
from osler.model.person import Role

NEW = "eleven lamps behind the ferry"


def code_of(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(OslerError) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


@pytest.mark.parametrize("name", ["TEST reviewer  one", "ｔｅｓｔ reviewer one", "test\treviewer one"])
def test_a_name_is_given_once_however_it_is_written(
    registry: Registry, person: Account, name: str
) -> None:
    assert code_of(people.add_person, registry, name, actor="terminal") == "input.taken"


def test_an_address_is_given_once(registry: Registry, person: Account) -> None:
    code = code_of(
        people.add_person, registry, "Somebody", email="ONE@hospital.EXAMPLE", actor="terminal"
    )
    assert code == "input.taken"
    assert [account.person.name for account in registry.people.all()] == ["Test Reviewer One"]


@pytest.mark.parametrize(
    "name", ["", "  ", "a" * 101, "one@two", "line\x00end", "right\u202eleft", "\ud800"]
)
def test_what_is_no_name_is_refused(registry: Registry, name: str) -> None:
    assert code_of(people.add_person, registry, name, actor="terminal") == "input.name"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "@host",
        "name@",
        "a@b@c",
        "a b@c",
        "a@c\nBcc: all@c",
        "ä@c.example",
        "<a@c>",
        "a,b@c",
    ],
)
def test_what_is_no_address_is_refused(registry: Registry, email: str) -> None:
    assert code_of(people.add_person, registry, "Somebody", email=email, actor="x") == "input.email"


def test_a_person_is_found_by_id_or_exact_name_and_by_nothing_else(
    registry: Registry, person: Account
) -> None:
    assert registry.people.person(person.person.id) == person.person
    assert registry.people.person("Test Reviewer One") == person.person
    for other in ("test reviewer one", "one@hospital.example", "", "' OR 1=1 --"):
        assert registry.people.person(other) is None


def test_everybody_reads_the_public_part_and_each_person_their_own(
    registry: Registry, person: Account
) -> None:
    changed = people.set_scopes(registry, person.person.id, ["ward", "public", ""], actor="terminal")
    assert changed.scopes == {"ward"}
    assert changed.readable == {"ward", "public"}
    closed = people.set_disabled(registry, person.person.id, disabled=True, actor="terminal")
    assert closed.readable == frozenset()


def test_the_last_administrator_cannot_be_taken_away(
    registry: Registry, person: Account, administrator: Account
) -> None:
    who = administrator.person.id
    for refused in (
        lambda: people.set_roles(registry, who, [], actor="terminal"),
        lambda: people.set_disabled(registry, who, disabled=True, actor="terminal"),
    ):
        assert code_of(refused) == "not_allowed.last_administrator"
    people.set_roles(registry, person.person.id, [Role.ADMINISTRATOR], actor="terminal")
    people.set_roles(registry, who, [], actor="terminal")
    assert code_of(
        people.set_disabled, registry, person.person.id, disabled=True, actor="terminal"
    ) == "not_allowed.last_administrator"  # fmt: skip


def test_a_link_sets_a_password_once(registry: Registry, person: Account) -> None:
    token = links.make_link(registry, person, Purpose.RESET, actor="terminal")
    links.set_password_by_link(registry, token, NEW, address=ADDRESS)
    sign_in(registry, "Test Reviewer One", NEW, address=ADDRESS)
    again = code_of(links.set_password_by_link, registry, token, OTHER, address=ADDRESS)
    assert again == "not_allowed.link"
    with pytest.raises(NotAllowedError):
        sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)


def test_a_refused_password_leaves_the_link(registry: Registry, person: Account) -> None:
    token = links.make_link(registry, person, Purpose.RESET, actor="terminal")
    refused = code_of(links.set_password_by_link, registry, token, "short", address=ADDRESS)
    assert refused == "input.password"
    links.set_password_by_link(registry, token, NEW, address=ADDRESS)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_expires(registry: Registry, person: Account, clock: Clock, purpose: Purpose) -> None:
    token = links.make_link(registry, person, purpose, actor="terminal")
    clock.wait(links.LASTS[purpose].total_seconds() - 1)
    assert links.account_of_link(registry, token) == person
    clock.wait(1)
    assert code_of(links.account_of_link, registry, token) == "not_allowed.link"


@pytest.mark.parametrize("end", ["newer link", "new password", "new address", "closed"])
def test_a_link_is_void_after(registry: Registry, person: Account, end: str) -> None:
    token, who = links.make_link(registry, person, Purpose.RESET, actor="terminal"), person.person.id
    if end == "newer link":
        links.make_link(registry, person, Purpose.RESET, actor="terminal")
    elif end == "new password":
        people.set_password(registry, person, OTHER, actor="terminal")
    elif end == "new address":
        people.set_email(registry, who, "new@hospital.example", actor="terminal")
    else:
        people.set_disabled(registry, who, disabled=True, actor="terminal")
        people.set_disabled(registry, who, disabled=False, actor="terminal")
    assert code_of(links.account_of_link, registry, token) == "not_allowed.link"


def test_a_link_is_kept_as_its_digest(registry: Registry, person: Account, database: Path) -> None:
    token = links.make_link(registry, person, Purpose.RESET, actor="terminal")
    assert token not in everything_in(database)


def test_asking_for_a_new_password_tells_nobody_whether_there_is_an_account(
    registry: Registry, person: Account
) -> None:
    assert links.ask_for_reset(registry, "one@hospital.example", address=ADDRESS) is not None
    assert links.ask_for_reset(registry, "nobody@hospital.example", address=ADDRESS) is None
    for named in ("one@hospital.example", "nobody@hospital.example"):
        for _ in range(RESETS_OF_ACCOUNT.most - 1):
            links.ask_for_reset(registry, named, address=ADDRESS)
        with pytest.raises(TooManyError):
            links.ask_for_reset(registry, named, address=ADDRESS)


def test_a_change_that_fails_half_way_is_not_kept(registry: Registry, person: Account) -> None:
    def change() -> None:
        with registry.transactions.together():
            people.set_roles(registry, person.person.id, [Role.EDITOR], actor="terminal")
            people.add_person(registry, "test reviewer one", actor="terminal")

    assert code_of(change) == "input.taken"
    assert registry.people.account(person.person.id) == person
    assert "roles_changed" not in [entry.event for entry in registry.people.log()]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_log SET detail = ''",
        "DELETE FROM people_log",
        pytest.param(
            "REPLACE INTO people_log VALUES (1, '', '', '', 'nothing happened', '', '')",
            marks=pytest.mark.sqlite("PostgreSQL has no REPLACE"),
        ),
        pytest.param("TRUNCATE people_log", marks=pytest.mark.postgresql),
    ],
)
def test_the_database_itself_refuses_to_change_the_log(
    registry: Registry, person: Account, change: str
) -> None:
    with (
        pytest.raises(LibraryError, match="only grows"),
        registry.transactions.reading() as connection,
    ):
        connection.execute(change)
    assert [entry.event for entry in registry.people.log()] == ["password_set", "added"]


def test_nothing_that_could_be_used_to_sign_in_is_shown(registry: Registry, person: Account) -> None:
    token = links.make_link(registry, person, Purpose.RESET, actor="terminal")
    account = registry.people.account(person.person.id)
    shown = repr(account) + repr(registry.people.log())
    assert account is not None
    assert account.password is not None
    for secret in (token, account.password, PASSWORD):
        assert secret not in shown


def test_turns_are_counted_in_a_sliding_window(clock: Clock) -> None:
    turns = Turns(Limit(2, 60), clock)
    turns.take("192.0.2.1")
    clock.wait(40)
    turns.take("192.0.2.1")
    with pytest.raises(TooManyError) as refused:
        turns.take("192.0.2.1")
    assert refused.value.wait_s == 20
    turns.take("192.0.2.2")
    clock.wait(20)
    turns.take("192.0.2.1")
