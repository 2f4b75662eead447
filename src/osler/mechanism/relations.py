"""What the relations of DrugMechDB are in the words of a graph: a kind and a sign for each.

The relation itself is printed as the record has it. A relation that stands in no list here is drawn
without a sign, as one of no kind in particular: nothing is guessed from its wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from osler.model.mechanism import ArrowKind, NodeKind, Sign

_LISTS: Final = (
    (ArrowKind.ACTIVATES, Sign.POSITIVE, (
        "positively regulates", "increases activity of", "increases expression of",
        "increases response to", "increases stability of", "increases transport of",
    )),
    (ArrowKind.INHIBITS, Sign.NEGATIVE, (
        "negatively regulates", "decreases activity of", "decreases expression of",
        "decreases response to", "decreases synthesis of", "decreases uptake of",
        "increases degradation of", "disrupts",
    )),
    (ArrowKind.LEADS_TO, Sign.POSITIVE, (
        "causes", "contributes to", "increases abundance of", "produces", "exacerbates", "predisposes",
        "has output",
    )),
    (ArrowKind.LEADS_TO, Sign.NEGATIVE, ("decreases abundance of", "prevents")),
    (ArrowKind.LEADS_TO, Sign.NONE, ("precedes", "affects risk for", "derives into", "has metabolite")),
    (ArrowKind.CORRELATES, Sign.POSITIVE, ("positively correlated with",)),
    (ArrowKind.CORRELATES, Sign.NEGATIVE, ("negatively correlated with",)),
    (ArrowKind.CORRELATES, Sign.NONE, ("correlated with",)),
    (ArrowKind.TREATS, Sign.NEGATIVE, ("treats", "ameliorates")),
    (ArrowKind.BINDS, Sign.NONE, (
        "molecularly interacts with", "directly interacts with", "physically interacts with",
        "interacts with", "in complex with",
    )),
    (ArrowKind.PART_OF, Sign.NONE, (
        "part of", "participates in", "actively involved in", "occurs in", "located in", "expressed in",
        "in taxon", "subclass of",
    )),
    (ArrowKind.HAS_PART, Sign.NONE, (
        "has part", "has participant", "location of", "expresses", "superclass of",
        "has active ingredient",
    )),
)  # fmt: skip
_RELATIONS: Final[Mapping[str, tuple[ArrowKind, Sign]]] = {
    relation: (kind, sign) for kind, sign, relations in _LISTS for relation in relations
}
_KINDS: Final[Mapping[str, NodeKind]] = {
    "Drug": NodeKind.DRUG,
    "Protein": NodeKind.TARGET,
    "GeneFamily": NodeKind.TARGET,
    "MacromolecularComplex": NodeKind.TARGET,
    "ChemicalSubstance": NodeKind.SUBSTANCE,
    "Pathway": NodeKind.PATHWAY,
    "BiologicalProcess": NodeKind.PROCESS,
    "MolecularActivity": NodeKind.PROCESS,
    "PhenotypicFeature": NodeKind.PHENOTYPE,
    "CellularComponent": NodeKind.STRUCTURE,
    "Cell": NodeKind.STRUCTURE,
    "GrossAnatomicalStructure": NodeKind.STRUCTURE,
    "OrganismTaxon": NodeKind.ORGANISM,
    "Disease": NodeKind.DISEASE,
}


def relation_of(key: str) -> tuple[ArrowKind, Sign]:
    """Return the kind and sign of the relation ``key``."""
    return _RELATIONS.get(key, (ArrowKind.RELATES, Sign.NONE))


def node_kind(label: str) -> NodeKind:
    """Return what a node labelled ``label`` is.

    Raises:
        ValueError: No node is labelled so.
    """
    kind = _KINDS.get(label)
    if kind is None:
        raise ValueError(f"a node is labelled {label or 'nothing'}, which is no label of these files")
    return kind
