"""Routes by which a drug is given, told by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from osler.text.drug_names import drugs_in
from osler.text.normalise import fold

ROUTES: Final[dict[str, tuple[str, ...]]] = {
    "intravenous": ("intravenous", "intravenously", "iv"),
    "subcutaneous": ("subcutaneous", "subcutaneously"),
    "intramuscular": ("intramuscular", "intramuscularly"),
    "oral": ("oral", "orally", "by mouth"),
    "intrathecal": ("intrathecal", "intrathecally"),
    "inhaled": ("inhaled", "inhalation", "nebulised", "nebulized"),
    "intranasal": ("intranasal", "intranasally", "nasal"),
    "rectal": ("rectal", "rectally"),
    "topical": ("topical", "topically"),
    "transdermal": ("transdermal", "transdermally"),
    "sublingual": ("sublingual", "sublingually"),
    "intravitreal": ("intravitreal", "intravitreally"),
    "intra-articular": ("intra-articular", "intraarticular"),
}
"""Each route with the words that name it, as they are folded."""

_AS_TYPED: Final[dict[str, tuple[str, ...]]] = {
    "intravenous": ("iv", "i.v."),
    "subcutaneous": ("sc", "s.c.", "subcut", "sq", "subq"),
    "intramuscular": ("im", "i.m."),
    "oral": ("po", "p.o."),
}
"""Shorthand of notes; in running text some of it is a word or an abbreviation of something else."""

_ROUTE_OF: Final = {word: route for route, listed in ROUTES.items() for word in listed}
_WORDS: Final = "|".join(re.escape(word) for word in sorted(_ROUTE_OF, key=len, reverse=True))
_ADVERBS: Final = "|".join(word for word in _ROUTE_OF if word.endswith("ly"))
_ADVERBS_JOINED: Final = re.compile(rf"(?:{_ADVERBS})(?: (?:or|and) (?:{_ADVERBS}))*")
_ADVERB: Final = re.compile(_ADVERBS)
_ROUTE: Final = re.compile(rf"(?<![\w-])(?:{_WORDS})(?![\w-])")
_PART: Final = re.compile(r"[\w-]")
_BEFORE: Final = re.compile(
    rf"(?<![\w-])({_WORDS}),? (?:(?:or|and) ({_WORDS}) )?(?:(?:high|low)-dose )?\Z"
)
_AFTER: Final = re.compile(
    rf" (?:was |is |were )?(?:given |administered |infused |injected )?({_WORDS})(?![\w-])"
)
_AMOUNT: Final = re.compile(rf",? (?P<amount>\d[^;.,]{{0,60}}?)(?P<adverb>{_ADVERBS})\b")
"""An amount between a name and its route: "anakinra 2-4 mg/kg (maximum 100 mg) orally"."""


def names_of_route(word: str) -> tuple[str, ...]:
    """Return the words that name the route which ``word``, as typed in a question, names; or nothing."""
    folded = fold(word)
    for route, listed in ROUTES.items():
        if folded in listed or folded in _AS_TYPED.get(route, ()):
            return listed
    return ()


def routes_in(text: str) -> frozenset[str]:
    """Return the routes that ``text`` names."""
    return frozenset(_ROUTE_OF[found] for found in _ROUTE.findall(fold(text)))


def routes_of(text: str, drug_names: tuple[str, ...]) -> frozenset[str]:
    """Return the routes by which ``text`` says that a drug is given: ``intravenous anakinra``.

    Only a route beside the name counts, since another drug of the sentence may have another route.

    Args:
        text: One sentence.
        drug_names: The folded names of the drug.
    """
    folded = fold(text)
    found: set[str] = set()
    for start, end in _places(folded, drug_names):
        # What stands before a name is read as a whole, since it must end at it.
        before = _BEFORE.search(folded, 0, start)
        after = _AFTER.match(folded, end)
        found.update(word for side in (before, after) if side for word in side.groups() if word)
        amount = _AMOUNT.match(folded, end)
        if amount and not drugs_in(amount["amount"]):
            rest = _ADVERBS_JOINED.match(folded, amount.start("adverb"))
            found.update(_ADVERB.findall(rest.group() if rest else amount["adverb"]))
    return frozenset(_ROUTE_OF[word] for word in found)


def _places(folded: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where one of ``names`` stands in a folded text as a word of its own."""
    for name in names:
        place = folded.find(name)
        while place >= 0:
            end = place + len(name)
            if not (_PART.match(folded, end) or (place and _PART.match(folded, place - 1))):
                yield place, end
            place = folded.find(name, end)
