"""Words that say what is asked. Data only, no functions."""

from __future__ import annotations

import re
from typing import Final

from osler.model.question import Facet, QuestionKind
from osler.text.lists import word_set

MODIFIER_VARIANTS: Final[dict[str, tuple[str, ...]]] = {
    "newborn": ("neonate", "neonatal", "newborn", "preterm"),
    "child": ("child", "children", "pediatric", "infant", "adolescent"),
    "adult": ("adult", "adults"),
    "pregnancy": ("pregnancy", "pregnant", "breastfeeding", "lactation"),
    "renal impairment": (
        "renal impairment",
        "renal failure",
        "renal insufficiency",
        "renal function",
        "renal disease",
        "kidney disease",
        "kidney failure",
        "kidney",
        "dialysis",
        "hemodialysis",
        "haemodialysis",
        "hemofiltration",
        "renal replacement",
        "crrt",
        "creatinine clearance",
        "clearance of creatinine",
        "crcl",
        "egfr",
    ),
    "hepatic impairment": (
        "hepatic impairment",
        "hepatic failure",
        "liver disease",
        "liver failure",
        "cirrhosis",
    ),
    "old age": ("elderly", "older adults", "older people", "older patients", "geriatric"),
}
"""Words by which evidence names the same modifier."""

MODIFIERS: Final[dict[str, re.Pattern[str]]] = {
    "newborn": re.compile(r"\b(neonat\w+|newborns?|preterms?)\b"),
    "child": re.compile(
        r"\b(child|children|kids?|infants?|p(?:a)?ediatric|adolescents?|boys?|girls?)\b"
        r"|\b(?:\d|1[0-7])[- ]?(?:years?|yrs?|y|months?|weeks?)[- /]?(?:old|o)\b"
    ),
    "adult": re.compile(
        r"\badults?\b(?!-onset)|\b(?:1[89]|[2-9]\d)[- ]?(?:years?|yrs?|y)[- /]?(?:old|o)\b"
    ),
    "pregnancy": re.compile(r"\b(pregnan\w+|gestation\w*|breast-?feeding|lactating|lactation)\b"),
    "renal impairment": re.compile(
        r"\b(renal (?:impairment|failure|insufficiency|replacement)|kidney (?:disease|failure|injury)"
        r"|(?:ha?emo)?dialysis|ha?emofiltration|crrt|cvvhd?f?|ckd|aki|crcl|clcr|e?gfr"
        r"|creatinine clearance)\b"
    ),
    "hepatic impairment": re.compile(
        r"\b(hepatic (?:impairment|failure)|liver (?:disease|failure)|cirrhosis)\b"
    ),
    "old age": re.compile(r"\b(elderly|older (?:adults?|people|patients?)|geriatric|frail\w*)\b"),
}

