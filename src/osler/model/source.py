"""A source: the bibliographic record of one document, and what is known of its standing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.ids import content_id


class Kind(StrEnum):
    """The tier a source is printed under."""

    GUIDELINE = "guideline"
    LABEL = "label"
    RESEARCH = "research"


class Design(StrEnum):
    """How a source knows what it says, from the strongest tier to the weakest."""

    GUIDELINE = "guideline"
    LABEL = "label"
    SYSTEMATIC_REVIEW = "systematic_review"
    RANDOMISED_TRIAL = "randomised_trial"
    COHORT = "cohort"
    CASE_SERIES = "case_series"
    NARRATIVE_REVIEW = "narrative_review"
    LABORATORY = "laboratory"
    PREPRINT = "preprint"
    OTHER = "other"


class Status(StrEnum):
    """The standing of a source today."""

    CURRENT = "current"
    CORRECTED = "corrected"
    CONCERN = "concern"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class TextKind(StrEnum):
    """Whose words a passage holds: the source's own, or a curator's summary of it."""

    VERBATIM = "verbatim"
    SUMMARY = "summary"


class Relation(StrEnum):
    """How one source is tied to another one."""

    RETRACTED_BY = "retracted_by"
    RETRACTS = "retracts"
    CONCERN_BY = "concern_by"
    CORRECTED_BY = "corrected_by"
    CORRECTS = "corrects"
    UPDATED_BY = "updated_by"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another source. ``target`` is a key such as ``pmid:123``, or the printed citation."""

    relation: Relation
    target: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document's bibliographic record.

    Attributes:
        key: Identity in the file it came from: ``pmid:…``, ``pmc:…``, ``doi:…``, ``starter:…``,
            ``file:…``. One study may have several sources; they share an identifier below.
        kind: Tier.
        design: How it knows.
        title: As printed, or None.
        authors: ``Family Initials``, in order; a collective name stands as it is.
        container: Journal, publisher or product name, or None.
        year: Year of publication, or None.
        date: ISO date as exact as known (``2021-03``), or None.
        pmid: PubMed id, digits only.
        pmcid: ``PMC`` and digits.
        doi: Lower case, without the resolver's address.
        url: Address at the publisher.
        licence: Terms the text may be used under, or None when the source does not say.
        status: Standing; a retraction known at loading time is here already.
        participants: Number of people studied, or None.
        publication_types: As the database gives them.
        headings: MeSH headings and author keywords.
        substances: Names of chemicals and drugs that the database gives.
        language: ISO 639-2 code, or None.
        links: Retractions, corrections, updates.
        revision: Sortable text that grows with each revision (PMID version and date revised).
        scope: Which part of the library it belongs to; ``public`` unless said otherwise.
    """

    key: str
    kind: Kind
    design: Design
    title: str | None = None
    authors: tuple[str, ...] = ()
    container: str | None = None
    year: int | None = None
    date: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    status: Status = Status.CURRENT
    participants: int | None = None
    publication_types: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    language: str | None = None
    links: tuple[Link, ...] = ()
    revision: str = ""
    scope: str = "public"

    @property
    def id(self) -> str:
        """``src_…``, from the key: the same record has the same id in every library."""
        return content_id("src", self.key)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The identities that other records of the same study share with this one."""
        pairs = (("pmid", self.pmid), ("doi", self.doi), ("pmc", self.pmcid))
        return tuple(f"{scheme}:{value}" for scheme, value in pairs if value)

    @property
    def is_citable(self) -> bool:
        """Whether a reader could find the document: a PMID, a PMCID, a DOI, an address or a title."""
        return bool(self.identifiers or self.url or self.title)
