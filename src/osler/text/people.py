"""Whom a text speaks of: classes of people, animals and laboratory material, told by their words.

Compares classes, not people; whether a class answers a question is not decided here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from osler.text.lists import word_set
from osler.text.normalise import fold

ADULT_HEADINGS: Final = frozenset({"adult", "aged", "middle aged", "young adult", "aged, 80 and over"})
"""Folded MeSH headings under which a study of adults is filed."""


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


NON_HUMAN: Final = frozenset({Group.ANIMALS, Group.LABORATORY})
NARROW: Final = NON_HUMAN | {
    Group.CHILDREN,
    Group.NEWBORNS,
    Group.OLD,
    Group.PREGNANT,
    Group.HEALTHY,
}
"""Groups from which a finding may not be carried over to everyone."""

_WORDS: Final = {
    Group.CHILDREN: r"child|children|childhood|kids?|p(?:a)?ediatrics?|infants?|infancy|toddlers?|boys?"
    r"|girls?|adolescents?|adolescence|juveniles?|teenagers?|schoolchildren|youths?",
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
    r"|bovine|drosophila|nematodes?|c\.? elegans|animals?|animal models?|yeast|saccharomyces|xenopus"
    r"|chickens?",
    Group.LABORATORY: r"in vitro|ex vivo|cell lines?|cultured|in silico|xenografts?|organoids?",
}
_SPECIES: Final = (
    ("mice", "mouse mice murine"),
    ("rats", "rat rats"),
    ("rabbits", "rabbit rabbits"),
    ("zebrafish", "zebrafish"),
    ("pigs", "pig pigs porcine swine"),
    ("dogs", "dog dogs canine"),
)
_SPECIES_OF: Final = {word: species for species, listed in _SPECIES for word in listed.split()}
_CELLS: Final = re.compile(r"\b(?:in vitro|cell lines?|cultured cells)\b")
_STUDIED_ANIMALS: Final = re.compile(
    r"\b(?:mouse|mice|murine|rats?|rodents?|rabbits?|zebrafish|drosophila|macaques?|monkeys?"
    r"|animal models?|hamsters?|guinea pigs?|ferrets?|in vitro|cell lines?)\b"
)
_PEOPLE: Final = re.compile(
    r"\b(?:patients?|participants?|people|persons?|humans?|volunteers?|individuals?|children"
    r"|adults?|wom[ae]n|m[ae]n|infants?|families|cases?)\b"
)
_SAYS_NON_HUMAN: Final = re.compile(r"laborator|animal|preclinical|in vitro|cells?\b|experiment")
_PEOPLE_WORDS: Final = word_set(
    """
    adolescent adolescents adult adults animal animals boy boys child children elderly female females
    geriatric girl girls infant infants kid kids male males man men mice mouse neonatal neonate neonates
    newborn newborns nurses paediatric patient patients pediatric people persons physicians pregnancy
    pregnant preterm rat rats smokers students survivors teenager teenagers toddler toddlers veterans
    volunteer volunteers woman women youth youths
    """
)
_EXCLUSIVE: Final = (
    frozenset({Group.CHILDREN, Group.ADULTS}),
    frozenset({Group.NEWBORNS, Group.ADULTS}),
    frozenset({Group.CHILDREN, Group.OLD}),
    frozenset({Group.NEWBORNS, Group.OLD}),
    frozenset({Group.WOMEN, Group.MEN}),
    frozenset({Group.PREGNANT, Group.MEN}),
)


@cache
def _pattern() -> re.Pattern[str]:
    named = "|".join(f"(?P<{group.name}>{words})" for group, words in _WORDS.items())
    return re.compile(rf"(?<![\w-])(?:{named})(?!\w)")


@lru_cache(maxsize=2048)
def groups_in(text: str) -> frozenset[Group]:
    """Return the groups that ``text`` speaks of."""
    found = _pattern().finditer(fold(text))
    return frozenset(Group[match.lastgroup] for match in found if match.lastgroup is not None)


def species_in(folded: str) -> str:
    """Return the animal, or ``cells``, that a folded text names; of several the closest to man's use.

    The order is that of laboratory use, mice first; empty when it names none.
    """
    named = {_SPECIES_OF[word] for word in re.findall(r"[a-z]+", folded) if word in _SPECIES_OF}
    if named:
        return next(species for species, _words in _SPECIES if species in named)
    return "cells" if _CELLS.search(folded) else ""


def names_people(text: str) -> bool:
    """Tell whether ``text`` speaks of people."""
    return _PEOPLE.search(fold(text)) is not None


def is_people_word(folded: str) -> bool:
    """Tell whether a folded word of a question names whom it is about, and nothing else."""
    return folded in _PEOPLE_WORDS


def says_non_human(text: str) -> bool:
    """Tell whether a reader of ``text`` sees that it is not about people."""
    return bool(groups_in(text) & NON_HUMAN) or _SAYS_NON_HUMAN.search(fold(text)) is not None


def studies_animals(title: str) -> bool:
    """Tell whether ``title`` names animals or laboratory material as what was studied, and no people."""
    folded = fold(title)
    return _STUDIED_ANIMALS.search(folded) is not None and _PEOPLE.search(folded) is None


def exclude_each_other(one: Group, other: Group) -> bool:
    """Tell whether no person can belong to both groups."""
    return frozenset({one, other}) in _EXCLUSIVE
