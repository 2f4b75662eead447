"""The forms and words by which ``identifying`` knows what may identify a person.

Every pattern marks the thing itself as the group ``it``; what announces it stays outside.
"""

from __future__ import annotations

import re
from typing import Final


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


# --- numbers announced by a word ----------------------------------------------------------------------

FEWEST_DIGITS: Final = 4
PUBLIC_NUMBER: Final = _compile(
    r"(?: (?: NCT | ISRCTN | PMC | PMID | CD0 | EudraCT | DB | CHEMBL | rs ) -? \d"
    r" | (?:19|20) \d\d $ )"
)
"""Numbers of trials, papers, drugs and variants are public and everyday in questions; so is a year."""

_NO: Final = r"(?: \s* (?: no | nr | num | number | nummer | id | identifier ) \b \.? | \s* \# )"
_IS: Final = r"\s* (?: [:=\#-] | is\b )? \s*"
_MIXED: Final = r"(?P<it> (?= [A-Z0-9./-]* \d ) [A-Z0-9] [A-Z0-9./-]{3,} )"
_DIGITS: Final = r"(?P<it> \d [\d\ ./-]{3,} \d )"


def _numbered(words: str, *, alone: bool = False, token: str = _MIXED) -> re.Pattern[str]:
    """Return the pattern of a number after ``words``; ``alone`` they need no ``no.`` or ``id``."""
    return _compile(rf"\b (?: {words} ) {_NO}{'*' if alone else '+'} {_IS} {token}")


NUMBERED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("ssn", _numbered(r"ssn | social\ security", alone=True, token=_DIGITS)),
    ("mrn", _numbered(r"nhs | chi", token=_DIGITS)),
    ("mrn", _numbered(r"mrn | med(?:ical|\.)? \s+ rec(?:ord|\.)? s?", alone=True)),
    (
        "mrn",
        _numbered(
            r"hosp(?:ital)? | clinic | patients? | pat\.?-? | chart | case | file | record | fall-?"
            r" | admission"
        ),
    ),
    (
        "health_plan",
        _numbered(
            r"medicare | medicaid | versicherten | versicherungs"
            r" | krankenkassen"
        ),
    ),
    (
        "health_plan",
        _numbered(
            r"(?: health\ (?:plan|insurance) | insurance | policy | member(?:ship)? | subscriber"
            r" | beneficiary )"
            r" (?: \s+ (?: beneficiary | member | policy ) )?"
        ),
    ),
    (
        "account",
        _compile(
            r"\b (?P<it> (?-i: [A-Z]{2} \d{2} (?:\ ?[A-Z0-9]{4}) (?:\ ?\d{4}){2,6}"
            r" (?:\ ?\d{1,4})? ) ) \b"
        ),
    ),
    ("account", _numbered(r"(?: credit\  | debit\  | bank\  )? (?: card | konto )", token=_DIGITS)),
    ("account", _numbered(r"account | acct | invoice", alone=True)),
    ("mrn", _compile(r"(?-i: \b UR ) \s* [:\#]? \s* (?P<it> \d{6,10} ) \b")),
    ("device", _numbered(r"s/n | sn (?= \s* : ) | serial | udi", alone=True)),
    ("device", _numbered(r"device | implant | pacemaker | icd | pump | prosthesis | stent | lens")),
    ("vehicle", _numbered(r"vin | chassis", alone=True)),
    ("licence", _numbered(r"licen[cs]e | certificate")),
    (
        "licence",
        _numbered(r"driv(?:er'?s?|ing)\ licen[cs]e | passport | gmc | dea | npi | nmc", alone=True),
    ),
    (
        "other",
        _numbered(
            r"participant | subject | specimen | sample | accession | employee | staff | badge"
            r" | booking | ticket"
            r" | national | tax | identity | identity\ card | citizen | personal | cpr-?"
        ),
    ),
)

