"""What reads like a person in danger now, and what no clinical library answers. Words only.

A red flag is looked for before anything else, and nothing is looked up beside the notice. A clinician's
question about such patients (how often, which regimen) is none.
"""

from __future__ import annotations

import re
from typing import Final

from osler.answer.red_flag_rules import ALARMS, ENOUGH_ALARMS, RULES

_WHO: Final = (
    r"(?:i|i'?m|i'?ve|we|he|she|they|someone|somebody|my (?!patients?\b)\w+(?: old)?|his|her"
    r"|(?:our |the )?(?:mum|mom|dad|gran|granny|grandad|grandma|grandpa|nan|wife|husband|boyfriend"
    r"|girlfriend|partner|mate|friend|son|daughter|sister|brother|neighbour)(?:'s)?"
    r"|(?:the |a |an )?(?:\d+ (?:week|month|day)s?[ -]old )?(?:baby|child|toddler|newborn)"
    r"|(?:a|the) (?:man|woman|lady))"
)
_PERSON: Final = re.compile(rf"\b{_WHO}\b|\bmy (?!patients?\b)|\bme\b")
_TABLETS: Final = r"(?:tablets?|pills?|capsules?|boxes|packets?|syringes?|bottles?|packs?|strips?)"
_MANY: Final = (
    r"(?:\d{2,3}|ten|twelve|fifteen|twenty|thirty|forty|fifty|dozens? of|handfuls? of|loads of)"
)
_NOT: Final = r"(?:can'?t|cannot|can not|won'?t|will not|unable to)"

_ONE_OF_US: Final = re.compile(
    rf"\b(?:{_WHO}|my (?!patients?\b)\w+|me|him|our|us|wife|husband|mum|mom|dad|son|daughter|toddler"
    r"|(?:little )?(?:boy|girl)|baby|(?:\d+ ?-?(?:yo|y/o|years?|weeks?|wks?|months?"
    r"|days?)[ -]?(?:old)?))\b"
    r"|\bago\b|\bright now\b"
)
_ASKS: Final = re.compile(
    r"^\W*(?:what|which|how|when|why|who|does|do|did|is|are|can|should|could|would|will)\b(?! (?:do"
    r"|should) (?:i|we)\b)"
    r"|[,.;:?-] ?(?:is|are|should|can|could|does|will|would|which|how|when|why)\b|\bwhy\W*$"
    r"|\b(?:should|can|could|may|would) (?:i|we|he|she|they) (?:take|have|use|stop|start|worry|get|give"
    r"|switch)\b"
    r"|\b(?:causes?|signs|symptoms|treatment|doses?|dosing|effects?|mechanism|diagnosis|differential"
    r"|management|role|choice) (?:of|for|in)\b|\bvs\b"
)
_PAST: Final = re.compile(
    r"\b(?:last (?:year|month|spring|summer|autumn|winter)|years? ago|months? ago|history of|in the past"
    r"|used to|as a child|had an? (?:\w+ )?(?:heart attack|stroke|seizure|fit)\b.{0,20}\b(?:in|last"
    r"|when))\b"
)
# What a lay person says of signs that a clinician words otherwise. One of them is enough where a person
# is spoken of, two where none is.
_SIGNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:hard|struggl\w+|trouble|difficult\w*|gasping|fighting|can'?t|cannot|unable)\b"
        r".{0,12}\b(?:breath\w*|(?:get|catch) (?:air|any air|(?:my|his|her) breath))",
        r"\b(?:lips?|tongue|throat|mouth)\b.{0,12}\b(?:swell\w*|swollen|clos\w+|tight)"
        r"|\bswollen (?:lips?|tongue|throat)\b|\bsevere allergic reaction\b",
        r"\bslur\w+\b|\bgibberish\b|\bmaking no sense\b|\b(?:can'?t|cannot) (?:speak|talk)\b"
        r"|\bsuddenly (?:can'?t|blind|deaf)\b"
        r"|\b(?:speech|words)\b.{0,12}\b(?:wrong|funny|jumbled)\b",
        r"\b(?:can'?t|cannot) (?:move|lift|feel) (?:my|his|her|one)\b|\bgone (?:weak|numb|limp)\b"
        r"|\bface\b.{0,12}\bdro(?:op|pp)\w*|\b(?:paralysed|paralyzed)\b",
        r"\b(?:going|gone|turned|turning|looks?|lips|fingers|face) (?:\w+ )?(?:grey|gray|blue)\b",
        r"\b(?:shaking|jerking|convulsing)\b.{0,20}\b(?:minutes?|won'?t stop|all over)\b",
        r"\b(?:baby|newborn)\b.{0,40}\b(?:drowsy|burning up|limp|grunting|blue|not feeding)\b"
        r"|\bpregnant\b.{0,20}\bbleeding\b",
        r"\b(?:passed|blacked) out\b|\bcollapsed\b|\bfloppy\b|\b(?:isn'?t|won'?t) (?:wak\w+|rous\w+)\b"
        r"|\b(?:not|isn'?t|won'?t) respond\w*\b(?! to (?!me\b|us\b|voices?\b|anyone\b))"
        r"|\blying on the floor\b|\bknocked out\b",
        r"\b(?:won'?t|can'?t) stop (?:the )?(?:bleeding|coming)\b"
        r"|\b(?:lots?|loads|so much|pool) (?:of )?blood\b"
        r"|\bbleeding (?:heavily|a lot|everywhere|badly)\b|\bspurting\b"
        r"|\bvomiting blood\b|\bblood everywhere\b",
        r"\b(?:my|his|her|the) chest (?:hurts?|aches?|is (?:\w+ )?(?:hurting|heavy|tight|burning))\b"
        r"|\b(?:pressure|weight) (?:on|in) (?:my|his|her) chest\b"
        r"|\bcrushing\b|\bpain in (?:my |his |her )?chest\b|\btight chest\b"
        r"|\b(?:worst|terrible|severe) (?:chest|head)\w*\b|\bchest (?:pain|tightness|pressure)\b",
        r"\bwaters? (?:have |has )?br(?:oke\w*|eak\w*)\b.{0,40}\b(?:blood|bleeding|\d+ weeks)\b",
    )
)
_CAUSES: Final = re.compile(
    r"\b(?:sting|stung|bitten|bite|battery|overdose|antifreeze|bleach|electric shock"
    r"|fell (?:off|from|down)|hit (?:my|his|her) head|car crash|run over)\b"
)
ENOUGH_SIGNS: Final = 2
A_TELLING: Final = 5  # words that a telling has at the least; fewer name a topic
_IN_GENERAL: Final = re.compile(
    r"^\W*(?:does|do|can|could|what|why|how|which|when|is|are)\b(?! (?:i|my|we)\b)"
)

