"""What in a text may identify a person: the eighteen kinds that HIPAA's safe harbour names.

The list is that of 45 CFR 164.514(b)(2)(i), A to R. Found by their form where the form is telling (an
e-mail address), else by a word that announces them (``MRN 48213``). A finder, not a proof: a name that
nothing announces is not seen. Built to hold a question back, so that a doubtful case counts as found,
save where the form is everyday in medicine: years, doses, ranges of age, numbers of trials and papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Final

from osler.text import identifying_cues as cues
from osler.text.identifying_terse import TERSE


class IdentifierKind(StrEnum):
    """The kinds of HIPAA's list, in its order; ages over 89 stand there with the dates."""

    NAME = "name"
    ADDRESS = "address"
    DATE = "date"
    AGE = "age"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    SSN = "ssn"
    MRN = "mrn"
    HEALTH_PLAN = "health_plan"
    ACCOUNT = "account"
    LICENCE = "licence"
    VEHICLE = "vehicle"
    DEVICE = "device"
    URL = "url"
    IP = "ip"
    BIOMETRIC = "biometric"
    PHOTO = "photo"
    OTHER = "other"


WORDS: Final = {
    IdentifierKind.NAME: "a name",
    IdentifierKind.ADDRESS: "an address",
    IdentifierKind.DATE: "a date",
    IdentifierKind.AGE: "an age over 89",
    IdentifierKind.PHONE: "a telephone number",
    IdentifierKind.FAX: "a fax number",
    IdentifierKind.EMAIL: "an e-mail address",
    IdentifierKind.SSN: "a social security number",
    IdentifierKind.MRN: "a patient's number",
    IdentifierKind.HEALTH_PLAN: "an insurance number",
    IdentifierKind.ACCOUNT: "an account number",
    IdentifierKind.LICENCE: "the number of a licence",
    IdentifierKind.VEHICLE: "the number of a vehicle",
    IdentifierKind.DEVICE: "the number of a device",
    IdentifierKind.URL: "a web address",
    IdentifierKind.IP: "a network address",
    IdentifierKind.BIOMETRIC: "a biometric mark",
    IdentifierKind.PHOTO: "a picture of a person",
    IdentifierKind.OTHER: "another number of its own",
}
"""How each kind is called towards the person who asks."""

OLDEST_AGE: Final = 89
OLDEST_EVER: Final = 125


Spans = Iterator[tuple[int, int, int]]
"""Where what announces it begins, where the thing itself begins, and where it ends."""

BESIDE_THE_POINT: Final = frozenset(IdentifierKind) - {
    IdentifierKind.AGE,
    IdentifierKind.BIOMETRIC,
    IdentifierKind.PHOTO,
}
"""Kinds that no evidence speaks of: left out of a question, they take nothing from it."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing that may identify a person.

    Attributes:
        kind: What it is.
        start: Where it begins, without what announces it.
        end: Where it ends.
        announced: Where what announces it begins (``MRN``, ``Mrs``), at ``start`` where nothing does.
    """

    kind: IdentifierKind
    start: int
    end: int
    announced: int


def without_identifiers(text: str) -> str:
    """Return ``text`` without what may identify somebody and is beside the point of a question."""
    kept, place = [], 0
    for found in find_identifiers(text):
        if found.kind in BESIDE_THE_POINT and found.announced >= place:
            kept.append(text[place : found.announced])
            place = found.end
    return "".join([*kept, text[place:]])


def redacted(text: str) -> str:
    """Return ``text`` with what it is called in the place of each thing that may identify somebody."""
    kept, place = [], 0
    for found in find_identifiers(text):
        begins = max(found.announced, place)
        kept += [text[place:begins], f"[{WORDS[found.kind]}]"]
        place = found.end
    return "".join([*kept, text[place:]])


def find_identifiers(text: str) -> list[Identifier]:
    """Return what may identify a person in ``text``, in order; of two that overlap, the first found.

    Kinds that are announced by a word go before those known by their form alone, so that
    ``fax 202-555-0166`` is a fax and no telephone.
    """
    found: list[Identifier] = []
    for kind, spans in _finders(text):
        for announced, start, end in spans:
            if end > start and not any(start < other.end and other.start < end for other in found):
                found.append(Identifier(kind, start, end, announced))
    return sorted(found, key=lambda identifier: (identifier.start, identifier.end))


