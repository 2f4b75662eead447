"""What a person tells of when help is needed at once: signs that are one only together. Data only.

Each rule is a danger and the things that must all be told of. A sign alone (a fever, a fall, a headache)
is none of them; a rule is read only where a question speaks of a person and not of patients.
"""

from __future__ import annotations

import re
from typing import Final

_NOT: Final = (
    r"(?:not|isn'?t|wo n'?t|won'?t|wont|can'?t|cant|cannot|can not|unable to|doesn'?t|doesnt|stopped)"
)
_SWALLOWED: Final = r"swallow(?:ed|s)?|drank|drunk|ate|eaten|gulped|inhaled|breathed in|chok(?:ed|ing)"
_FEVER: Final = (
    r"fever\w*|(?:temp\w*|temperature)\b.{0,12}\b(?:3[89]|4[0-2]|10[0-5])|\b(?:3[89]|4[0-2])[.,]\d"
    r"|burning up|shiver\w*|rigors?"
)
_BREATH: Final = r"wheez\w+|breath\w*|gasp\w*|gone blue|turning blue|stridor"
_DULL: Final = (
    r"drows\w+|confus\w+|sleepy|vomit\w*|being sick|throwing up|unconscious|passed out|unresponsive"
    rf"|{_NOT} (?:wak\w+|be woken|respond\w*)|seizure|fitting|slurr\w+|worse headache"
)
_FAINT: Final = r"faint\w*|pass(?:ed|ing)? out|dizz\w+|light-?headed|collapse\w*|black(?:ed)? out"
_HARD: Final = r"severe|terrible|awful|unbearable|agony|excruciating|worst|bad|sudden\w*|very painful"

