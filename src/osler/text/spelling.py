"""British and American spelling of medical and general words, for comparison and search.

Rules are tied to stems, never to bare letter pairs: ``aerobic``, ``phoenix``, ``phytoestrogen``,
``gastroesophageal`` and ``angioedema`` hold the letters of a British spelling and are American.
Words come in folded (lower case, no accents).
"""

from __future__ import annotations

import re
from functools import lru_cache

from osler.text.kept import FEW_WORDS
from osler.text.lists import word_pairs, word_set

_EXCEPT: frozenset[str] = word_set(
    """
    haemophilus haemolyticus haemonchus haematobium aedes paederus aegypti archaea archaeal archaeon
    angioedema angioedemas aeroallergen intraembryonic extraembryonic
    exercise exercised exercises exercising exerciser exercisers
    """
)

_WHOLE: dict[str, str] = word_pairs(
    """
    practise>practice practises>practices practised>practiced practising>practicing licence>license
    licences>licenses licenced>licensed defence>defense offence>offense pretence>pretense grey>gray
    ageing>aging judgement>judgment judgements>judgments acknowledgement>acknowledgment fulfil>fulfill
    fulfils>fulfills fulfilment>fulfillment enrol>enroll enrols>enrolls enrolment>enrollment
    enrolments>enrollments instil>instill instils>instills distil>distill skilful>skillful wilful>willful
    programme>program programmes>programs aluminium>aluminum mould>mold moulds>molds sceptical>skeptical
    sulphydryl>sulfhydryl ciclosporin>cyclosporine cyclosporin>cyclosporine ciclosporine>cyclosporine
    amoxycillin>amoxicillin frusemide>furosemide cefalexin>cephalexin cefalotin>cephalothin
    angiooedema>angioedema manoeuvre>maneuver manoeuvres>maneuvers manoeuvred>maneuvered naevus>nevus
    naevi>nevi praevia>previa chimaera>chimera chimaeric>chimeric analogue>analog analogues>analogs
    homologue>homolog homologues>homologs catalogue>catalog catalogues>catalogs orthologue>ortholog
    orthologues>orthologs paralogue>paralog paralogues>paralogs tranquilliser>tranquilizer
    tranquillisers>tranquilizers tranquillizer>tranquilizer tranquillizers>tranquilizers learnt>learned
    spelt>spelled burnt>burned caesarian>cesarean cesarian>cesarean foetid>fetid cheque>check tyre>tire
    plough>plow storey>story artefact>artifact artefacts>artifacts artefactual>artifactual
    sulphur>sulfur neurone>neuron neurones>neurons aeroplane>airplane disc>disk discs>disks
    """
)

# Grouped by letters that all rules of a group need, so that few patterns are tried on a word.
_RULES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "ae",
        (
            (r"haem", "hem"),
            (r"aemi(?=[acs]|$)", "emi"),
            (r"paed(?=i|o|a)", "ped"),
            (r"aesth(?=e|i)", "esth"),
            (r"caes(?=ar|iu)", "ces"),
            (r"aetio", "etio"),
            (r"gynaec", "gynec"),
            (r"faec(?=a|e)", "fec"),
            (r"caec(?=[aou])", "cec"),
            (r"palaeo", "paleo"),
            (r"archaeo(?=l)", "archeo"),
            (r"phaeo(?=chrom)", "pheo"),
            (r"anaest", "anest"),
        ),
    ),
    (
        "oe",
        (
            (r"^((?:trans|para|peri|mega|intra|extra|sub|supra|mid)?)oesoph", r"\1esoph"),
            (r"ooesoph", "oesoph"),
            (r"^((?:an|di|pro|met|ethinyl|ethynyl|anti)?)oestr", r"\1estr"),
            (r"ooestr", "oestr"),
            (r"oedem(?=a|at)", "edem"),
            (r"foet(?=u|a|o)", "fet"),
            (r"rrhoe", "rrhe"),
            (r"pnoe(?=a|i)", "pne"),
            (r"^coeli(?=a)", "celi"),
            (r"homoeo", "homeo"),
            (r"amoeb", "ameb"),
            (r"manoeuv", "maneuv"),
        ),
    ),
    ("sulph", ((r"sulph", "sulf"),)),
    ("leuco", ((r"leuco(?=cyt|pen|plak|dyst|enc|der|ara|tom|trie|rrh|pher)", "leuko"),)),
    (
        "our",
        (
            (
                r"(tum|col|fav|lab|harb|neighb|rum|od|hon|vap|endeav|rig|vig|flav|hum|sav|ferv|arm)"
                r"our(?!ne)",
                r"\1or",
            ),
            (r"behaviour", "behavior"),
        ),
    ),
    ("re", ((r"(cent|lit|met|fib|tit|goit|calib|theat|spect|sept)re(?=s?$)", r"\1er"),)),
    ("centr", ((r"centred$", "centered"), (r"centring$", "centering"))),
    (
        "ll",
        (
            (
                r"(label|model|signal|counsel|travel|cancel|channel|tunnel|level|fuel|total|panel|dial"
                r"|marvel|equal|pencil|shovel|initial)l(?=ed$|ing$|er$|ers$|or$|ors$)",
                r"\1",
            ),
        ),
    ),
    (
        "ys",
        (
            (
                r"(anal|catal|paral|dial|hydrol|electrol|pyrol|autol)ys(?=e$|ed$|ing$|er$|ers$)",
                r"\1yz",
            ),
        ),
    ),
    ("isation", ((r"isation(?=s?$|al$|ally$)", "ization"),)),
)
_COMPILED = tuple(
    (letters, tuple((re.compile(pattern), replacement) for pattern, replacement in rules))
    for letters, rules in _RULES
)
_ISE_ENDS = ("ise", "ised", "ises", "ising", "iser", "isers", "isable", "isability")
# No rule changes a word that neither holds one of these nor ends in one of those.
_TELLING_ENDS = (
    *("re", "res", "red", "yse", "ysed", "ysing", "yser", "ysers", "isation", "isations", "isational"),
    *("isationally", *_ISE_ENDS),
)

