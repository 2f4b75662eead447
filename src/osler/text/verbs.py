"""Whether a stretch of text holds a verb: a sentence does, a heading or a list of keywords does not."""

from __future__ import annotations

import re

from osler.text.lists import word_set

_FINITE = word_set(
    """
    accompanies account accounts act activate activates acts affect affects afford affords allow
    allows alter alters am appear appears are aren't arise arises arose associate attenuate
    attenuates be became become becomes been began begin begins being believe belong belongs
    bind binds bled block blocks bound bring brings brought came can cannot carries cause causes chose
    coincide
    complicate complicates comprise comprises conclude concludes confer confers confirm confirms
    consist consists constitute constitutes contain contains contribute contributes controls
    correlate correlates could crosses decrease decreases define defines delays demonstrate
    demonstrates depend depends describe describes determine determines develop develops did
    didn't die dies differ differs display displays do does doesn't don't drew drives emphasize
    enable enables encode encodes enhance enhances exert exerts exhibit exhibits exist exists
    experience explain explains express expresses fed fell felt find finds follow follows found
    gave gets give gives got grew had has have held help helps highlight highlights hypothesize
    impair impairs improve improves include includes increase increases indicate indicates
    induce induces inhibit inhibits interact interacts involve involves is isn't kept kill kills
    know known last lasts lay lead leads led left lie lies lost lowers made make makes may meant
    mediate mediates met metabolises metabolizes might modulate modulates must need needs occur
    occurs offer offers persist persists play plays pose poses predict predicts present presents
    prevent prevents produce produces promote promotes propose proposes protect protects provide
    provides raises ran range ranges recommend recommends recur recurs reduce reduces regulate
    regulates remain remains report reports represent represents require requires restores
    result results reveal reveals review reviews rose said saw seem seems sent serve serves
    shall should show showed shows sought spent spread spreads stimulate stimulates stood suffer
    suffers suggest suggests support supports survive swept take takes target targets taught
    tend tends thought told took translate translates treat treats undergo undergoes underline
    underwent use uses varies vary warrant warrants was wasn't went were weren't will won
    worsens would wrote yield yields
    abolishes assesses augments catalyses cleaves comes competes converts cures degrades derives detects
    distinguishes eases emerges evolves exceeds fails goes halts halves harbors harbours interferes
    lengthens lessens mimics outperforms outweighs prolongs recruits relieves removes resembles reverses
    saves secretes shortens slows suppresses
    """
)
# Participles that stand beside a noun; a sentence built on them has an auxiliary as well.
_ATTRIBUTES = word_set(
    """
    based aged related randomized randomised controlled blinded matched nested centered centred mailed
    associated advanced weighted adjusted modified repeated combined detailed selected unrelated mixed
    """
)
_TOKEN = re.compile(r"(?<![-\w])[A-Za-z']+")
_LONG = 90
_ENDINGS = ("ates", "izes", "ises", "ifies", "icate", "ipate", "ulate", "yzes")


def has_verb(text: str) -> bool:
    """Return whether ``text`` holds a word that can be its finite verb.

    Any long stretch that ends in a full stop counts: the list of verbs cannot know them all.
    """
    for word in _TOKEN.findall(text):
        low = word.lower()
        if low in _FINITE or (len(low) > 6 and low.endswith(_ENDINGS)):
            return True
        if low.endswith("ed") and len(low) > 4 and low not in _ATTRIBUTES and not low.endswith("eed"):
            return True
    return len(text) > _LONG and text.rstrip().endswith(".")