_SELF_HARM: Final = re.compile(
    r"\b(?:kill|hurt|harm)(?:ing)? (?:myself|himself|herself|themselves)\b|\bwant(?:s)? to die\b"
    r"|\bend(?:ing)? (?:(?:my|his|her) (?:own )?life|it all)\b|\bcut(?:ting)? my wrists?\b"
    r"|\b(?:don'?t|do not|doesn'?t) want to (?:live|be alive|be here|go on)\b|\bno reason to live\b"
    r"|\bgoing to (?:jump|hang|shoot)\b|\b(?:plan|going|want) to take all my \w+\b"
    r"|\bhang(?:ing)? (?:myself|himself|herself)\b"
    r"|\bi(?:'?m| am| feel)\b.{0,20}\bsuicidal\b|\bsuicidal\b(?=.{0,20}\b(?:i|now|me)\b)"
)
_IN_DANGER: Final = re.compile(
    rf"\b{_WHO}\b.{{0,40}}\b(?:{_NOT} (?:breathe|swallow|wake|be woken)|"
    r"(?:not|isn'?t|stopped|hardly|barely) breathing|unconscious|unresponsive|collapsed|no pulse"
    r"|been (?:stabbed|shot|electrocuted|run over)|drowning|chest pain|turn(?:ing|ed) blue|gone blue"
    r"|bleeding heavily|won'?t stop bleeding"
    r"|(?:having|just had) an? (?:heart attack|stroke|seizure|fit)"
    r"|(?:seizing|fitting)|slurred speech|drooping face|face (?:is |has )?dro(?:op|pp)\w*|choking)\b"
    rf"|\b{_WHO}\b.{{0,30}}\b(?:lips?|tongue|throat|face)\b.{{0,12}}\b(?:swell\w*|swollen|clos\w+"
    r"|tight)\b"
    rf"|\b{_WHO}\b.{{0,50}}\bfloppy\b|\bworst headache of (?:my|his|her) life\b"
    rf"|\b{_NOT} wake (?:my|him|her)\b|\bblue lips\b.{{0,20}}\bbreathe\b"
    r"|\bthroat is (?:closing|swelling)\b|\bunresponsive\b.{0,20}\bno pulse\b"
    rf"|\b(?:bleeding|blood)\b.{{0,15}}\b{_NOT} stop\b(?=.*\b(?:my|his|her)\b)"
    r"|\bchest (?:pain|tightness)\b.{0,40}\b(?:down|into) (?:my|his|her)\b"
    r"|\b(?:coughing|vomiting|throwing|bringing) up (?:lots|loads|a lot|cups?|so much)\b.{0,12}\bblood\b"
    r"|\b(?:my|his|her) (?:arm|leg|face|side|speech)\b.{0,40}\b(?:weak|numb|paralysed|slurred)\b"
    r"(?=.{0,60}\b(?:since|sudden\w*|just|today|this morning|now|minutes|an hour)\b)"
)
_TAKEN: Final = re.compile(
    rf"(?:^|\b{_WHO}\b.{{0,15}})\b(?:took|taken|swallowed|drank|drunk|eaten|ate|injected)\b.{{0,30}}"
    r"\b(?:too (?:many|much)|whole (?:bottle|box|packet|pack)|an overdose|bleach|poison|antifreeze"
    rf"|petrol|weed ?killer|batter(?:y|ies)|magnets?|all (?:his|her|my|the) \w*\s?{_TABLETS}"
    rf"|{_MANY} (?:[\w'-]+ ){{0,5}}{_TABLETS})"
    rf"|\b{_WHO}\b(?: have| has| just)* overdosed\b"
)
_ABOUT_SUCH_PATIENTS: Final = re.compile(
    r"\b(?:how (?:common|often|frequent\w*|many)|incidence|prevalence|rates?|risk (?:of|factors?)"
    r"|evidence|trials?|guidelines?|regimens?|protocols?|management|work-?up|stud(?:y|ies)|sensitivity"
    r"|specificity|versus|vs|(?:first|second|third)-line|reversal|dosing|criteria|scores?|patients)\b"
)