RULES: Final[tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]] = tuple(
    (danger, tuple(re.compile(rf"\b(?:{pattern})") for pattern in patterns))
    for danger, patterns in (
        ("meningitis", (_FEVER, rf"rash\b.*\b{_NOT} fad\w+|glass\b|purple spots|blotchy|stiff neck")),
        ("meningitis", (r"stiff neck", r"headache|light hurts|rash|confus\w+")),
        (
            "ill infant",
            (
                r"bab(?:y|ies)|newborn|infant|\d+ ?-?(?:week|wk|day|month)s?[ -]old",
                rf"{_FEVER}|floppy|limp|blue|grey|grunting",
                rf"{_NOT} (?:feed\w*|drink\w*|wak\w+|pee\w*|cry\w*)|off (?:his|her|the) (?:feeds?|milk)"
                r"|\d+ ?-?(?:week|wk|day)s?[ -]old|newborn|floppy|limp|drowsy|grunting",
            ),
        ),
        (
            "head injury",
            (
                r"(?:hit|hits|bang\w*|bump\w*|knock\w*|crack\w*) (?:my|his|her|the) head|head injur\w+",
                _DULL,
            ),
        ),
        (
            "injured neck",
            (
                r"fell|fall|accident|crash\w*|dive[ds]?|dove|thrown|trampoline",
                r"neck|spine|back",
                r"numb\w*|tingl\w+|weak\w*|(?:can'?t|cannot) (?:feel|move)",
            ),
        ),
        (
            "pre-eclampsia",
            (
                r"pregnan\w+|\d+ weeks (?:gone|along)|gave birth|just had (?:a|the|my) baby",
                r"headache|pain under|upper (?:tummy|belly|abdom\w+)",
                r"flash\w+|vision|blurr\w+|seeing|spots|swollen (?:hands|face|feet)|swelling",
            ),
        ),
        (
            "bleeding in pregnancy or after birth",
            (
                r"pregnan\w+|gave birth|had (?:a|the|my) baby|postpartum|miscarr\w+|c-section",
                r"soak\w+|pads? (?:every|an hour)|bleed\w+ (?:a lot|heavily|badly|through)|clots?"
                r"|gush\w+|heavy bleeding",
            ),
        ),
        (
            "ectopic pregnancy",
            (
                r"pregnan\w+|missed (?:my |a )?period|positive test",
                rf"(?:{_HARD})\b.{{0,20}}\b(?:tummy|belly|stomach|abdom\w+|pelvi\w+|side)",
                rf"shoulder|one side|bleed\w*|{_FAINT}",
            ),
        ),
        (
            "unborn child",
            (r"pregnan\w+|\d+ weeks", rf"baby\b.{{0,20}}\b{_NOT} (?:moved|moving|move)|no movements"),
        ),
        ("birth", (r"(?:baby|head) is coming|cord (?:is|has) (?:hanging|come|coming)|crowning", r".")),
        (
            "infection without defences",
            (
                r"chemo\w*|neutropeni\w*|transplant\w*|no spleen|stem cells?|my immune system",
                _FEVER,
            ),
        ),
        (
            "sepsis",
            (
                rf"{_FEVER}|infect\w+",
                r"confus\w+|mottled|blotchy|slurr\w+|(?:not|haven'?t|hasn'?t) (?:peed|passed urine)"
                r"|breathing (?:very |really |so )?fast|cold hands",
            ),
        ),
        (
            "loss of sight",
            (
                r"sudden\w*|curtain|all at once|this morning|just now|minutes ago|hours? ago",
                r"(?:loss of|lost|losing) (?:the )?(?:my |his |her )?(?:vision|sight)"
                r"|(?:can'?t|cannot) see|gone blind|went blind|curtain",
            ),
        ),
        (
            "pressed nerves of the spine",
            (
                r"back|spine|sciatica|legs?",
                r"(?:numb\w*|can'?t feel|cannot feel|no feeling)\b.{0,30}\b(?:between (?:my|his"
                r"|her) legs"
                r"|bottom|bum|groin|saddle|genitals|down there)|wet (?:my|him|her)self|soiled"
                r"|(?:can'?t|cannot|unable to) (?:pee|wee|urinate|pass urine|control)"
                r"|lost control of",
            ),
        ),
        (
            "twisted testicle",
            (r"testic\w+|ball\b|balls\b|scrotum", r"pain\w*|hurt\w*|agony|swollen", _HARD),
        ),
        (
            "heart attack",
            (
                r"chest|jaw and arm",
                r"elephant|crush\w+|squeez\w+|tight\w*|heav\w+|pressure|band|pain\w*|hurt\w*|ache\w*",
                rf"sweat\w*|clammy|arm|jaw|sick|short of breath|{_BREATH}|{_FAINT}|grey|elephant"
                r"|crush\w+",
            ),
        ),
        ("torn aorta", (r"tearing|ripping", r"chest|back|between (?:my|his|her) shoulder\w*")),
        (
            "clot",
            (r"(?:calf|leg)\b.{0,25}\b(?:swollen|swelling|swelled)|long flight", rf"{_BREATH}|chest"),
        ),
        (
            "blocked artery",
            (
                r"leg|foot|arm|hand",
                r"cold|white|pale",
                r"sudden\w*|numb|(?:can'?t|cannot) (?:feel|move)",
            ),
        ),
        (
            "bleeding inside",
            (
                r"(?:black|tarry|bloody|maroon)\b.{0,12}\b(?:poo\w*|stools?|poop)|blood in (?:my|his"
                r"|her) (?:poo|vomit)"
                r"|coffee grounds?|vomit\w* blood",
                rf"{_FAINT}|weak|pale|lots|racing",
            ),
        ),
        (
            "bleeding",
            (
                r"cough\w+ up|vomit\w+|throwing up|bringing up",
                r"(?:a lot of|lots of|loads of|cupfuls? of|bright|so much) blood",
            ),
        ),
        (
            "poison",
            (
                _SWALLOWED,
                r"batter(?:y|ies)|magnets?|cleaner|bleach|detergent|(?:washing|laundry"
                r"|dishwasher) (?:pod|tablet|capsule|liquid)s?"
                r"|antifreeze|weed ?killer|petrol|paraffin|white spirit|drain|descaler|ammonia"
                r"|rat poison"
                r"|slug pellets|pesticide|wild mushrooms?|berries|e-?liquid|vape liquid|(?:my|his|her"
                r"|granny'?s|nan'?s) (?:tablets|pills|medicines?)",
            ),
        ),
        (
            "overdose",
            (
                r"took|taken|swallowed|had",
                r"\d{2,3} (?:\w+ )?(?:paracetamol|tylenol|ibuprofen|aspirin|tablets?|pills?|capsules?)"
                r"|a load of|loads of|handfuls?|whole (?:box|packet|bottle|pack)|all (?:of )?(?:my|his"
                r"|her|the) (?:tablets|pills|meds?)"
                r"|too (?:much|many)",
                rf"ago|just|now|tonight|at once|{_NOT} (?:wak\w+|wake)|unconscious|drows\w+|tablets?"
                r"|pills?|paracetamol",
            ),
        ),
        (
            "thing in the airway",
            (
                rf"{_SWALLOWED}",
                r"peanut|nut|grape|coin|toy|bead|food|sweet|marble|lego|bone",
                rf"{_BREATH}|blue|drool\w+|(?:can'?t|cannot|keeps?) (?:talk|speak|cough\w*)",
            ),
        ),
        (
            "closing throat",
            (
                r"drool\w*|(?:can'?t|cannot) swallow|muffled",
                rf"{_BREATH}|leaning forward|swollen|swelling|stridor",
            ),
        ),
        (
            "anaphylaxis",
            (
                r"sting|stung|stings|bee|wasp|peanuts?|nuts?|shellfish|prawns?|allerg\w+|penicillin"
                r"|antibiotic|new (?:\w+ ){0,3}(?:tablet|medicine|pill)"
                r"|ate|eaten|eating|injection|epi-?pen",
                r"(?:lips?|tongue|throat|face|mouth)\b.{{0,15}}\b(?:swell\w*|swollen|tingl\w+|clos\w+"
                r"|tight\w*|itch\w*)"
                rf"|hard to (?:swallow|breathe)|(?:can'?t|cannot) (?:breathe|swallow)|{_FAINT}",
            ),
        ),
        ("adrenaline given", (r"(?:used|gave|given|injected)\b.{0,15}\bepi-?pen", r".")),
        ("bite", (r"snake|adder|viper|rattlesnake|black widow", r"bit|bitten|bite")),
        (
            "sugar",
            (
                r"sugars?|glucose|bm|diabetic|type 1|insulin",
                r"2[0-9](?:\.\d)?\b|3\d\b|[4-6]\d\d\b|high|hi\b|low|hypo|[12]\.\d\b|diabetic|insulin",
                rf"vomit\w*|breathing (?:\w+ )?fast|drows\w+|confus\w+|sweat\w*|{_NOT} (?:wak\w+|wake)"
                r"|fruity|unconscious|shaking",
                rf"{_NOT} wake|confus\w+|vomit\w*|breathing|drows\w+|unconscious",
            ),
        ),
        (
            "racing heart",
            (
                r"heart|pulse",
                r"1[6-9]\d|2\d\d|racing|pounding|flutter\w+|stopp\w+",
                rf"{_FAINT}|chest pain|{_BREATH}",
            ),
        ),
        (
            "gas",
            (
                r"carbon monoxide|gas leak|smell(?:s|ing)? gas|co alarm",
                r"alarm|headaches?|dizz\w+|sick|smell\w*|leak",
            ),
        ),
        (
            "fit",
            (
                r"fitting|seizure|convuls\w+|fit\b",
                r"\d+ min\w*|(?:five|ten|fifteen|twenty) min\w*|now|won'?t stop|still|first time"
                r"|pregnan\w+",
            ),
        ),
        (
            "burn",
            (
                r"burn(?:t|ed|s)?|scald(?:ed|s)?",
                r"face|bab(?:y|ies)|toddler|chemical|acid|whole|electric\w*|boiling",
                r"skin|blister\w*|all over|hand|chest|face|legs?|arms?|peeling",
            ),
        ),
        (
            "electric shock",
            (r"electrocut\w+|electric shock", rf"{_DULL}|burn\w*|chest|collapsed|{_NOT} respond\w*"),
        ),
        (
            "stroke",
            (
                r"face|mouth|arm|leg|side|speech|words",
                r"droop\w*|dropp\w+|weak|numb|wrong|slurr\w+|jumbled|funny",
                r"words|speech|arm|face|sudden\w*|one side|talk\w*|since",
            ),
        ),
        (
            "thoughts of suicide",
            (
                r"better off without me|better off dead|end (?:things|it|my life|everything)\b"
                r"|kill myself"
                r"|(?:can'?t|cannot) go on|no point (?:in )?(?:living|going on|being here)"
                r"|not be here any ?more"
                r"|don'?t want to wake up|(?:thinking|thoughts) (?:of|about) suicide|wish i (?:was"
                r"|were) dead",
                r"i|i'm|i've|me|my",
            ),
        ),
        (
            "harm to others",
            (
                r"voices? (?:\w+ ){0,3}tell\w*|want to|going to|urge to|might",
                r"(?:hurt|kill|stab|smother|shake|harm) (?:my|the|him|her|them|someone|people)",
            ),
        ),
    )
)