KIND_CUES: Final[tuple[tuple[QuestionKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            QuestionKind.MECHANISM,
            r"\bmechanisms?\b|\bpathogen(?:esis|ic)\b|\bpathophysiolog\w+\b|\broles? of\b|\bdrives?\b"
            r"|\bmodes? of action\b|\bmoa\b|\bhow (?:does|do|is"
            r"|would)\b.{0,60}\b(?:work|act|block|"
            r"inhibit)s?\b|\bwhat does .{0,40}\b(?:block|inhibit|target|bind)\b|\bpharmacodynamics?\b"
            r"|\bwhy (?:does|would|might) .{0,50}\bwork\b|\btargets? of\b",
        ),
        (
            QuestionKind.KINETICS,
            r"\bhalf[- ]li(?:fe|ves)\b|\bpharmacokinetics?\b|\bbioavailability\b"
            r"|\bvolume of distribution\b|\b(?:cmax|tmax|auc)\b|\bclearance of\b"
            r"|\bcleared\b"
            r"|\belimination\b|\bmetaboli[sz]ed\b|\bexcreted\b|\bpeak (?:level|concentration)\b",
        ),
        (
            QuestionKind.DOSE,
            r"\bdos(?:e|es|age|ages|ing)\b|\bhow much\b|\bregimens?\b|\bmg(?:/kg)?\b|\bposology\b"
            r"|\bhow (?:is|should) "
            r".{0,40}\bdosed\b|\bhow long (?:is|are|should|do you|to) .{0,40}\b(?:given|give|continued"
            r"|continue|taken|used)\b|\bloading\b|\bhow often (?:is|should|to|do(?! (?:people|patients"
            r"|those"
            r"|children|adults|they))|can|must)\b",
        ),
        (
            QuestionKind.ROUTE,
            r"\broutes?\b|\bgiven (?:intraven\w+|subcutan\w+|oral\w*|by mouth)\b|\bhow (?:is"
            r"|should)\b(?= .{0,40}\b(?:given|administered)\b)|\bby mouth\b"
            r"|\b(?:iv|intravenous\w*) or (?:sc|subcutaneous\w*|oral\w*)\b"
            r"|\b(?:give|given) (?:[\w-]+ ){1,3}(?:iv|sc|im|intravenously|subcutaneously|orally)\b"
            r"|\b(?:sc|subcutaneous\w*) or (?:iv|intravenous\w*|oral\w*)\b",
        ),
        (
            QuestionKind.LICENCE,
            r"\boff[- ]?label\b|\blicen[cs]ed?\b|\boff[- ]licen[cs]e\b|\bapproved?\b"
            r"|\bindications? (?:of|for)\b",
        ),
        (
            QuestionKind.CONTRAINDICATION,
            r"\bcontra-?indicat\w*\b|\bavoid(?:ed)? in\b|\bwho (?:should|must|can|may) ?(?:not|never"
            r"|n't)\b"
            r"|\bwho (?:can't|cannot|shouldn't|should avoid|must avoid)\b|\bprecautions?\b",
        ),
        (
            QuestionKind.INTERACTION,
            r"\binteract(?:s|ions?)?\b|\bcombin(?:e|ed|ing)\b(?= .{0,30}\bwith\b)|\btogether\b"
            r"|\b(?:given?|taken?|used?)\b(?= (?:[\w-]+ ){0,2}?(?:along |together )?with\b)",
        ),
        (
            QuestionKind.HARMS,
            r"\bside[- ]effects?\b|\badverse\b|\bsafe(?:ty)?\b|\btoxicit\w+\b|\bharms?\b"
            r"|\brisks? of (?:taking|using)\b|\b(?:increases?|raises?) the risk of\b"
            r"|\btolera\w+\b|\bcomplications? of\b|\bdanger(?:s|ous)?\b",
        ),
        (
            QuestionKind.DIAGNOSIS,
            r"\bdiagnos\w+\b|\bclassif\w+\b|\bcriteria\b|\bcriterion\b|\bwork-?up\b|\bhow (?:is"
            r"|to) .{0,40}\bdetect\w*\b"
            r"|\bcut-?offs?\b|\bthresholds?\b|\blevels?\b|\bhow (?:high|low)\b|\bsensitivity\b"
            r"|\bspecificity\b|\bscreen(?:ed|ing) for\b|\bh-?score\b|\bddx\b|\bw/u\b|\bis this\b",
        ),
        (
            QuestionKind.MONITORING,
            r"\bmonitor\w*\b|\bfollow-up tests?\b|\bwhich (?:blood )?(?:tests|labs|laborator\w+)\b"
            r"|\bblood tests?\b(?=.{0,40}\b(?:on|before|during|while|for)\b)"
            r"|\b(?:blood )?(?:counts?|tests?)\b.{0,25}\bcheck\w*\b"
            r"|\bcheck(?:ed|s|ing)?\b(?=.{0,20}\b(?:before|during|while|when|on)\b)",
        ),
        (
            QuestionKind.PROGNOSIS,
            r"\bprognos\w+\b|\bsurviv\w+\b|\bmortality\b|\blife expectancy\b|\boutcomes? of\b"
            r"|\brelapse\w*\b"
            r"|\brecurrence\b|\b(?:come|comes|coming|came) back\b|\bdie\b|\bdeath rate\b|\bfatality\b",
        ),
        (
            QuestionKind.COMPARISON,
            r"\bversus\b|\bvs\.?\b|\bcompared? (?:with|to)\b|\bbetter than\b|\bsuperior\b"
            r"|\binferior\b|\bdifference "
            r"between\b|\balternatives?\b",
        ),
        (
            QuestionKind.EFFECT,
            r"^(?:does|do|did|can|could|will|would|is|are)\b.{0,80}\b(?:works?|help|helps|effective|"
            r"useful)\b|\bhow (?:quickly|fast|soon|well|long) (?:does|do|did|will|before|until"
            r"|till)\b.{0,40}"
            r"\bworks?\b|\b(?:would|will|does|do|can|could|might) (?:[\w-]+ ){1,3}helps?\b"
            r"|\beffects? of\b|\beffective(?:ness)?\b|\befficac\w+\b|\bresponse rates?\b"
            r"|^(?:does|do|did|can|could|will|would|is|are|has|have)\b.*\b(?:improv|reduc|increas"
            r"|decreas|"
            r"affect|prevent|benefit|influenc|help|lower|enhanc|impair|protect|caus|lead)\w*\b",
        ),
        (
            QuestionKind.ASSOCIATION,
            r"\bassociat\w+\b|\brisk factors?\b|\bpredict\w*\b|\bcorrelat\w+\b|\brelated to\b"
            r"|\blinked\b|\brelationship\b",
        ),
        (
            QuestionKind.TREATMENT,
            r"\btreat(?:s|ed|ing|ments?)?\b|\btherap\w+\b|\bmanage(?:d|ment)?\b"
            r"|\b(?:first|1st)[- ]line\b|\brecommend\w*\b|\bguidelines?\b|\bguidance\b"
            r"|\bshould (?:i|we) (?:use|give|add|start|try)\b|\bused? (?:for|in)\b|\bwhen (?:should"
            r"|to) (?:start"
            r"|use|give)\b|\bshould (?:he|she|they|[\w-]+ patients?|my patient) (?:get|have|receive"
            r"|take|be given"
            r"|be (?:put|started) on)\b|\b(?:does|do|did) (?:he|she|they|i|we|my patient) need\b"
            r"|\b(?:best|preferred) (?:drugs?|options?|choices?|agents?|approach)\b|\b(?:drug"
            r"|treatment) of choice\b"
            r"|\bnext (?:step|line|option)s?\b|\bwhat next\b",
        ),
        (
            QuestionKind.DEFINITION,
            r"^(?:(?:so|and|but|no|ok|okay|oh|well|hi),? )*"
            r"(?:what(?:[’']?s| is| are)|define|what does .{1,40} (?:mean|stand for))\b",
        ),
    )
)