PLATE: Final = _compile(
    r"\b (?: (?: licen[cs]e | number | registration ) \s plate | vehicle \s registration"
    r" | kennzeichen )"
    rf" {_NO}? {_IS} (?P<it> (?-i: (?= [A-Z0-9\ -]* \d ) [A-Z]{{1,3}} [-\ ]? [A-Z0-9]{{1,4}}"
    rf" (?: [-\ ] [A-Z0-9]{{1,4}} )? ) ) \b"
)
SSN: Final = _compile(r"(?<! [\d-] ) (?P<it> \d{3}-\d{2}-\d{4} ) (?! [\d-] )")

# --- ways to reach somebody ---------------------------------------------------------------------------

_PHONE: Final = r"(?P<it> \(? \+? \(? \d [\d\s().-]{5,} \d )"
FAX: Final = _compile(rf"\b (?:tele)? fax \b [^\d+(]{{0,25}} {_PHONE}")
PHONES: Final = (
    _compile(
        r"\b (?: phone | telephone | tel | ph | mobile | cell | call | ring | text | reach"
        r" | contact"
        r" | dial | sms"
        rf" | whatsapp ) \b [^\d+(]{{0,25}} {_PHONE}"
    ),
    _compile(
        r"(?<! [\w.-] ) (?P<it> (?: \( [2-9]\d{2} \) \s? | [2-9]\d{2} [.-] ) \d{3} [.-] \d{4} )"
        r" (?! [\w-] )"
    ),
    _compile(r"(?<! \w ) (?P<it> \+ \d{1,3} [\s().-]* \d [\d\s().-]{6,} \d )"),
)
EMAIL: Final = _compile(r"(?P<it> [\w.+'%-]+ @ [\w-]+ (?: \. [\w-]+ )+ )")
URL: Final = _compile(
    r"(?P<it> \b (?: https?:// | www\. ) [^\s<>\"]+"
    r" | \b (?: [a-z0-9-]+ \. )+ (?: com | org | net | de | uk | info | io | me ) / [^\s<>\"]+ )"
)
LITERATURE: Final = _compile(
    r"^ (?: https?:// )? (?: [a-z0-9-]+ \. )* (?: doi\.org | nih\.gov | europepmc\.org"
    r" | clinicaltrials\.gov"
    r" | who\.int | nice\.org\.uk | fda\.gov | cdc\.gov | europa\.eu | cochranelibrary\.com"
    r" | nejm\.org"
    r" | thelancet\.com | bmj\.com | jamanetwork\.com | medrxiv\.org ) (?: [/?:] | $ )"
)
"""Where papers, trials and labels lie: an address there names a text, not a person."""
IP: Final = _compile(
    r"(?<! [\w.:] ) (?P<it> (?: \d{1,3} \. ){3} \d{1,3} | (?= [0-9a-f:]* [0-9] )"
    r" [0-9a-f]{1,4} : (?: [0-9a-f]{0,4} : ){1,6} [0-9a-f]{1,4} ) (?! \w | : [0-9a-f] )"
)

# --- ages and dates -----------------------------------------------------------------------------------