def _finders(text: str) -> Iterator[tuple[IdentifierKind, Spans]]:
    yield IdentifierKind.EMAIL, _spans(cues.EMAIL, text)
    yield IdentifierKind.URL, _addresses_of_the_web(text)
    yield IdentifierKind.SSN, _spans(cues.SSN, text)
    for name, pattern in TERSE:
        yield IdentifierKind(name), _spans(pattern, text)
    for name, pattern in cues.NUMBERED:
        yield IdentifierKind(name), _numbers(pattern, text)
    yield IdentifierKind.VEHICLE, _spans(cues.PLATE, text)
    yield IdentifierKind.FAX, _spans(cues.FAX, text)
    yield IdentifierKind.PHONE, _phones(text)
    yield IdentifierKind.IP, _network_addresses(text)
    yield IdentifierKind.AGE, _ages(text)
    yield IdentifierKind.AGE, _ages_of_somebody(text)
    yield IdentifierKind.DATE, _dates(text)
    yield IdentifierKind.ADDRESS, _places(text)
    yield IdentifierKind.BIOMETRIC, _spans(cues.BIOMETRIC, text)
    yield IdentifierKind.PHOTO, _spans(cues.PHOTO, text)
    yield IdentifierKind.NAME, _names(text)


def _spans(pattern: re.Pattern[str], text: str) -> Spans:
    """Yield the span of group ``it`` of each match."""
    for match in pattern.finditer(text):
        yield match.start(), *match.span("it")


def _numbers(pattern: re.Pattern[str], text: str) -> Spans:
    """Yield announced numbers that have enough digits to belong to one person."""
    for match in pattern.finditer(text):
        number = match["it"].rstrip(" -/.,")
        digits = sum(character.isdigit() for character in number)
        if digits >= cues.FEWEST_DIGITS and not cues.PUBLIC_NUMBER.match(number):
            yield match.start(), match.start("it"), match.start("it") + len(number)


def _addresses_of_the_web(text: str) -> Spans:
    for match in cues.URL.finditer(text):
        address = match["it"].rstrip(".,;:!?)'\"")
        if not cues.LITERATURE.search(address):
            yield match.start(), match.start("it"), match.start("it") + len(address)


def _phones(text: str) -> Spans:
    for pattern in cues.PHONES:
        for match in pattern.finditer(text):
            number = match["it"].rstrip(" -.")
            if 6 <= sum(character.isdigit() for character in number) <= 15:
                yield match.start(), match.start("it"), match.start("it") + len(number)


def _network_addresses(text: str) -> Spans:
    for match in cues.IP.finditer(text):
        try:
            ip_address(match["it"].rstrip(".:"))
        except ValueError:
            continue
        yield match.start(), match.start("it"), match.start("it") + len(match["it"].rstrip(".:"))


def _ages(text: str) -> Spans:
    """Yield single ages over 89; ``over 90``, ``90 or older`` and ``65 to 95`` are groups, no person."""
    for match in cues.AGE.finditer(text):
        span = match.span("a") if match["b"] is None else match.span("b")
        is_group = cues.GROUP_BEFORE.search(text[: match.start()]) or cues.GROUP_AFTER.match(
            text[match.end() :]
        )
        if OLDEST_AGE < int(text[slice(*span)]) < OLDEST_EVER and not is_group:
            yield span[0], *span


def _ages_of_somebody(text: str) -> Spans:
    for pattern in cues.AGE_OF_SOMEBODY:
        for match in pattern.finditer(text):
            if OLDEST_AGE < int(match["it"]) < OLDEST_EVER:
                yield match.start("it"), *match.span("it")


def _dates(text: str) -> Spans:
    for match in cues.NUMERIC_DATE.finditer(text):
        if _is_date([int(part) for part in re.findall(r"\d+", match["it"])]):
            yield match.start(), *match.span("it")
    for pattern in cues.WORDED_DATES:
        yield from _spans(pattern, text)


def _is_date(parts: list[int]) -> bool:
    """Tell whether three numbers can be a day, a month and a year in one of the usual orders."""
    year, rest = (parts[0], parts[1:]) if parts[0] > 31 else (parts[2], parts[:2])
    is_year = 1900 <= year <= 2100 or year <= 99
    return is_year and 1 <= min(rest) <= 12 and 1 <= max(rest) <= 31


def _places(text: str) -> Spans:
    for pattern in cues.ADDRESSES:
        yield from _spans(pattern, text)
    for match in cues.LIVES_IN.finditer(text):
        if match["it"].casefold() not in cues.COUNTRIES:
            yield match.start(), *match.span("it")


def _names(text: str) -> Spans:
    for pattern in cues.NAMES:
        for match in pattern.finditer(text):
            first = match["it"].split()[0].casefold()
            if first not in cues.NO_NAMES:
                yield match.start(), *match.span("it")
    for match in cues.RELATIVE_WITH_NAME.finditer(text):
        if match["it"].istitle() or match["it"].casefold() in _given_names():
            yield match.start("it"), *match.span("it")
    for match in cues.FULL_NAME.finditer(text):
        is_name = match["first"].casefold() in _given_names()
        if is_name and match["last"].casefold() not in cues.NO_SURNAMES:
            yield match.start("it"), *match.span("it")


@cache
def _given_names() -> frozenset[str]:
    listed = files("osler.text").joinpath("given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in listed.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())
