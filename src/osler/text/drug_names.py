"""Which words are names of drugs, told by their international nonproprietary name stems.

The stems are those that the World Health Organization gives to whole groups of drugs (``-kinra``,
``-mab``), so that a drug is recognised before any label or record of it has been loaded, and a sibling
is never taken for the drug asked about. Knows nothing of what a drug does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from osler.text.kept import FEW_WORDS
from osler.text.lists import word_set
from osler.text.normalise import fold

_STEMS: Final = word_set(
    """
    afil apine asone astine aterol azepam azepine azole azosin bactam barbital bendazole caine cept
    ciclib cillin citabine conazole coxib cromil cycline degib dipine domide dopa dralazine dronate
    dronic drostat dutide eterol fenac fenacin fentanil fentrine fibrate floxacin flozin flurane formin
    fovir fungin gatran gepant gliflozin gliptin glitazone glutide grastim grel grelor idone iglide imod
    ipramine isone iterol kacin kinra kiren lanterol limus lisib listat lukast lutamide mab micin moxin
    mustine mycin natide navir nertant nib nidazole nisolide nisone olol olone oprazole orphine oterol
    oxaban oxacin oxanide oxetine oxicam parib parin parinux parvovec penem peridol phylline plase
    platin poetin poside prazole pressin pril prilat profen prost quine racetam relin relix reotide
    restat ribine rinone rozole rubicin sartan semide serod sertib setron solone spirone sporin stigmine
    tabine tacept taxel tecan tegravir thiazide tinib tirelin tocin traline trexate trexed triptan
    triptyline tropium urad uterol vaptan vastatin vir virine virsen vudine xaban zolam zolamide zolid
    zomib zosin
    """
)
_SHORTEST: Final = 6
_BEFORE_STEM: Final = 2  # letters that a name has in front of its stem, at the least
_STEM_LENGTHS: Final = tuple(sorted({len(stem) for stem in _STEMS}, reverse=True))

_NAMED: Final = word_set(
    """
    acamprosate acarbose acetaminophen acitretin aldesleukin allopurinol amantadine ambrisentan
    amiodarone aprepitant aprocitentan argatroban artemether artesunate asparaginase aspirin atropine
    azacitidine azathioprine baclofen benzydamine bisacodyl bivalirudin bosentan budesonide bupropion
    busulfan cetirizine chlorambucil chlorphenamine chlorpromazine ciclesonide cilastatin cilostazol
    cimetidine clonidine codeine colchicine colistin crisantaspase cyclophosphamide cyclosporine
    cytarabine dacarbazine dantrolene dapsone deferasirox deferoxamine defibrotide desloratadine
    dexmedetomidine dexrazoxane digoxin diltiazem diphenhydramine dipyridamole disulfiram dobutamine
    donepezil doxylamine eltrombopag entacapone ephedrine epoetin eptifibatide eszopiclone ethambutol
    etomidate exemestane ezetimibe famotidine febuxostat fentanyl fexofenadine finasteride flecainide
    fludarabine flumazenil fluorouracil fluphenazine fosaprepitant fulvestrant gabapentin galantamine
    glibenclamide gliclazide glimepiride glipizide glyburide hydrocodone hydromorphone hydroxycarbamide
    hydroxyurea hydroxyzine ifosfamide indapamide indometacin indomethacin isoniazid isoprenaline
    isosorbide isotretinoin ivabradine ivermectin ketamine ketanserin ketorolac ketotifen lacosamide
    lafutidine lamotrigine leflunomide levocetirizine levomepromazine levosimendan levothyroxine
    linaclotide lithium loperamide loratadine lorcaserin lumefantrine macitentan mannitol melphalan
    memantine meperidine mercaptopurine mesalamine mesalazine methadone methylphenidate metoclopramide
    mifepristone misoprostol modafinil morphine mycophenolate naloxone naltrexone naproxen netupitant
    nicorandil nitrofurantoin nitroglycerin nitroprusside nizatidine nystatin oxybutynin oxycodone
    paracetamol pegaspargase penicillamine pentostatin pentoxifylline pethidine phentermine
    phenylephrine phenytoin plerixafor pramipexole praziquantel pregabalin promethazine propofol
    propylthiouracil pyrazinamide pyrimethamine quinidine raloxifene ranitidine ranolazine rasagiline
    repaglinide rifabutin rifampicin rifampin rifaximin riluzole riociguat rocuronium rolapitant
    romiplostim ropinirole roxatidine sacubitril salbutamol selegiline sibutramine sitaxentan
    spironolactone streptokinase succinylcholine sugammadex sulfadoxine sulfasalazine sulpiride suramin
    tamoxifen tamsulosin tapentadol teicoplanin temozolomide teriparatide ticlopidine tirofiban
    tirzepatide tizanidine tolcapone tolterodine topiramate tramadol treosulfan tretinoin
    trihexyphenidyl trimethoprim ulinastatin urokinase valproate varenicline vecuronium venlafaxine
    verapamil vigabatrin vincristine vinorelbine warfarin zileuton zolpidem zonisamide zopiclone
    """
)
"""Drugs whose names carry no stem, and those of daily use."""

_ALSO_GIVEN: Final = word_set(
    """
    adrenaline alcohol anthracycline benzodiazepine botulinum caffeine cannabis carbapenem cephalosporin
    corticosteroid corticosteroids cortisone epinephrine erythropoietin estradiol estrogen fibrate
    fluoroquinolone folate gliptin glitazone glucocorticoid glucocorticoids immunoglobulin
    immunoglobulins insulin interferon iron ivig magnesium melatonin nicotine noradrenaline
    norepinephrine oestradiol oestrogen potassium progesterone sartan somatostatin statin steroids
    testosterone thiazide triptan vasopressin zinc
    """
)
"""Groups of drugs, and what body or diet hold as well: drugs only where a question makes them so."""

_NO_DRUGS: Final = word_set(
    """
    accept allopregnanolone alpine aminoimidazole benzazepine benzimidazole benzisoxazole
    benzothiazepine benzothiazole benzotriazole calcipressin carbazole concept diazepine diazole
    dibenzodiazepine dihydropyrimidone endorphine except gastroenterol ghrelin hydroxypregnenolone
    imidazole indazole intercept isoxazole koncept mercaptobenzothiazole metavir methicillin
    methylisoxazole minimod mongrel nitroimidazole nitroindazole oxadiazole oxazole oxazolone percept
    phenylpiperidone phenylpyrazole polyvinylpyrrolidone precept preconcept pregnanolone pregnenolone
    proghrelin pyrazole pyridone pyrimidone pyrrolidone quinolone servir tetraline tetrazole thiadiazole
    thiazepine thiazole triazole
    """
)
"""Words that end like a drug and are none."""

_WORD: Final = re.compile(r"[A-Za-z]{5,}")


@lru_cache(maxsize=FEW_WORDS)
def is_drug(word: str) -> bool:
    """Tell whether ``word`` is the name of a drug, or has the form of one, and of nothing else."""
    folded = word.lower()
    if folded in _NAMED:
        return True
    length = len(folded)
    if length < _SHORTEST or folded in _NO_DRUGS or folded in _ALSO_GIVEN:
        return False
    return any(folded[-ending:] in _STEMS for ending in _STEM_LENGTHS if ending + _BEFORE_STEM <= length)


@lru_cache(maxsize=2048)
def drugs_in(text: str) -> frozenset[str]:
    """Return the drugs that ``text`` names, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(text) if is_drug(word))


def is_given(term: str) -> bool:
    """Tell whether a term of a question is something that is given: a drug, or a substance used as one.

    The last word decides (``intravenous magnesium``, ``nab-paclitaxel``); the four letters that the name
    of a biological carries (``emapalumab-lzsg``) are left aside.
    """
    last = fold(term).rsplit(" ", 1)[-1]
    pieces = last.split("-")
    name = pieces[-2] if len(pieces) > 1 and len(pieces[-1]) == len("lzsg") else pieces[-1]
    return any(word in _ALSO_GIVEN or is_drug(word) for word in (name, pieces[-1]))
