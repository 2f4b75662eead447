"""What questions take for granted, and by which words evidence says the same or the contrary. Data.

Only pairs that are each other's contrary in so many words are here: cured or died, contraindicated or
recommended, licensed or off-label. What needs knowledge to be called false is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from osler.model.question import QuestionKind
from osler.text.polarity import negations

_ASKS_ON: Final = re.compile(
    r"\b(?:why|how|what|which|when|who|where|since|given that|because|seeing that)\b"
)
_ASKS_WHY: Final = re.compile(r"\b(?:why|how come|since|given that|because|seeing that)\b")
_OFF_LICENCE: Final = re.compile(
    r"\boff-?[ -]?(?:label|licen[cs]e)|\bunlicen[cs]ed\b|\bnot (?:licen[cs]ed|listed|among|included"
    r"|approved)\b|\boutside (?:the|its|their)\b"
)
_DENIES: Final = re.compile(r"\b(?:not|no|never|failed|fails?|without|none|neither|nor|lack\w*)\b")
_BAD_END: Final = re.compile(
    r"(?<!no )(?<!without )\b(?:relaps(?:ed|es|e)|recurr(?:ed|ence)|came back)\b|\d ?%? (?:\w+ )?died\b"
    r"|\b(?:mortality|survival|death rate)\b(?: \w+){0,12} (?:was|of|in) (?:\d[\d.]* ?%|\w+ of \d)"
    r"|\bdid not respond\b|\bno response\b|\bneither\b.*\bnor\b|\bfailed\b|\brefractory to\b"
    r"|\bresponse\b.{0,80}\babsent in\b"
)
"""How evidence says that something did not end well for everyone."""


@dataclass(frozen=True, slots=True)
class Premise:
    """One kind of thing that a question can take for granted.

    Attributes:
        cue: The words that take it for granted, in a folded question.
        kind: What is asked instead, and on which facets the evidence is looked for.
        borne_out: Tells of a folded sentence whether it says the same.
        corrected: Tells of a folded sentence whether it says the contrary.
        also: A second kind, on whose facets evidence is looked for as well.
        asks: How a question begins that takes it for granted.
        anywhere: Whether it can be held against the evidence on the drug alone, without a condition.
        weighs: Whether what bears it out must be as strong as what corrects it: one patient in whom a
            drug failed does not make it ineffective.
    """

    cue: re.Pattern[str]
    kind: QuestionKind
    borne_out: Callable[[str], bool]
    corrected: Callable[[str], bool]
    also: QuestionKind | None = None
    asks: re.Pattern[str] = _ASKS_ON
    anywhere: bool = False
    weighs: bool = False


def _says(pattern: str, *, denied: bool | None = None, unless: str = "") -> Callable[[str], bool]:
    """Return a test: whether a folded sentence holds ``pattern`` and not ``unless``.

    ``denied`` says whether it must be denied as well, or must not be; None lets it be either.
    """
    cue = re.compile(pattern)
    never = re.compile(unless) if unless else None

    def test(folded: str) -> bool:
        if cue.search(folded) is None or (never and never.search(folded)):
            return False
        is_denied = bool(_DENIES.search(folded)) or any(negations(folded))
        return denied is None or denied is is_denied

    return test


PREMISES: Final = (
    Premise(
        re.compile(r"\bcur(?:es?|ing)\b(?! rates?\b)"),
        QuestionKind.EFFECT,
        _says(r"\bcur(?:e[sd]?|ative)\b", denied=False),
        lambda folded: bool(_BAD_END.search(folded)),
        QuestionKind.PROGNOSIS,
    ),
    Premise(
        re.compile(r"\bcontra-?indicated\b|\b(?:be )?avoided\b|\bforbidden\b|\bnot allowed\b"),
        QuestionKind.TREATMENT,
        _says(r"\bcontra-?indicat\w+|\bavoid\w*\b|\bshould not be (?:used|given)\b|\bnot recommended\b"),
        _says(
            r"\brecommend\w*\b|\bfirst-line\b|\bgives\b|\bgiven\b|\bused?\b|\bsuggest\w*\b|\bpreferred\b"
            r"|\beffective\b|\bresponded\b|\badvised\b",
            denied=False,
            unless=r"\b(?:harm\w*|worse\w*|toxic\w*|died|deaths?|mortality|avoid\w*|stop\w*|withdr\w+"
            r"|cautio\w+|risks?)\b",
        ),
        QuestionKind.CONTRAINDICATION,
        asks=_ASKS_WHY,
    ),
    Premise(
        re.compile(
            r"\bnot (?:work|help|effective)\b|\bineffective\b|\buseless\b|\bfail(?:s|ed)? (?:in|to)\b"
        ),
        QuestionKind.EFFECT,
        _says(
            r"\bno (?:\w+ )?(?:effect|benefit|response|improvement|difference)\b|\bineffective\b"
            r"|\bfailed\b|\bneither\b.*\bnor\b"
            r"|\b(?:did|does|was|were|is) not (?:\w+ )?(?:effective|work|help|improve|reduce|superior)\b"
        ),
        _says(
            r"\beffective\b|\brespon(?:ded|se)\b|\bimprov\w+|\bresolv\w+|\bremission\b|\brecovered\b",
            denied=False,
        ),
        asks=_ASKS_WHY,
        weighs=True,
    ),
    Premise(
        re.compile(r"\blicen[cs]ed\b"),
        QuestionKind.LICENCE,
        lambda folded: (
            not _OFF_LICENCE.search(folded)
            and bool(re.search(r"\b(?:licen[cs]ed|indicated) (?:for|in|to)\b", folded))
        ),
        lambda folded: bool(_OFF_LICENCE.search(folded)),
    ),
    Premise(
        re.compile(r"\bapproved\b"),
        QuestionKind.LICENCE,
        _says(r"\bapprov(?:ed|es|al)\b|\bindicated for\b", denied=False),
        lambda folded: bool(_OFF_LICENCE.search(folded)),
        QuestionKind.TREATMENT,
    ),
    Premise(
        re.compile(
            r"\bno (?:side effects?|adverse effects?|harms?|risks?)\b|\b(?:completely|totally|entirely"
            r"|perfectly|absolutely) safe\b|\bharmless\b"
        ),
        QuestionKind.HARMS,
        _says(r"\bno (?:\w+ )?(?:adverse|side)\b|\bharmless\b"),
        _says(
            r"\badverse\b|\bside effects?\b|\binfections?\b|\breactions?\b|\bneutropenia\b|\btoxic\w*\b"
            r"|\bdiscontinued\b|\bstopped\b",
            denied=False,
        ),
        anywhere=True,
    ),
    Premise(
        re.compile(
            r"\b(?:everyone|everybody|all (?:patients|children|adults|people)|nobody|no one|no patients?"
            r"|100 ?%)(?: with [\w -]+?)? (?:surviv\w+|respon\w+|recover\w*|relaps\w+|die[sd]?)\b"
            r"|\bnever relapses?\b"
        ),
        QuestionKind.PROGNOSIS,
        _says(
            r"\ball (?:\w+ ){0,2}(?:patients |children |adults |of them )?(?:\w+ ){0,2}"
            r"(?:surviv|respon|recover)\w*|\bno deaths?\b|\bnone died\b"
        ),
        lambda folded: bool(_BAD_END.search(folded)),
        QuestionKind.EFFECT,
        weighs=True,
    ),
)
