"""Units of measurement: their spellings folded into one, and read from tokens.

Folding is of spelling only; nothing is converted, so ``mg`` and ``g`` stay different units.
"""

from __future__ import annotations

import re
from functools import lru_cache

from osler.text.figure_tokens import Token, TokenKind
from osler.text.kept import FEW_WORDS
from osler.text.lists import word_pairs, word_set

_SPELLINGS: dict[str, str] = word_pairs(
    """
    mcg>µg ug>µg μg>µg microgram>µg micrograms>µg microgramme>µg microgrammes>µg mkg>µg milligram>mg
    milligrams>mg milligramme>mg milligrammes>mg mgs>mg gram>g grams>g gramme>g grammes>g gm>g gms>g gr>g
    kilogram>kg kilograms>kg kgs>kg nanogram>ng nanograms>ng picogram>pg l>L liter>L liters>L litre>L
    litres>L dl>dL deciliter>dL deciliters>dL decilitre>dL ml>mL milliliter>mL milliliters>mL
    millilitre>mL
    millilitres>mL mls>mL cc>mL ul>µL μl>µL µl>µL uL>µL μL>µL microliter>µL microliters>µL microlitre>µL
    fl>fL umol>µmol μmol>µmol micromol>µmol micromoles>µmol micromole>µmol millimoles>mmol millimole>mmol
    moles>mol mole>mol nanomoles>nmol nanomole>nmol uM>µM μM>µM microM>µM um>µm μm>µm micron>µm
    microns>µm us>µs
    meq>mEq Meq>mEq mosm>mOsm mosmol>mOsm iu>IU I.U>IU unit>U units>U u>U mu>mU uU>µU μU>µU uIU>µIU
    μIU>µIU miu>mIU second>s seconds>s sec>s secs>s minute>min minutes>min mins>min hour>h hours>h hr>h
    hrs>h days>day d>day daily>day wk>week wks>week weeks>week weekly>week month>month months>month
    mo>month
    mos>month monthly>month year>year years>year yr>year yrs>year y>year annually>year yearly>year
    annum>year hourly>h mmhg>mmHg mmHG>mmHg m²>m2 m^2>m2 cm²>cm2 cm^2>cm2 mm²>mm2 mm³>mm3 mm^3>mm3
    cm³>cm3 cm^3>cm3 cmm>mm3 hz>Hz khz>kHz joules>J joule>J gy>Gy ℃>°C celsius>°C fahrenheit>°F
    percent>% percentage>% fold>fold times>fold beat>beats breath>breaths breaths>breaths cell>cells
    copy>copies cfu>CFU pfu>PFU rpm>rpm Units>U Years>year Days>day Weeks>week Months>month Hours>h
    metre>m metres>m meter>m meters>m centimeter>cm centimeters>cm centimetre>cm centimetres>cm
    millimeter>mm millimeters>mm millimetre>mm millimetres>mm kilometer>km kilometers>km kilometre>km
    inch>in inches>in calorie>cal calories>cal kilocalories>kcal kilojoules>kJ drops>drop tablets>tablet
    capsules>capsule puffs>puff patches>patch vials>vial ampoules>ampoule sessions>session cycles>cycle
    doses>dose person-years>person-year patient-years>patient-year person-months>person-month
    patient-months>patient-month person-days>person-day patient-days>patient-day women-years>woman-year
    """
)
_KNOWN = word_set(
    """
    mg g kg ng pg µg fg L dL mL µL fL pL nL mol mmol µmol nmol pmol fmol mEq mOsm IU U mU kU MU µU
    mIU µIU
    kIU MIU mM µM nM pM fM M s ms µs min h day week month year mmHg kPa Pa cmH2O m cm mm µm nm km m2 cm2
    mm2 mm3 cm3 m3 kcal kJ cal J Gy cGy mGy Sv mSv Bq kBq MBq GBq mCi µCi Ci °C °F Hz kHz MHz bpm
    rpm mV mW V
    kV mA A W beats breaths cells copies CFU PFU dB D T in lb oz ppm ppb mOsmol kDa Da bp kb Mb PEFR log
    tablet capsule drop puff patch vial ampoule dose cycle session % fold person-year patient-year
    person-month patient-month person-day patient-day woman-year pack-year pack-years AU BAU kat
    nkat µkat
    """
) | frozenset(_SPELLINGS.values())