AGE: Final = _compile(
    r"(?<! [\d.,] ) (?P<a> \d{2,3} ) [\s-]* (?: years? [\s-]* old | yrs? [\s-]* old | yo | y/o"
    r" | y\.o\. ) (?! \w )"
    r" | \b age (?: d | \s is )? \s* [:=]? \s* (?P<b> \d{2,3} ) (?! [\d.,] \d )"
)
AGE_OF_SOMEBODY: Final = (
    _compile(
        r"\b (?: he | she | dad | mum | mom | mother | father | grandmother | grandfather"
        r" | grandma | grandpa"
        r" | nan | patient | wife | husband | aunt | uncle | lady | gentleman ) \s+ is \s+"
        r" (?P<it> \d{2,3} )"
        r" (?= \s* (?: [,.;?!] | and \b | with \b | $ ) )"
    ),
    _compile(r"(?: ^ | [,.;:(] ) \s* (?P<it> \d{2,3} ) \s? (?-i: [MF] ) \b (?= ,? \s+ [a-z] )"),
)
GROUP_BEFORE: Final = _compile(
    r"(?: over | older | than | above | least | ≥ | > | >= | to | up\ to | under | below | beyond"
    r" | until | between"
    r" | and | or | [–-] | younger ) \s* (?: the \s+ )? (?: age (?: d | s )? \s+ (?: of \s+ )? )? $"
)
GROUP_AFTER: Final = _compile(
    r"\s* (?: years? )? \s* (?: \+ | (?: and | or ) \s+ (?: over | older | above | more | up )"
    r" | plus \b"
    r" | [–-] \s* \d | to \s+ \d | and \s+ \d"
    r" | (?: patients | adults | people | persons | women | men | individuals | subjects ) \b )"
)

_MONTH: Final = (
    r"(?: jan(?:uary)? | feb(?:ruary)? | (?-i: Mar(?:ch)? | May ) | apr(?:il)? | june? | july?"
    r" | aug(?:ust)?"
    r" | sep(?:t(?:ember)?)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)? ) \b \.?"
)
_NO_UNIT: Final = (
    r"(?! [\d%] | \.\d | \s* (?: mg | ml | m?g | µg | mcg | kg | % | mmol | units? | iu | hours?"
    r" | days? | weeks?"
    r" | months? | years? | patients | doses? | cycles? | times ) \b )"
)
NUMERIC_DATE: Final = _compile(
    r"(?<! [\d./-] ) (?P<it> \d{1,2} (?P<s>[./]) \d{1,2} (?P=s) \d{2} (?: \d{2} )?"
    r" | \d{1,2} - \d{1,2} - \d{4} | \d{4} (?P<t>[./-]) \d{1,2} (?P=t) \d{1,2} ) (?! [/-]? \d )"
    + _NO_UNIT
)
_EVENT: Final = (
    r"\b (?: born | diagnosed | admitted | admission | operated | operation | surgery | died"
    r" | death | seen"
    r" | discharged | transplanted | vaccinated | delivered ) \b"
)
WORDED_DATES: Final = (
    _compile(
        rf"(?<! [\d.,/-] ) (?P<it> \d{{1,2}} (?: st | nd | rd | th )? \s+ (?: of \s+ )? {_MONTH}"
        rf" (?: ,? \s* \d{{4}} )? )"
    ),
    _compile(
        rf"\b (?P<it> {_MONTH} \s+ \d{{1,2}} (?: st | nd | rd | th )? (?: ,? \s+ \d{{4}} )? )"
        rf" {_NO_UNIT}"
    ),
    _compile(
        rf"{_EVENT} [^.?!]{{0,20}}? (?P<it> \b (?: {_MONTH} \s+ \d{{4}}"
        rf" | \d{{1,2}} / \d{{4}} ) ) \b"
    ),
)

# --- places -------------------------------------------------------------------------------------------