MAY_BE_GIVEN: Final = re.compile(
    r"\b(?:can|could|may|ok(?:ay)?|all ?right|allowed)\b (?:[\w-]+ ){0,5}?"
    r"(?:give(?! rise)n?|taken?|prescribed?|start(?:ed)?|continued?) (?:[\w-]+ ){0,3}?"
    r"(?:to(?! (?:treat|help|prevent))|in|if|while|during|when|despite)\b"
    r"(?!.*\b(?:dialysis|renal|kidney|crrt|ckd|e?gfr|crcl|hepatic|liver)\b)"
)
"""Asks whether something may be given to somebody: a contraindication where nothing else tells the kind.

Where organs fail it is the dose that is asked.
"""

WANTED_FACETS: Final[dict[QuestionKind, tuple[Facet, ...]]] = {
    QuestionKind.MECHANISM: (Facet.MECHANISM,),
    QuestionKind.KINETICS: (Facet.KINETICS,),
    QuestionKind.DOSE: (Facet.DOSE, Facet.ADMINISTRATION),
    QuestionKind.ROUTE: (Facet.ADMINISTRATION, Facet.DOSE),
    QuestionKind.DEFINITION: (Facet.DEFINITION,),
    QuestionKind.LICENCE: (Facet.LICENCE,),
    QuestionKind.CONTRAINDICATION: (Facet.SAFETY,),
    QuestionKind.INTERACTION: (Facet.SAFETY,),
    QuestionKind.HARMS: (Facet.SAFETY,),
    QuestionKind.DIAGNOSIS: (Facet.DIAGNOSIS,),
    QuestionKind.MONITORING: (Facet.MONITORING,),
    QuestionKind.PROGNOSIS: (Facet.SURVIVAL, Facet.RELAPSE),
    QuestionKind.TREATMENT: (Facet.RECOMMENDATION, Facet.EFFICACY, Facet.ADMINISTRATION),
    QuestionKind.EFFECT: (Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE),
    QuestionKind.COMPARISON: (Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE, Facet.RECOMMENDATION),
}
"""Facets that answer a question about a drug. A kind that is missing here is answered by relevance."""

