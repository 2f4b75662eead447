"""Which words of a text are drug names, told by their international nonproprietary name stems.

The stems are those that the World Health Organization gives to whole groups (``-kinra``, ``-mab``), so
that siblings are recognised without a list of drugs. A word missed here only makes a reason less exact.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from osler.text.lists import word_set

_STEMS: Final = word_set(
    "kinra mab cept tinib nib sertib ciclib zomib parib vastatin statin pril prilat sartan olol "
    "dipine prazole "
    " conazole nidazole bendazole cillin mycin micin floxacin cycline penem bactam vir vudine "
    "citabine tabine ribine triptan gliptin gliflozin glitazone glutide natide parin xaban gatran "
    "grel platin "
    "rubicin taxel tecan trexate trexed poside mustine solone sone nisolide limus setron dronate "
    "dronic "
    "lukast profen coxib oxicam caine azepam zolam barbital thiazide semide tropium phylline "
    "fibrate "
    "grastim poetin leukin degib lisib lutamide relin relix tocin quine quin apine idone peridol "
    "oxetine traline ipramine triptyline fungin oxaban vaptan fenacin azosin dutide tirelin"
)
_OTHERS: Final = word_set(
    "aspirin metformin colchicine cyclosporine ciclosporin cyclosporin cyclophosphamide "
    "azathioprine "
    "warfarin morphine paracetamol acetaminophen sulfasalazine mercaptopurine vincristine "
    "vinblastine thalidomide lenalidomide digoxin amiodarone lithium levothyroxine penicillamine "
    "hydroxyurea hydroxycarbamide allopurinol febuxostat clonidine gabapentin pregabalin "
    "salbutamol "
    "albuterol salmeterol formoterol clozapine olanzapine carbamazepine phenytoin valproate "
    "lamotrigine "
    "levetiracetam bosentan ambrisentan mycophenolate leflunomide dapsone emapalumab"
)
_NOT_DRUGS: Final = word_set(
    "concept concepts except accept intercept precept percept april cystatin somatostatin "
    "endostatin "
    "angiostatin follistatin myostatin prostatin interleukin person ghrelin mongrel metavir "
    "obestatin onchocystatin methicillin harlequin mannequin "
    "lupine alpine"
)
_WORD: Final = re.compile(r"[A-Za-z]{5,}")
_DRUG: Final = re.compile(
    rf"(?:[a-z]{{2,}}(?:{'|'.join(sorted(_STEMS))})|{'|'.join(sorted(_OTHERS))})\Z"
)


@lru_cache(maxsize=4096)
def is_drug(word: str) -> bool:
    """Tell whether ``word`` has the form of a nonproprietary drug name."""
    folded = word.lower()
    return folded not in _NOT_DRUGS and _DRUG.match(folded) is not None


@lru_cache(maxsize=1024)
def drugs_in(text: str) -> frozenset[str]:
    """Return the drug names in ``text``, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(text) if is_drug(word))