_STREET: Final = (
    r"(?: Street | Avenue | Ave | Road | Rd | Lane | Ln | Boulevard | Blvd | Close | Crescent"
    r" | Terrace"
    r" | Drive | Court | Square )"
)
_CAPITAL: Final = r"(?-i: [A-ZÄÖÜÀ-Þ][\w'’-]+ )"
ADDRESSES: Final = (
    _compile(
        rf"\b (?P<it> \d{{1,5}} [A-Z]? \s+ (?: {_CAPITAL} \s+ ){{1,3}} (?-i:"
        rf" {_STREET} ) \b )"
    ),
    _compile(
        rf"\b (?: on | in | at ) \s+ (?P<it> (?: {_CAPITAL} \s+ ){{1,2}} (?-i:"
        rf" {_STREET} ) \b )"
    ),
    _compile(
        r"\b (?P<it> (?-i: [A-ZÄÖÜ][a-zäöüß]+ (?: straße | strasse | weg | gasse | platz"
        r" | allee ) ) \s+ \d{1,4} )"
    ),
    _compile(
        r"\b (?: zip | post \s? code | postal \s code | plz ) (?: \s code )?"
        rf" {_IS} (?P<it> (?= [A-Z]* \d ) [A-Z0-9]{{2,5}} (?: [\ -] \d [A-Z0-9]{{2,3}} )? ) \b"
    ),
    _compile(
        r"\b (?P<it> (?-i: [A-Z]{1,2} \d [A-Z\d]? \s \d (?! MG | ML | IU | KG | CM | MM | NM"
        r" | MM ) [A-Z]{2} ) ) \b"
    ),
    _compile(rf"\b (?P<it> {_CAPITAL} , \s* (?-i: [A-Z]{{2}} ) \s+ \d{{5}} (?: -\d{{4}} )? ) \b"),
)
LIVES_IN: Final = _compile(
    rf"\b (?: lives | resides | resident ) \s+ (?: in | near | at | of ) \s+ (?P<it> {_CAPITAL}"
    rf" (?: \s+ {_CAPITAL} )? )"
)
COUNTRIES: Final = frozenset(
    {
        "africa", "alaska", "america", "argentina", "arizona", "asia", "australia", "austria",
        "bangladesh", "bavaria", "belgium", "brazil", "california", "canada", "chile", "china",
        "colombia", "czechia", "denmark", "egypt", "england", "ethiopia", "europe", "finland",
        "florida", "france", "germany", "ghana", "greece", "hawaii", "hungary", "india",
        "indonesia", "iran", "iraq", "ireland", "israel", "italy", "japan", "kenya", "korea",
        "latin america", "malaysia", "mexico", "michigan", "morocco", "nepal", "netherlands",
        "new york", "new zealand", "nigeria", "north america", "norway", "ohio", "ontario",
        "oregon", "pakistan", "peru", "philippines", "poland", "portugal", "quebec", "romania",
        "russia", "saudi arabia", "scotland", "singapore", "south africa", "south america",
        "south korea", "spain", "sweden", "switzerland", "syria", "taiwan", "tanzania", "texas",
        "thailand", "turkey", "uganda", "ukraine", "united kingdom", "united states", "vietnam",
        "wales", "washington",
    }
)  # fmt: skip
"""No smaller than a state, and therefore no identifier by the list."""

# --- marks and pictures -------------------------------------------------------------------------------

_WHOSE: Final = r"(?: my | his | her | their | our | (?: the \s+ )? patient['’]?s )"
BIOMETRIC: Final = _compile(
    rf"(?P<it> \b {_WHOSE} \s+ (?: finger \s? prints? | palm \s? prints? | voice \s? prints?"
    rf" | face \s? prints?"
    r" | iris \s scans? | retinal? \s scans? | dna \s profiles? | biometrics? ) \b )"
)
_PICTURE: Final = (
    r"(?<! clinical\s ) (?: photo (?: graph )? s? | pictures? | videos? | selfies? | snapshots?"
    r" | portraits? )"
)
PHOTO: Final = _compile(
    rf"(?P<it> \b (?: full [-\s] face \s+ {_PICTURE}"
    rf" | {_PICTURE} \s+ of \s+ (?: me | him | her | my | his | their | our | the \s patient"
    rf" | this \s patient ) \b (?: \s+ \w+ )?"
    rf" | (?: attached | enclosed ) \s+ {_PICTURE} | {_WHOSE} \s+ {_PICTURE} | selfies? ) \b )"
)

# --- names --------------------------------------------------------------------------------------------

