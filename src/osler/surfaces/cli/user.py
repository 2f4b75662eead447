"""``osler user …``: who has an account, with which roles, and letting people in.

Whoever can use this command holds the library's file, so it asks for no password; what it does is noted
in the log of accounts as done from the terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from osler.errors import Exit, InputError, UsageError
from osler.model.person import Role
from osler.surfaces.cli.options import AsJson
from osler.surfaces.cli.output import print_json, print_page

if TYPE_CHECKING:
    from osler.accounts.registry import Registry
    from osler.config import Settings
    from osler.model.account import Account
    from osler.service.people import Admitted

T = TypeVar("T")

Named = Annotated[
    str,
    typer.Argument(metavar="NAME", help="Name, e-mail address or id of a person.", show_default=False),
]
Mail = Annotated[bool, typer.Option("--mail", help="Send the link by e-mail instead of printing it.")]


def register(app: typer.Typer) -> None:
    """Put the commands on ``app``."""
    family = typer.Typer(help="People: accounts, roles, what they may read.")
    family.command()(add)
    family.command("list")(list_people)
    for command in (role, scope, disable, enable, reset, log):
        family.command()(command)
    app.add_typer(family, name="user")


def add(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Shown beside signatures.", show_default=False)
    ],
    email: Annotated[
        str | None, typer.Option("--email", metavar="ADDRESS", help="Where letters go.")
    ] = None,
    roles: Annotated[
        list[Role] | None, typer.Option("--role", help="What the person may do; may be repeated.")
    ] = None,
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="S", help="Private part to read; may be repeated."),
    ] = None,
    link: Annotated[
        bool, typer.Option("--link", help="Print a one-time link to choose a password by.")
    ] = False,
    mail: Mail = False,
    as_json: AsJson = False,
) -> int:
    """Make an account; the password is typed twice, or chosen by a one-time link."""
    from osler.service import people

    def make(registry: Registry, settings: Settings) -> Admitted:
        return people.add(
            registry,
            settings,
            name,
            email=email,
            roles=roles or (),
            scopes=scopes or (),
            password=None if link or mail else _ask_password(name, email),
            mail=mail,
        )

    return _print_admitted(_with_accounts(make, create=True), as_json=as_json)


def list_people(as_json: AsJson = False) -> int:
    """List everybody who has an account."""
    from osler.service import people

    listed = _with_accounts(lambda registry, _settings: people.list_people(registry))
    return _print("people", listed, as_json=as_json)


def role(
    name: Named,
    roles: Annotated[
        list[Role] | None,
        typer.Argument(metavar="[ROLE]...", help="What the person may do now.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Give a person exactly these roles, or none; the person is signed out everywhere."""
    from osler.accounts import people

    return _change(
        lambda registry, person: people.set_roles(registry, person, roles or (), actor="terminal"),
        name,
        as_json=as_json,
    )


def scope(
    name: Named,
    scopes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[S]...", help="Private parts to read now.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Let a person read exactly these private parts of the library, or none."""
    from osler.accounts import people

    return _change(
        lambda registry, person: people.set_scopes(registry, person, scopes or (), actor="terminal"),
        name,
        as_json=as_json,
    )


def disable(name: Named, as_json: AsJson = False) -> int:
    """Close an account: the person is signed out and may do nothing; history stays."""
    from osler.accounts import people

    return _change(
        lambda registry, person: people.set_disabled(registry, person, disabled=True, actor="terminal"),
        name,
        as_json=as_json,
    )


def enable(name: Named, as_json: AsJson = False) -> int:
    """Open a closed account again."""
    from osler.accounts import people

    return _change(
        lambda registry, person: people.set_disabled(registry, person, disabled=False, actor="terminal"),
        name,
        as_json=as_json,
    )


def reset(
    name: Named,
    mail: Mail = False,
    second_factor_off: Annotated[
        bool, typer.Option("--second-factor-off", help="Also turn the second factor off.")
    ] = False,
    sign_on_off: Annotated[
        bool, typer.Option("--sign-on-off", help="Also untie the account from the identity provider.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Let somebody in again: a one-time link to choose a password by; a lock-out ends."""
    from osler.service import people

    admitted = _with_accounts(
        lambda registry, settings: people.let_in(
            registry,
            settings,
            name,
            mail=mail,
            second_factor_off=second_factor_off,
            sign_on_off=sign_on_off,
        )
    )
    return _print_admitted(admitted, as_json=as_json)


def log(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this person.", show_default=False)
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, max=10_000, help="How many.")] = 50,
    as_json: AsJson = False,
) -> int:
    """Print the log of accounts, newest first: sign-ins, failures, changes."""
    from osler.service import people

    entries = _with_accounts(lambda registry, _settings: people.read_log(registry, name, most=top))
    return _print("log", entries, as_json=as_json)


def _with_accounts(work: Callable[[Registry, Settings], T], *, create: bool = False) -> T:
    from osler.service.wiring import open_registry, read_settings

    with open_registry(os.environ, create=create, holder="osler user") as registry:
        return work(registry, read_settings(os.environ))


def _change(change: Callable[[Registry, str], Account], name: str, *, as_json: bool) -> int:
    from osler.accounts import people as rules
    from osler.service import people

    def work(registry: Registry, _settings: Settings) -> dict[str, Any]:
        found = rules.find_account(registry, name)
        return people.describe(registry, change(registry, found.person.id))

    return _print("person", _with_accounts(work), as_json=as_json)


def _ask_password(name: str, email: str | None) -> str:
    """Return a password that was typed twice the same, without being shown.

    Raises:
        UsageError: There is no terminal to type at.
        InputError: The two differ, or the password is not taken.
    """
    from getpass import getpass

    from osler.accounts.password_rules import check_password

    if not sys.stdin.isatty():
        raise UsageError("no terminal to type a password at", item="osler user add", hint="add --link")
    password = getpass("Password: ", stream=sys.stderr)
    check_password(password, about=tuple(filter(None, (name, email))))
    if getpass("Again: ", stream=sys.stderr) != password:
        raise InputError(
            "the two are not the same", item="password", hint="type it again", code="input.password"
        )
    return password


def _print_admitted(admitted: Admitted, *, as_json: bool) -> int:
    account = admitted.account
    return _print(
        "person",
        {
            "id": account.person.id,
            "name": account.person.name,
            "roles": sorted(account.person.roles),
            "link": admitted.link or None,
            "mailed": admitted.mailed,
        },
        as_json=as_json,
    )


def _print(name: str, value: object, *, as_json: bool) -> int:
    from osler.surfaces.documents import named_document

    document = named_document(name, value)
    if as_json:
        print_json(document)
    else:
        from osler.surfaces.cli.render_people import render

        print_page(lambda page: render(name, document[name], page))
    return Exit.DONE
