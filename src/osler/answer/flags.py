"""Flags of an answer: outside the licence, by a route that the label does not have, and where.

Everything comes from the library: what a printed sentence says of the licence, and the routes that a
label held here gives or does not give. Without a label in the library there is no flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from osler.answer.look import Look
from osler.answer.plans.links import OFF_LICENCE
from osler.answer.select import Pick, Purpose
from osler.index.protocol import Clause
from osler.model.question import Concept
from osler.model.source import Kind, Source
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.text.names import keyed
from osler.text.normalise import fold
from osler.text.routes import ROUTES, routes_in, routes_of

LABELS: Final = 8
"""Passages of labels that are read for their routes."""
_PLACES: Final = tuple(
    (place, re.compile(pattern))
    for place, pattern in (
        ("US", r"\bUSA?\b|\bUnited States\b|\bFDA\b|dailymed\.nlm\.nih\.gov|^spl:"),
        ("UK", r"\bUK\b|\bUnited Kingdom\b|\bMHRA\b|medicines\.org\.uk"),
        ("EU", r"\bEU\b|\bEuropean Union\b|\bEMA\b|ema\.europa\.eu|\bEuropean Medicines Agency\b"),
    )
)


def places_in(text: str) -> tuple[str, ...]:
    """Return the jurisdictions that ``text`` names, in a fixed order."""
    return tuple(place for place, pattern in _PLACES if pattern.search(text))


def place_of(label: Source) -> str:
    """Return where a label holds, by its title, address, publisher and key, or empty."""
    record = (label.title or "", label.url or "", label.container or "", label.key)
    return next((place for text in record for place in places_in(text)), "")


def licence_flags(picks: Iterable[Pick]) -> tuple[str, ...]:
    """Return ``off_label:US`` and the like for statements that say the use is outside the licence."""
    said = [
        pick
        for pick in picks
        if pick.purpose is Purpose.LICENCE and OFF_LICENCE.search(fold(pick.candidate.text))
    ]
    found: dict[str, None] = {}
    for pick in said:
        candidate = pick.candidate
        own = place_of(candidate.source) if candidate.source.kind is Kind.LABEL else ""
        for place in places_in(candidate.text) or ((own,) if own else ()):
            found[f"off_label:{place}"] = None
    return tuple(found) or (("off_label",) if said else ())


def route_flags(picks: Iterable[Pick], drug: Concept, look: Look) -> tuple[str, ...]:
    """Return ``unlicensed_route:US`` where a printed route stands nowhere in a label held here.

    A label counts when it is the drug's own (its title names it) and gives a route at all; a route that
    it mentions anywhere is not flagged.
    """
    if look.filters.kinds and Kind.LABEL.value not in look.filters.kinds:
        return ()
    given: set[str] = set()
    for pick in picks:
        given |= routes_of(pick.candidate.text, drug.variants)
    if not given:
        return ()
    own = _labels_of(drug, look)
    flags: dict[str, None] = {}
    for route in sorted(given):
        with_route = _sources_with(route, drug, look)
        for source, routes in own.items():
            place = place_of(source)
            if place and routes and route not in routes and source.id not in with_route:
                flags[f"unlicensed_route:{place}"] = None
    return tuple(flags)


def _labels_of(drug: Concept, look: Look) -> dict[Source, frozenset[str]]:
    """Return the labels of ``drug`` with the routes that their title and read passages give."""
    only = replace(look, filters=replace(look.filters, kinds=frozenset({Kind.LABEL.value})))
    words = [word for listed in ROUTES.values() for word in listed[:1]]
    found = only.find_beside((drug,), words, top=LABELS, stage="route")
    labels: dict[Source, frozenset[str]] = {}
    for entry in found:
        if names(keyed(entry.source.title or ""), drug):
            known = labels.get(entry.source, routes_in(entry.source.title or ""))
            labels[entry.source] = known | _routes_of(entry)
    return labels


def _routes_of(entry: FoundPassage) -> frozenset[str]:
    return routes_in(entry.passage.text)


def _sources_with(route: str, drug: Concept, look: Look) -> frozenset[str]:
    """Return the labels that mention ``route`` anywhere."""
    clauses = [Clause(drug.variants, required=True), Clause(ROUTES[route], required=True)]
    filters = replace(look.filters, kinds=frozenset({Kind.LABEL.value}))
    return frozenset(hit.source for hit in look.index.search(clauses, filters=filters, top=LABELS))