TIME = frozenset({"s", "ms", "min", "h", "day", "week", "month", "year"})
_MASS = frozenset(
    {"mg", "g", "µg", "ng", "IU", "U", "mU", "MIU", "kIU", "kU", "MU", "mEq", "mmol", "mCi", "MBq"}
)
_PER_BODY = frozenset({"kg", "m2", "day", "h", "min", "week", "month", "dose", "body"})
_FORMS = frozenset({"tablet", "capsule", "drop", "puff", "patch", "vial", "ampoule", "Gy", "cGy"})
# One-letter units stand close to their number and are not words: "5 h", not "group 5 A".
_LOOSE = frozenset({"A", "D", "T", "M", "V", "W", "in", "a", "J"})

_POWER = re.compile(r"^([^\W\d_]+|m)\(?(?:\^?[-−–⁻](?:1|¹)|⁻¹)\)?$")
_SPLIT = re.compile(r"\s*(?:/|\bper\b|\ba\b(?=\s+(?:day|week|month|year|dose))|·)\s*")
_TIMES = {
    "daily": "/day", "once daily": "/day", "once a day": "/day", "once per day": "/day", "od": "/day",
    "qd": "/day", "q.d": "/day", "o.d": "/day", "every day": "/day", "each day": "/day", "a day": "/day",
    "twice daily": " 2x/day", "twice a day": " 2x/day", "twice per day": " 2x/day", "bid": " 2x/day",
    "b.i.d": " 2x/day", "bd": " 2x/day", "b.d": " 2x/day", "two times daily": " 2x/day",
    "two times a day": " 2x/day", "tid": " 3x/day", "t.i.d": " 3x/day", "tds": " 3x/day",
    "three times daily": " 3x/day", "three times a day": " 3x/day", "thrice daily": " 3x/day",
    "three times per day": " 3x/day", "qid": " 4x/day", "q.i.d": " 4x/day", "qds": " 4x/day",
    "four times daily": " 4x/day", "four times a day": " 4x/day", "weekly": "/week",
    "once weekly": "/week",
    "once a week": "/week", "once per week": "/week", "every week": "/week", "each week": "/week",
    "twice weekly": " 2x/week", "twice a week": " 2x/week", "three times weekly": " 3x/week",
    "three times a week": " 3x/week", "monthly": "/month", "once monthly": "/month", "hourly": "/h",
    "once a month": "/month", "every other day": " every 2 day", "on alternate days": " every 2 day",
    "nightly": "/day", "at bedtime": "/day", "biweekly": " biweekly", "per day": "/day",
    "per week": "/week",
}  # fmt: skip


@lru_cache(maxsize=FEW_WORDS)
def canonical_unit(unit: str) -> str:
    """Return ``unit`` in one spelling: ``mcg`` is ``µg``, ``hours`` ``h``, ``mg daily`` ``mg/day``.

    Unknown words stay as they are. ``cells/mm3`` reads ``/µL``, which is the same count.
    """
    text = " ".join(unit.replace("\u00b5", "µ").replace("μ", "µ").split())
    low = text.lower()
    for phrase in sorted(_TIMES, key=len, reverse=True):
        if low.endswith(" " + phrase):
            return canonical_unit(text[: -len(phrase)].strip()) + _TIMES[phrase]
    parts = [_atom(part) for part in _SPLIT.split(text)]
    joined = "/".join(parts)
    if joined.endswith("/24 h"):
        joined = joined[:-5] + "/day"
    if joined.startswith("cells/"):
        joined = joined[5:]
    return joined.replace("/mm3", "/µL") if joined.startswith(("/", "10^")) else joined


