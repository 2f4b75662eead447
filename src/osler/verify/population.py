"""Whom a text speaks of: classes of people, animals and laboratory material, told by their words.

Compares classes, not people; whether a class answers a question is not decided here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from osler.model.source import Design, Source
from osler.text.normalise import fold


class Group(StrEnum):
    """A class of subjects that evidence does not carry over from or to without saying so."""

    CHILDREN = "children"
    NEWBORNS = "newborns"
    ADULTS = "adults"
    OLD = "older people"
    PREGNANT = "pregnant women"
    WOMEN = "women"
    MEN = "men"
    HEALTHY = "healthy volunteers"
    ANIMALS = "animals"
    LABORATORY = "laboratory material"


_WORDS: Final = {
    Group.CHILDREN: r"child|children|childhood|p(?:a)?ediatrics?|infants?|infancy|toddlers?|boys?"
    r"|girls?"
    r"|adolescents?|adolescence|juveniles?|teenagers?|schoolchildren|youths?",
    Group.NEWBORNS: r"neonat\w*|newborns?|preterms?|premature infants?",
    Group.ADULTS: r"adults?|adulthood",
    Group.OLD: r"elderly|older (?:adults?|people|persons?|patients?|individuals?)|geriatric"
    r"|nursing homes?",
    Group.PREGNANT: r"pregnan\w+|gestation\w*|gravid\w*",
    Group.WOMEN: r"wom[ae]n|females?",
    Group.MEN: r"m[ae]n|males?",
    Group.HEALTHY: r"healthy (?:volunteers?|subjects?|adults?|participants?|individuals?|controls?"
    r"|men|women)",
    Group.ANIMALS: r"mouse|mice|murine|rats?|rodents?|rabbits?|zebrafish|dogs?|canine|pigs?|porcine"
    r"|swine|piglets?|monkeys?|macaques?|primates|hamsters?|guinea pigs?|ferrets?|sheep|ovine"
    r"|bovine"
    r"|drosophila|nematodes?|c\.? elegans|animals?|animal models?|yeast|saccharomyces|xenopus"
    r"|chickens?",
    Group.LABORATORY: r"in vitro|ex vivo|cell lines?|cultured|in silico|xenografts?|organoids?",
}
_PATTERN: Final = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{group.name}>{words})" for group, words in _WORDS.items())
    + r")(?!\w)"
)
_NON_HUMAN: Final = frozenset({Group.ANIMALS, Group.LABORATORY})
_STUDIED: Final = re.compile(
    r"\b(?:mouse|mice|murine|rats?|rodents?|rabbits?|zebrafish|drosophila|macaques?|monkeys?"
    r"|animal models?|hamsters?|guinea pigs?|ferrets?|in vitro|cell lines?)\b"
)
_PEOPLE: Final = re.compile(
    r"\b(?:patients?|participants?|people|persons?|humans?|volunteers?|individuals?|children"
    r"|adults?|wom[ae]n"
    r"|m[ae]n|infants?|families|cases?)\b"
)
_SAYS_NON_HUMAN: Final = re.compile(r"laborator|animal|preclinical|in vitro|cells?\b|experiment")
_EXCLUSIVE: Final = (
    frozenset({Group.CHILDREN, Group.ADULTS}),
    frozenset({Group.NEWBORNS, Group.ADULTS}),
    frozenset({Group.CHILDREN, Group.OLD}),
    frozenset({Group.NEWBORNS, Group.OLD}),
    frozenset({Group.WOMEN, Group.MEN}),
    frozenset({Group.PREGNANT, Group.MEN}),
)
NARROW: Final = frozenset(
    {
        Group.CHILDREN,
        Group.NEWBORNS,
        Group.OLD,
        Group.PREGNANT,
        Group.HEALTHY,
        Group.ANIMALS,
        Group.LABORATORY,
    }
)
"""Groups from which a finding may not be carried over to everyone."""


@lru_cache(maxsize=2048)
def groups_in(text: str) -> frozenset[Group]:
    """Return the groups that ``text`` speaks of."""
    return frozenset(
        Group[match.lastgroup] for match in _PATTERN.finditer(fold(text)) if match.lastgroup is not None
    )


def is_animal_source(source: Source) -> bool:
    """Tell whether the record itself shows a study of animals or laboratory material, without people."""
    headings = {heading.lower() for heading in source.headings}
    if headings & {"humans", "human"}:
        return False
    if source.design is Design.LABORATORY or headings & {
        "animals",
        "mice",
        "rats",
        "disease models, animal",
    }:
        return True
    title = fold(source.title or "")
    return _STUDIED.search(title) is not None and _PEOPLE.search(title) is None


def says_non_human(text: str) -> bool:
    """Tell whether a reader of ``text`` sees that it is not about people."""
    return bool(groups_in(text) & _NON_HUMAN) or _SAYS_NON_HUMAN.search(fold(text)) is not None


def names_people(text: str) -> bool:
    """Tell whether ``text`` speaks of people."""
    return _PEOPLE.search(fold(text)) is not None


def exclude_each_other(one: Group, other: Group) -> bool:
    """Tell whether no person can belong to both groups."""
    return frozenset({one, other}) in _EXCLUSIVE
