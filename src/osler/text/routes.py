"""Routes by which a drug is given, told by their words."""

from __future__ import annotations

import re
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
_ROUTE: Final = re.compile(rf"(?<![\w-])(?:{_WORDS})(?![\w-])")


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
    name = "|".join(re.escape(each) for each in drug_names)
    if not re.search(rf"(?<![\w-])(?:{name})(?![\w-])", folded):
        return frozenset()
    beside = re.compile(
        rf"(?<![\w-])({_WORDS}),? (?:(?:or|and) ({_WORDS}) )?(?:(?:high|low)-dose )?(?:{name})(?![\w-])"
        rf"|(?<![\w-])(?:{name}) (?:was |is |were )?(?:given |administered |infused |injected )?"
        rf"({_WORDS})(?![\w-])"
    )
    found = {word for match in beside.finditer(folded) for word in match.groups() if word}
    # An amount may stand between the name and the route: "anakinra 2-4 mg/kg (maximum 100 mg) orally".
    for match in re.finditer(
        rf"(?<![\w-])(?:{name}),? (?P<amount>\d[^;.,]{{0,60}}?)({_ADVERBS})\b", folded
    ):
        if not drugs_in(match["amount"]):
            rest = _ADVERBS_JOINED.match(folded, match.start(2))
            found.update(re.findall(_ADVERBS, rest.group() if rest else match[2]))
    return frozenset(_ROUTE_OF[word] for word in found)