ALARMS: Final[tuple[tuple[int, re.Pattern[str]], ...]] = tuple(
    (weight, re.compile(rf"\b(?:{pattern})\b"))
    for weight, pattern in (
        (
            2,
            r"slump\w*|collaps\w+|scream\w*|clutch\w*|sweat(?:y|ing)|clammy|gr[ea]y|blue|purple|mottled"
            r"|(?:funny|odd|terrible) colou?r|floppy|limp|blood(?! (?:samples?|pressure|sugar|tests?"
            r"|counts?|group|thinners?|glucose))|bleed(?:s|ing)?|nosebleed|pumping"
            r"|gush\w*"
            r"|running down|splash\w*|acid|bleach|burn(?:s|t|ed|ing)?|boiling|scald\w*|firework|vomit\w*"
            r"|puff\w+|crush\w+|ripping|tearing|stabbed|shot|thunderclap|stopp(?:ed|ing)|won'?t stop"
            r"|can'?t stop|black(?:ed|ing) out|pass(?:ed|ing) out|faint(?:ed|ing)|convuls\w+|jerk\w+"
            r"|twitch\w+|seizing|eyes? (?:is|are) rolling|shaking|chok\w+|dribbl\w+|drool\w*|gasp\w*"
            r"|wheez\w*|asthma attack|drank|drunk|swallowed|taken all|took all|overdos\w+|injected"
            r"|mushrooms?|methanol|antifreeze|mistake|poison\w*|smoke|smel(?:t|ling)|crash\w*|electr\w+"
            r"|shock(?:s|ed|ing)?|trapped|drown\w*|on the floor"
            r"|(?:doesn'?t|isn'?t|not|can'?t|cant|cannot|won'?t|hardly|barely)"
            r" (?:answer|making sense|wak\w+|respond\w*|speak|talk|move|see|cry|drink|feed\w*|breath\w*"
            r"|get (?:\w+ )?(?:words|breath)|stand the light|pee)|confused|drowsy|sleepy|seeing things"
            r"|fever|temp\w* (?:of |is )?(?:3[89]|4[0-2])|shivering|waters|loop of cord|newborn"
            r"|worst|severe|agony|unbearable|sudden\w*|overnight|dying|going to die"
            r"|(?:hurt|kill|drown|harm)(?:ing)? (?:my|him|her|the)|jump off|end it|stroke",
        ),
        (
            1,
            r"pale|white|cold|numb\w*|weak\w*|tingl\w+|swollen|swelling|tight\w*|stiff|dizz\w+"
            r"|being sick"
            r"|been sick|throwing up|green|gas|fell|rolled off|hit|took|taken|ate|eaten|hours?|tonight"
            r"|transplant|op\b|operation|chemo|pregnan\w+|\d+ weeks|cord|one side|chest|jaw|ribs?"
            r"|heart\w*"
            r"|pulse|throat|eye|neck|head|speech|kids?|baby|child|nan|diabetic|sugar|warfarin|[12]\.\d"
            r"|since the baby|keeps?|now|shorter|heavy|terrible|voices?|hot|red|pain",
        ),
    )
)
"""Words of alarm with what each counts, for a text that tells and does not ask."""
ENOUGH_ALARMS: Final = 3