def _atom(text: str) -> str:
    text = text.strip().strip(".")
    return _SPELLINGS.get(text) or (text if text in _KNOWN else _SPELLINGS.get(text.lower(), text))


def is_unit(word: str) -> bool:
    """Return whether ``word`` alone is a unit."""
    return _atom(word) in _KNOWN


def is_dose_unit(unit: str) -> bool:
    """Return whether a canonical ``unit`` is one that doses, not concentrations, are given in."""
    head, *rest = re.split(r"[/ ]", unit)
    if head in _FORMS:
        return True
    if head not in _MASS:
        return head == "mL" and bool(rest) and rest[0] in {"kg", "day"}
    return not rest or rest[0] in _PER_BODY or "every" in unit or "x" in rest[0]


def read_unit(tokens: list[Token], at: int, *, loose: bool = False) -> tuple[str, int]:
    """Return the canonical unit that begins at ``tokens[at]`` and the index after it.

    The unit is empty, and the index ``at``, where no unit begins. ``loose`` admits one-letter units that
    are words or labels elsewhere.
    """
    start = at
    if at < len(tokens) and tokens[at].text in {"-", "–", "‐", "‑"} and at + 1 < len(tokens):
        glued = tokens[at].start == tokens[at - 1].end and tokens[at + 1].start == tokens[at].end
        if not glued or not is_unit(tokens[at + 1].text):
            return "", start
        at += 1
    first, at = _read_first(tokens, at, loose=loose)
    if not first:
        return "", start
    unit = first
    while True:
        part, following = _read_per(tokens, at)
        if not part:
            break
        unit, at = unit + part, following
    unit = unit.removeprefix("\0")
    if unit.startswith("fold/"):
        return "x" + unit[4:], at
    return canonical_unit(unit) if "/" in unit else unit, at


def _read_first(tokens: list[Token], at: int, *, loose: bool) -> tuple[str, int]:
    if at >= len(tokens):
        return "", at
    word = tokens[at].text
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if word in {"/", "per"} and at + 1 < len(tokens):
        if _atom(following) in _KNOWN or _is_denominator_number(tokens[at + 1]):
            return "\0", at
        return "", at
    if word == "mm" and following.lower() == "hg":
        return "mmHg", at + 2
    if word == "cm" and following in {"H2O", "H(2)O"}:
        return "cmH2O", at + 2
    if word in {"°", "º", "degrees", "degree"}:
        letter = {"c": "°C", "celsius": "°C", "f": "°F", "fahrenheit": "°F"}.get(following.lower())
        return (letter, at + 2) if letter else ("degree", at + 1)
    if word.lower() == "per" and following.lower() != "cent":
        return "", at
    if word == "percentage" and following in {"point", "points"}:
        return "percentage point", at + 2
    if word.lower() == "per" and following.lower() == "cent":
        return "%", at + 2
    if word in {"international", "million"} and following.lower() in {"units", "unit", "iu", "u"}:
        return ("IU" if word == "international" else "MIU"), at + 2
    atom = _atom(word)
    if atom not in _KNOWN or (not loose and atom in _LOOSE):
        return "", at
    exponent = tokens[at + 1] if at + 1 < len(tokens) else None
    if exponent and exponent.start == tokens[at].end and atom in {"m", "cm", "mm"}:
        power = {"²": "2", "³": "3", "2": "2", "3": "3"}.get(exponent.text)
        if power:
            return atom + power, at + 2
        if exponent.text in {"(", "^"} and at + 2 < len(tokens) and tokens[at + 2].text in {"2", "3"}:
            closed = exponent.text == "(" and at + 3 < len(tokens) and tokens[at + 3].text == ")"
            return atom + tokens[at + 2].text, at + (4 if closed else 3)
    return atom, at + 1


