"""Citations, articles and files written for these tests; nothing here was ever published."""

from __future__ import annotations

import io

from osler.formats import read_medline
from osler.model.record import Item, Record

PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.org/p.dtd">\n'
)


def citation(
    pmid: str = "90000001",
    *,
    version: str = "1",
    title: str = "An invented title.",
    abstract: str | None = "<AbstractText>An invented sentence.</AbstractText>",
    article: str = "",
    authors: str = "",
    types: str = "<PublicationType>Journal Article</PublicationType>",
    date: str = "<Year>2021</Year><Month>Mar</Month>",
    after: str = "",
    head: str = 'Status="MEDLINE" Owner="NLM"',
    revised: str = "<DateRevised><Year>2022</Year><Month>04</Month><Day>05</Day></DateRevised>",
) -> str:
    """Return a ``MedlineCitation`` in the order of its document type."""
    text = f"<Abstract>{abstract}</Abstract>" if abstract is not None else ""
    return f"""<MedlineCitation {head}>
<PMID Version="{version}">{pmid}</PMID>
<DateCompleted><Year>2020</Year><Month>01</Month><Day>02</Day></DateCompleted>
{revised}
<Article PubModel="Print">
<Journal>
<ISSN IssnType="Print">0000-0000</ISSN>
<JournalIssue CitedMedium="Print"><Volume>1</Volume><PubDate>{date}</PubDate></JournalIssue>
<Title>Journal of invented tests</Title>
<ISOAbbreviation>J. Invent. Tests</ISOAbbreviation>
</Journal>
<ArticleTitle>{title}</ArticleTitle>
{article}
{text}
{authors}
<Language>eng</Language>
<PublicationTypeList>{types}</PublicationTypeList>
</Article>
<MedlineJournalInfo>
<Country>Nowhere</Country>
<MedlineTA>J Invent Tests</MedlineTA>
<NlmUniqueID>0</NlmUniqueID>
</MedlineJournalInfo>
{after}
</MedlineCitation>"""


def pubmed_article(inner: str, *, data: str = "") -> str:
    """Return ``inner`` wrapped as ``PubmedArticle`` with its ``PubmedData``."""
    return f"<PubmedArticle>{inner}<PubmedData>{data}</PubmedData></PubmedArticle>"


def article_set(*articles: str, rest: str = "") -> bytes:
    """Return a whole ``PubmedArticleSet``."""
    body = "\n".join(articles)
    return f"{PROLOGUE}{DOCTYPE}<PubmedArticleSet>\n{body}\n{rest}</PubmedArticleSet>\n".encode()


def read(data: bytes) -> list[Item]:
    """Return every item of MEDLINE bytes."""
    return list(read_medline(io.BytesIO(data), name="test.xml"))


def read_one(inner: str, *, data: str = "") -> Record:
    """Return the one record of a set that holds one citation."""
    items = read(article_set(pubmed_article(inner, data=data)))
    assert len(items) == 1
    assert isinstance(items[0], Record), items[0]
    return items[0]