SEARCH_WORDS: Final[dict[Facet, tuple[str, ...]]] = {
    Facet.MECHANISM: ("receptor", "antagonist", "inhibits", "blocks", "binds", "competes", "mechanism"),
    Facet.KINETICS: ("half-life", "clearance", "bioavailability", "pharmacokinetics", "elimination"),
    Facet.DOSE: ("dose", "mg/kg", "mg", "daily", "dosing"),
    Facet.ADMINISTRATION: ("intravenous", "subcutaneous", "route", "infusion"),
    Facet.EFFICACY: ("effective", "response", "efficacy", "improved", "remission"),
    Facet.SURVIVAL: ("survival", "mortality", "died", "death"),
    Facet.RELAPSE: ("relapse", "recurrence", "flare"),
    Facet.SAFETY: ("adverse", "safety", "infection", "contraindicated", "toxicity"),
    Facet.DIAGNOSIS: ("criteria", "diagnosis", "sensitivity", "specificity", "ferritin"),
    Facet.MONITORING: ("monitoring", "count", "measured", "before", "monthly"),
    Facet.RECOMMENDATION: ("recommend", "guideline", "should", "suggested"),
    Facet.LICENCE: ("indicated", "licensed", "off-label", "approved", "indications", "off-licence"),
    Facet.DEFINITION: ("defined", "characterized", "syndrome", "is"),
}
"""Words that a passage on a facet is likely to hold; they help the search and decide nothing."""

GENERIC_WORDS: Final = word_set(
    "mechanism mechanisms action actions mode act acts work works block blocks inhibit inhibits explain"
    " describe tell give list summarize summary role use used uses using dose doses dosage dosing"
    " regimen recommend recommends recommended recommendation recommendations patient patients"
    " people treat treated treating"
    " treatment treatments therapy therapies management manage effect effects effective effectiveness"
    " efficacy evidence study studies research clinical best current first-line option options question"
    " answer information please know about does drug drugs medication medicine exactly exact"
    " pharmacological pharmacology molecular moa context setting case cases side adverse event"
    " events harm"
    " harms safety safe risk risks survival mortality outcome outcomes prognosis diagnosis diagnose"
    " diagnosed diagnostic criteria half-life pharmacokinetics much often way target targets main key"
    " drive drives works biological underlying through means versus vs compared comparison better"
    " difference"
    " cause causes lead leads increase increases decrease decreases reduce reduces prevent prevents"
    " improve improves affect affects without help helps suggest suggests indicate indicates say says"
    " guideline guidelines guidance response rate rates level levels high low value values threshold"
    " starting needed proportion percentage chance chances plain simple terms words"
    " monitored monitoring route routes given administered year years old aged month months"
    " contraindicated"
    " contraindication contraindications prognostic relapse relapses recurrence licensed license licence"
    " approved label off-label cure cures cured curing alternative alternatives"
)
"""Words that say what kind of thing is asked; once the kind is known they are no search terms."""

NO_TERMS: Final = re.compile(
    r"\b(?:first|second|third|1st|2nd|3rd)[- ]line\b|\bhow (?:long|quickly|fast|soon|often|much|well)\b"
    r"|\b\d{1,3}[- ]?(?:years?|yrs?|y|months?|weeks?|days?)[- /]?(?:old|of age|o)\b"
    r"(?: (?:man|woman|boy|girl|male|female|patient|lady|gentleman))?",
    re.IGNORECASE,
)
"""Say which treatment or measure is asked for, or who the patient is; elsewhere such words may name a
thing (long QT)."""
ASKED_WITHOUT_A_SPACE: Final = word_set("whats hows whos wheres")
"""What a question begins with where its apostrophe was left out: no term of it."""