_NAME: Final = r"(?-i: [A-ZÀ-Þ][a-zà-ÿ]* (?: ['’-] [A-ZÀ-Þ][a-zà-ÿ]+ )* )"
_SOMEBODY: Final = (
    r"(?: patient | pt | client | man | woman | boy | girl | child | baby | infant | newborn"
    r" | son | daughter | wife"
    r" | husband | partner | mother | father | mom | mum | dad | brother | sister | grandmother"
    r" | grandfather | aunt"
    r" | uncle | cousin | nephew | niece | friend | neighbou?r | colleague | lady | gentleman )"
)
NAMES: Final = (
    # Exact case: MR is magnetic resonance, MS multiple sclerosis, DR retinopathy of diabetes.
    _compile(
        rf"(?-i: \b (?: Mr | Mrs | mrs | Ms | Miss | Mx | Dr | Prof | Professor | Doctor | Herr"
        rf" | Frau ) ) \b \.? \s+"
        rf" (?P<it> {_NAME} (?: \s+ {_NAME} )? )"
    ),
    _compile(
        r"(?-i: \b (?: mr | mrs ) ) \b \.? \s+ (?! imag | angio | spectro | elasto | entero"
        r" | veno | cholan"
        r" | uro | neuro | scan | find | signal | sever | grade | with | and | due | the | from"
        r" | after | for"
        r" | before | has | was | jet | guided ) (?P<it> [a-zà-ÿ]{3,} )"
    ),
    _compile(
        rf"\b {_SOMEBODY} ,? \s+ (?: is \s+ )? (?: named | called ) \s+ (?P<it> [a-zà-ÿ]+ (?: \s+"
        rf" {_NAME} )? )"
    ),
    _compile(
        rf"\b (?: {_WHOSE} (?: \s+ {_SOMEBODY} ['’]s )? | {_SOMEBODY} ['’]s ) \s+ name \s* (?: is"
        rf" | : ) \s*"
        r" (?P<it> [a-zà-ÿ]+ (?: \s+ (?-i: [A-ZÀ-Þ] ) [\w'’-]+ )? )"
    ),
    _compile(
        r"(?<! brand\s ) (?<! drug\s ) (?<! generic\s ) (?<! trade\s ) (?<! gene\s )"
        r" (?<! disease\s )"
        rf" \b (?: name | patient | pt | client ) \s* : \s* (?P<it> {_NAME} \s+ {_NAME} )"
    ),
    _compile(rf"\b (?: my | our ) \s+ (?: patient | client ) \s+ (?P<it> {_NAME} \s+ {_NAME} )"),
    _compile(r"\b (?: initials | patient | pt ) \s+ (?P<it> (?-i: (?: [A-Z] \. ){2,3} ) )"),
)
_EPONYM: Final = (
    r"(?: syndrome | disease | sign | test | score | phenomenon | splint | procedure"
    r" | classification"
    r" | criteria | murmur | hospital | university | institute | study | trial | bod(?:y|ies)"
    r" | cells? )"
)
NO_NAMES: Final = frozenset({"cancers", "not", "unknown", "the", "a", "an"})
RELATIVE_WITH_NAME: Final = _compile(
    rf"\b (?: (?-i: [Mm]y | [Hh]is | [Hh]er | [Oo]ur | [Tt]heir ) \s+ (?-i: {_SOMEBODY} ) | baby"
    rf" | little ) \s+"
    rf" (?P<it> [a-zà-ÿ]{{3,}} )"
)
FULL_NAME: Final = _compile(
    r"(?<! [\w-] ) (?= (?P<it> (?P<first> (?-i: [A-ZÀ-Þ][a-zà-ÿ]+ ) ) \s+ (?: (?-i: [A-Z]\. )"
    r" \s+ )?"
    rf" (?P<last> {_NAME} ) ) (?! [-\w] | ['’]? s? \s+ {_EPONYM} \b ) )"
)
NO_SURNAMES: Final = frozenset(
    {"syndrome", "disease", "bonnet", "steell", "soulier", "flint", "hospital", "university", "fracture"}
)