_NOT_CLINICAL: Final = re.compile(
    r"\bweather\b.{0,12}\b(?:in|like|today|tomorrow|forecast|this)\b|\bwhat time is it\b|\btime zones?\b"
    r"|\bstock (?:prices?|markets?)\b|\bshare prices?\b|\bbitcoin\b|\bcrypto\w*currenc\w+\b"
    r"|\bexchange rate\b"
    r"|\blyrics\b|\bhoroscope\b|\blottery\b|\bcapital (?:city )?of\b|\bworld cup\b|\bpremier league\b"
    r"|\b(?:python|javascript|java|c\+\+|sql|excel) (?:code|script|program|function|formula|query)\b"
    r"|\b(?:write|tell|sing)(?: me)? an? (?:\w+ )?(?:poem|joke|song|story|essay|email|letter|tweet)\b"
    r"|\bnext (?:train|bus|flight|tram|ferry)\b|\bconvert \d"
    r"|\bhow (?:many|far)\b.*\b(?:miles|kilomet\w+)\b"
    r"|\brecipe for\b|\btranslate\b.{1,60}\b(?:in)?to \w+$|\brules of \w+\b|\bhow (?:tall|far) is the\b"
    r"|\bwho (?:won|wrote|invented|directed|painted|sang|composed)\b"
    r"|\bwho (?:is|was) the (?:president|prime minister|king|queen|pope|mayor|chancellor)\b"
    r"|\brecommend (?:me )?an? (?:\w+ )?(?:movie|film|restaurant|hotel|book|song|game|series)\b"
    r"|\bbest (?:movie|film|restaurant|hotel|phone|laptop|car|pizza|beach|pub)(?:e?s)?\b"
    r"|\brenew (?:my|a) (?:passport|visa|driving licen[cs]e|subscription|insurance)\b|\btax return\b"
    r"|\b(?:fix|repair|mend|sell|buy) (?:my|a) (?:car|bike|phone|laptop|computer|fridge|roof)(?:'?s)?\b"
    r"|\btrain (?:my|a) (?:dog|cat|puppy|parrot)\b"
    r"|^\W*(?:what(?:'?s| is) )?\d+ ?(?:times|plus|minus|divided by|[x*+]) ?\d+\W*$"
)


def reads_as_emergency(folded: str) -> bool:
    """Tell whether a folded question reads like a person in danger now."""
    if _SELF_HARM.search(folded):
        return True
    if _ABOUT_SUCH_PATIENTS.search(folded):
        return False
    if _IN_DANGER.search(folded) or _TAKEN.search(folded):
        return True
    if _IN_GENERAL.match(folded):
        return False
    if _tells_of_now(folded) and any(all(sign.search(folded) for sign in signs) for _, signs in RULES):
        return True
    if _ONE_OF_US.search(folded) and _tells(folded) and _alarm(folded) >= ENOUGH_ALARMS:
        return True
    signs = sum(1 for sign in _SIGNS if sign.search(folded))
    if signs and _PERSON.search(folded):
        return True
    return signs + bool(_CAUSES.search(folded)) >= ENOUGH_SIGNS


def tells_of_someone(folded: str) -> bool:
    """Tell whether a folded text tells of somebody as they are now and asks nothing.

    No list of dangers is complete; such a text is answered with whom to call, whatever it tells.
    """
    return len(folded.split()) >= A_TELLING and _tells(folded)


def _tells(folded: str) -> bool:
    return _ASKS.search(folded) is None and _PAST.search(folded) is None


def _tells_of_now(folded: str) -> bool:
    """Tell whether a person is spoken of, or nothing is asked at all, and what is told is not past."""
    if _PAST.search(folded):
        return False
    return _ONE_OF_US.search(folded) is not None or _ASKS.search(folded) is None


def _alarm(folded: str) -> int:
    """Return what the words of alarm in a folded text come to, each counted once."""
    return sum(weight * len(set(found.findall(folded))) for weight, found in ALARMS)


def is_not_clinical(folded: str) -> bool:
    """Tell whether a folded question asks for something that no clinical library answers."""
    return _NOT_CLINICAL.search(folded) is not None