# Verbs and nouns whose -ise is part of the root, American as well as British.
_ISE_ROOT = re.compile(
    r"(?:^|.*(?:adv|rev|compr|comprom|surpr|prom|prec|prem|exc|inc|conc|exerc|expert|otherw|wise|enterpr"
    r"|franch|improv|superv|telev|advert|circumc|desp|dev|disgu|dem|treat|merchand|chast|ar|parad|repr"
    r"|appr|chem|cer|val|ris|w|gu|an|marqu|[aou]))is(?:e|ed|es|ing|er|ers|able|ability)$"
)
_ISE = re.compile(r"^(.{3,})is(e|ed|es|ing|er|ers|able|ability)$")
_ISE_ANYWAY = re.compile(
    r"(?:organ|urban|human|mechan|immun|galvan|western|modern|polar|linear|scalar|vascular|familiar"
    r"|popular|singular|regular|particular|circular|summar|solar|granular|tubular|chemic|penal|final"
    r"|total|oval)is"
)


@lru_cache(maxsize=FEW_WORDS)
def fold_spelling(word: str) -> str:
    """Return the American spelling of a folded ``word``; other words come back as they are."""
    if word in _WHOLE:
        return _WHOLE[word]
    if word in _EXCEPT or not _may_change(word):
        return word
    for letters, rules in _COMPILED:
        if letters in word:
            for pattern, replacement in rules:
                word = pattern.sub(replacement, word)
    found = _ISE.match(word) if word.endswith(_ISE_ENDS) else None
    if found and (_ISE_ANYWAY.search(word) or not _ISE_ROOT.match(word)):
        return f"{found[1]}iz{found[2]}"
    return word


def _may_change(word: str) -> bool:
    return (
        "ae" in word
        or "oe" in word
        or "our" in word
        or "ll" in word
        or "cent" in word
        or "sulph" in word
        or "leuco" in word
        or word.endswith(_TELLING_ENDS)
    )


_NOT_BACK = word_set(
    """
    program programs check story tire learned practice practices disk disks angioedema cesarean spelled
    burned neuron neurons airplane tranquilizer tranquilizers cyclosporine
    """
)
_BRITISH_WHOLE: dict[str, str] = {
    american: british for british, american in _WHOLE.items() if american not in _NOT_BACK
} | {"cyclosporine": "ciclosporin", "angioedema": "angioedema", "size": "size", "prize": "prize"}
_BRITISH_RULES: tuple[tuple[str, str], ...] = (
    (r"^(.*?)hem(?=o[a-z]|at|angi|ophi|izzz)", r"\1haem"),
    (r"(?<=[a-z][a-z])(?<!acad)(?<!epid)(?<!syst)(?<!end)(?<!pand)(?<!^ch)(?<!boh)(?<!rac)(?<!pol)(?<!tot)"
     r"emi(?=a$|as$|c$|cs$)", "aemi"),
    (r"^((?:ortho)?)ped(?=iatr|ic)", r"\1paed"),
    (r"anesth", "anaesth"),
    (r"paresth", "paraesth"),
    (r"^cesar", "caesar"),
    (r"^etio", "aetio"),
    (r"gynec", "gynaec"),
    (r"^fec(?=al|es)", "faec"),
    (r"^cec(?=um|al)", "caec"),
    (r"^pheo(?=chrom)", "phaeo"),
    (r"^esoph", "oesoph"),
    (r"^estr(?=o|a|i)", "oestr"),
    (r"(?<!gio)edem(?=a)", "oedem"),
    (r"^fet(?=us|al|o)", "foet"),
    (r"rrhe(?=a|al|as)", "rrhoe"),
    (r"pne(?=a|as|ic)$", "pnoe"),
    (r"pnea", "pnoea"),
    (r"^celiac", "coeliac"),
    (r"^ameb", "amoeb"),
    (r"sulf", "sulph"),
    (r"tumor", "tumour"),
    (r"color(?!ect|ad)", "colour"),
    (r"behavior", "behaviour"),
    (r"^(cent|lit|fib|tit|millilit|millimet|centimet)er(?=s?$)", r"\1re"),
    (r"(analy|cataly|paraly|dialy|hydroly)z(?=e|ed|ing)", r"\1s"),
    (r"(?<=[a-z]{3})(?<!caps)iz(?=e$|ed$|es$|ing$|er$|ers$|ation)", "is"),
    (r"(label|model|signal|counsel)(?=ed$|ing$|or$|ors$)", r"\1l"),
)  # fmt: skip
_BRITISH = tuple((re.compile(pattern), replacement) for pattern, replacement in _BRITISH_RULES)


@lru_cache(maxsize=FEW_WORDS)
def british_spelling(word: str) -> str:
    """Return a British spelling of a folded American ``word``, for search; others as they are."""
    if word in _BRITISH_WHOLE:
        return _BRITISH_WHOLE[word]
    if word in _EXCEPT:
        return word
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word