def _is_denominator_number(token: Token) -> bool:
    return token.kind is TokenKind.NUMBER and token.value in {100, 1000, 10000, 100000, 1000000}


def _read_per(tokens: list[Token], at: int) -> tuple[str, int]:
    """Read ``/kg``, ``per day``, ``ml(-1)``, ``min⁻¹`` or a frequency after a unit."""
    if at >= len(tokens):
        return "", at
    frequency, following = _read_frequency(tokens, at)
    if frequency:
        return frequency, following
    word = tokens[at].text
    if word in {"/", "per", "Per"} and at + 1 < len(tokens):
        return _read_denominator(tokens, at + 1)
    inverse = _POWER.match(word)
    if inverse and _atom(inverse[1]) in _KNOWN:
        return "/" + _atom(inverse[1]), at + 1
    texts = [token.text for token in tokens[at : at + 5]]
    if _atom(word) in _KNOWN and tokens[at].kind is TokenKind.WORD:
        if texts[1:5] == ["(", "-", "1", ")"] or texts[1:5] == ["(", "−", "1", ")"]:
            return "/" + _atom(word), at + 5
        if texts[1:3] == ["⁻", "¹"] or (len(texts) > 2 and texts[1] in {"-", "−"} and texts[2] == "1"):
            return "/" + _atom(word), at + 3
    return "", at


def _read_denominator(tokens: list[Token], at: int) -> tuple[str, int]:
    token = tokens[at]
    if token.kind is TokenKind.NUMBER:
        unit, following = _read_first(tokens, at + 1, loose=False)
        number = f"{token.value:g}"
        if token.value == 1.73 and unit == "m2":
            return "/1.73 m2", following
        if unit in TIME:
            return f"/{number} {unit}", following
        if _is_denominator_number(token):
            noun = tokens[at + 1] if at + 1 < len(tokens) else None
            if noun and noun.kind is TokenKind.WORD:
                return f"/{number} {_atom(noun.text.lower())}", at + 2
        return "", at - 1
    unit, following = _read_first(tokens, at, loose=True)
    if unit and unit != "\0":
        if following < len(tokens) and tokens[following].text == "body":
            following += (
                2 if tokens[min(following + 1, len(tokens) - 1)].text in {"weight", "mass"} else 1
            )
        return "/" + unit, following
    return "", at - 1


def _read_frequency(tokens: list[Token], at: int) -> tuple[str, int]:
    """Read ``daily``, ``twice a day``, ``b.i.d.``, ``every 6 h``, ``q6h`` at ``tokens[at]``."""
    skip = at + 1 if tokens[at].text == "," else at
    words = [token.text.lower() for token in tokens[skip : skip + 5]]
    for size in (4, 3, 2, 1):
        phrase = " ".join(words[:size])
        if (
            size <= len(words)
            and phrase in _TIMES
            and (size > 1 or skip == at or words[0] not in {"a", "od"})
        ):
            end = skip + size
            if end < len(tokens) and tokens[end].text == "." and "." in words[0]:
                end += 1
            return _TIMES[phrase], end
    if len(words) > 2 and words[0] in {"every", "each", "q"} and tokens[skip + 1].value is not None:
        return _every(tokens, skip)
    hours = re.match(r"^q(\d{1,2})h(?:r)?$", words[0]) if words else None
    return (f" every {hours[1]} h", skip + 1) if hours else ("", at)


def _every(tokens: list[Token], at: int) -> tuple[str, int]:
    low, after = tokens[at + 1], at + 2
    text = f"{low.value:g}"
    if (
        after + 1 < len(tokens)
        and tokens[after].text in {"-", "–", "to"}
        and tokens[after + 1].value is not None
    ):
        text, after = f"{text}-{tokens[after + 1].value:g}", after + 2
    unit, following = _read_first(tokens, after, loose=False)
    if unit not in TIME:
        return "", at
    return f" every {text} {unit}", following