TALK: Final = word_set(
    "actually again ago already alright am any anybody anyone anything anyway app assuming cant come"
    " comes coming contacted couldn't didn't doesn't doing don't dont else enough even ever every"
    " everyone example get gets getting give gives go goes going gone gonna good got guess hadn't hasn't"
    " haven't he's hello here hey hi hmm hope hows i'd i'll i'm i've idea im isn't isnt it's ive keep"
    " keeps kind know let lot lots make makes making maybe mean means need needs now oh ok okay please"
    " point put puts quick quite rather really say says shouldn't someone something sort still stuff"
    " supposed sure take takes tell tells thanks that's there's they're theyre thing things think though"
    " thoughts today tried try trying um using verify wanna want wants wasn't wasnt way we're we've"
    " weren't what's whats won't wondering worth wouldn't yet you're youre"
    " kg kgs mg mcg mgs microgram micrograms milligram milligrams ml daily once bd bid tds tid qds qid"
    " aunt boyfriend brother dad daughter father friend girlfriend granddad granddaughter grandma"
    " grandson husband mom mother mum nephew niece partner sister son uncle wife"
)
"""Words of talk: in a typed question they stand around what is asked and say nothing of it.

So do the units and the frequency of what somebody weighs or is given: no evidence need name them.
"""

ANY_DISEASE: Final = word_set(
    "disease diseases disorder disorders illness illnesses condition conditions syndrome syndromes rare"
    " common genetic inherited chronic acute human"
)
"""Words that together name no disease in particular: "which rare disease"."""

FORMS_OF_DISEASE: Final = word_set(
    "primary secondary familial hereditary inherited sporadic acute subacute chronic active inactive"
    " mild moderate severe refractory relapsed relapsing recurrent resistant suspected confirmed"
    " advanced early late new newly diagnosed untreated unresponsive rising worsening persistent"
)
"""Words that tell one form or stage of a disease from another, and no second thing to be answered."""

LATIN_SECOND: Final = word_set(
    "media externa interna insipidus mellitus ulcerosa obliterans nodosa herpetiformis mutilans nervosa"
    " acuta chronica deformans fibrosa multiplex"
)
"""Latin adjectives behind the noun that names the disease: otitis media."""

NEEDS_A_QUALIFIER: Final = word_set(
    "vitamin hepatitis type protein factor influenza haemophilia hemophilia stage grade phase"
    " group class"
)
"""Words that mean different things by the letter or number behind them."""

NEGATIONS: Final = word_set("not no nor never without")
"""Words that turn a question round and name nothing."""

VAGUE_WORDS: Final = word_set(
    "help advice health healthy sick ill unwell problem problems symptom symptoms medical doctor"
    " hospital"
    " anything something thing things stuff bad good worse pain hurt hurts feel feeling treatment"
    " medicine medication drug drugs dose it this that should do need want hello hi hey test testing"
    " question answer cure stop start take medicines pill pills tablet tablets"
)

ATTRIBUTES: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bhalf-? ?li(?:fe|ves)\b",
        r"\bclearance\b|\bcleared\b",
        r"\bbioavailab\w+\b",
        r"\brelaps\w+\b|\brecurr\w+\b|\bcame back\b|\breturn of\b|\breactivat\w+\b|\bflares?\b",
        r"\bcontra-?indicat\w+\b|\bshould not be (?:given|started|used)\b|\breason not to\b"
        r"|\bshould avoid\b",
        r"\bsensitivity\b",
        r"\bspecificity\b",
        r"\broutes?\b|\bintraven\w+\b|\bsubcutan\w+\b|\biv\b|\bsc\b",
        r"\bmortality\b|\bdied\b|\bdeaths?\b|\bsurviv\w+\b",
        r"\bresponse rates?\b|\brespon(?:ded|se|ders?)\b",
        r"\binfections?\b",
        r"\bhow (?:quickly|fast|soon|long)\b.{0,40}\bworks?\b|\bonset of action\b|\btime to\b"
        r"|\bwithin (?:an?|\d+(?:-\d+)?|one|two|three|four|a few) ?(?:hours?|days?|weeks?|months?)\b"
        r"|\bwithin (?:hours|days|weeks|months)\b",
    )
)
"""Properties that a question may ask for by name; an answer that names the same one comes first."""

FAILED: Final = re.compile(
    r"\b(?:unresponsive|refractory|resistant) to\s+$|\bnot respond(?:ing|ed)? to\s+$"
    r"|\b(?:no|poor|inadequate|insufficient) response to\s+$|\bfail(?:s|ed|ing|ure of)?\s+$"
)
"""Stands before a drug that has been tried in vain: what else there is, is asked."""

NOT_WANTED: Final = re.compile(
    r"\b(?:other than|alternatives? to|instead of|apart from|except(?: for)?|besides)\s+$"
)
"""Stands before a drug that is not wanted."""
