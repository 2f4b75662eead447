"""Whose account it is that somebody comes in to by a provider: the rule, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.accounts.conftest import ADDRESS, PASSWORD, Clock

from osler.accounts import links, people, second_factor, sessions
from osler.accounts.registry import Registry
from osler.accounts.sessions import Current, resume
from osler.accounts.sign_on import ties
from osler.accounts.sign_on.faults import SignOnError
from osler.accounts.signing_in import sign_in
from osler.errors import InputError, NotAllowedError
from osler.model.account import Account, Purpose, Stage

SUBJECT = "https://login.hospital.example subject-one"
OTHER = "https://login.hospital.example subject-two"


def tied(registry: Registry, account: Account, subject: str = SUBJECT) -> Account:
    changed = replace(account, subject=subject)
    registry.people.put(changed)
    return changed


def current(registry: Registry, account: Account) -> Current:
    opened = sessions.open_session(registry, account.person.id, Stage.SIGNED_IN)
    found = resume(registry, opened.token)
    assert found is not None
    return found


def events(registry: Registry, account: Account) -> list[str]:
    return [entry.event for entry in registry.people.log(person=account.person.id)]


def test_whoever_is_tied_comes_in_and_it_is_noted(registry: Registry, person: Account) -> None:
    tied(registry, person)
    opened = ties.let_in(registry, SUBJECT, address=ADDRESS)
    assert (opened.session.person, opened.session.stage) == (person.person.id, Stage.SIGNED_IN)
    newest = registry.people.log(person=person.person.id)[0]
    assert (newest.event, newest.detail, newest.address) == ("signed_in", "by sign-on", ADDRESS)


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "subject-one",
        OTHER,
        "https://other.example subject-one",
        SUBJECT.upper(),
        f"{SUBJECT} ",
        "Test Reviewer One",
        "one@hospital.example",
    ],
)
def test_whoever_is_not_tied_comes_in_nowhere_and_gets_no_account(
    registry: Registry, person: Account, subject: str
) -> None:
    tied(registry, person)
    before = registry.people.all()
    with pytest.raises(SignOnError) as caught:
        ties.let_in(registry, subject, address=ADDRESS)
    assert caught.value.code == "not_allowed.sign_on_unknown"
    assert registry.people.all() == before


def test_a_closed_account_stays_closed(registry: Registry, person: Account) -> None:
    tied(registry, person)
    people.set_disabled(registry, person.person.id, disabled=True, actor="terminal")
    with pytest.raises(SignOnError) as caught:
        ties.let_in(registry, SUBJECT, address=ADDRESS)
    assert caught.value.code == "not_allowed.sign_on_closed"


def test_a_second_factor_that_is_on_is_still_due(registry: Registry, person: Account) -> None:
    tied(registry, replace(person, totp="JBSWY3DPEHPK3PXP"))
    opened = ties.let_in(registry, SUBJECT, address=ADDRESS)
    assert opened.session.stage is Stage.PASSWORD
    assert "signed_in" not in events(registry, person)


def test_the_session_before_ends(registry: Registry, person: Account, administrator: Account) -> None:
    tied(registry, person)
    before = current(registry, administrator).session
    ties.let_in(registry, SUBJECT, address=ADDRESS, before=before)
    assert registry.sign_in.session(before.digest) is None


def test_tying_gives_a_new_token_and_ends_every_other_session(
    registry: Registry, person: Account
) -> None:
    me, elsewhere = current(registry, person), current(registry, person)
    opened = ties.tie(registry, me, SUBJECT, proof=me.session.digest, address=ADDRESS)
    for session in (me.session, elsewhere.session):
        assert registry.sign_in.session(session.digest) is None
    assert resume(registry, opened.token) is not None
    assert ties.let_in(registry, SUBJECT, address=ADDRESS).session.person == person.person.id
    assert "sign_on_tied" in events(registry, person)


def test_tying_is_finished_by_the_session_that_began_it_alone(
    registry: Registry, person: Account, administrator: Account
) -> None:
    victim, attacker = current(registry, administrator), current(registry, person)
    with pytest.raises(SignOnError):
        ties.tie(registry, victim, SUBJECT, proof=attacker.session.digest, address=ADDRESS)
    assert registry.people.of_subject(SUBJECT) is None


def test_an_id_is_tied_to_one_account_and_an_account_to_one_id(
    registry: Registry, person: Account, administrator: Account
) -> None:
    tied(registry, person)
    for account, subject in ((administrator, SUBJECT), (person, OTHER)):
        me = current(registry, account)
        with pytest.raises(InputError) as caught:
            ties.tie(registry, me, subject, proof=me.session.digest, address=ADDRESS)
        assert caught.value.code == "input.taken"
    assert registry.people.of_subject(OTHER) is None


def test_an_invitation_ties_once(registry: Registry) -> None:
    invited = people.add_person(registry, "Test Author One", actor="terminal")
    token = links.make_link(registry, invited, Purpose.INVITATION, actor="terminal")
    opened = ties.accept_invitation(registry, token, SUBJECT, address=ADDRESS)
    assert opened.session.person == invited.person.id
    with pytest.raises(NotAllowedError) as caught:
        ties.accept_invitation(registry, token, OTHER, address=ADDRESS)
    assert caught.value.code == "not_allowed.link"
    kept = registry.people.account(invited.person.id)
    assert kept is not None
    assert (kept.subject, kept.password) == (SUBJECT, None)


def test_a_reset_an_old_invitation_and_an_invented_one_tie_nothing(
    registry: Registry, person: Account, clock: Clock
) -> None:
    reset = links.make_link(registry, person, Purpose.RESET, actor="terminal")
    invited = people.add_person(registry, "Test Author One", actor="terminal")
    late = links.make_link(registry, invited, Purpose.INVITATION, actor="terminal")
    with pytest.raises(NotAllowedError):
        ties.accept_invitation(registry, reset, SUBJECT, address=ADDRESS)
    clock.wait(links.LASTS[Purpose.INVITATION].total_seconds())
    for token in (late, "invented", ""):
        with pytest.raises(NotAllowedError):
            ties.accept_invitation(registry, token, SUBJECT, address=ADDRESS)
    assert registry.people.of_subject(SUBJECT) is None


def test_an_invitation_does_not_take_an_id_from_its_account(registry: Registry, person: Account) -> None:
    tied(registry, person)
    invited = people.add_person(registry, "Test Author One", actor="terminal")
    token = links.make_link(registry, invited, Purpose.INVITATION, actor="terminal")
    with pytest.raises(InputError) as caught:
        ties.accept_invitation(registry, token, SUBJECT, address=ADDRESS)
    assert caught.value.code == "input.taken"
    assert links.account_of_link(registry, token) == invited  # it still counts, for a password


def test_untying_signs_out_and_nobody_shuts_themselves_out(
    registry: Registry, person: Account, administrator: Account
) -> None:
    tied(registry, replace(person, password=None))
    session = current(registry, person).session
    with pytest.raises(NotAllowedError) as caught:
        ties.untie(registry, person.person.id, actor=person.person.id)
    assert caught.value.code == "not_allowed.sign_on_only"
    ties.untie(registry, person.person.id, actor=administrator.person.id)
    assert registry.people.of_subject(SUBJECT) is None
    assert registry.sign_in.session(session.digest) is None
    with pytest.raises(InputError) as refusal:
        ties.untie(registry, person.person.id, actor=administrator.person.id)
    assert refusal.value.code == "input.sign_on"


def test_whoever_comes_in_by_the_provider_alone_gets_no_password_by_letter(
    registry: Registry, person: Account
) -> None:
    """Who was shut out at the provider must not be able to open another way in."""
    tied(registry, person)
    assert links.ask_for_reset(registry, "Test Reviewer One", address=ADDRESS) is not None
    tied(registry, replace(person, password=None))
    assert links.ask_for_reset(registry, "Test Reviewer One", address=ADDRESS) is None


def test_the_password_goes_on_to_count_beside_the_sign_on(registry: Registry, person: Account) -> None:
    tied(registry, person)
    assert sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS).session.person


def test_turning_the_second_factor_off_or_a_new_password_leaves_the_tie(
    registry: Registry, person: Account
) -> None:
    tied(registry, replace(person, totp="JBSWY3DPEHPK3PXP"))
    second_factor.turn_off(registry, person.person.id, actor="terminal")
    kept = registry.people.account(person.person.id)
    assert kept is not None
    people.set_password(registry, kept, "seven quiet herons on a crane", actor="terminal")
    assert ties.let_in(registry, SUBJECT, address=ADDRESS).session.person == person.person.id
