"""What a citation says becomes the right field, whatever the order and the oddities of its elements."""

from __future__ import annotations

import pytest
from tests.formats.made import citation, read_one

from osler.model.passage import Role
from osler.model.record import Block
from osler.model.source import Design, Kind, Link, Relation, Status

DOI = '<ELocationID EIdType="doi" ValidYN="Y">10.9999/Right.1</ELocationID>'
PII = '<ELocationID EIdType="pii" ValidYN="Y">S0000-0000(00)00000-1</ELocationID>'
BAD_DOI = '<ELocationID EIdType="doi" ValidYN="N">10.9999/wrong</ELocationID>'


@pytest.mark.parametrize("order", [DOI + PII, PII + DOI, DOI, BAD_DOI + DOI, PII + BAD_DOI + DOI + PII])
def test_the_valid_doi_is_found_wherever_it_stands(order: str) -> None:
    assert read_one(citation(article=order)).source.doi == "10.9999/right.1"


def test_an_invalid_doi_gives_way_to_the_archives_own() -> None:
    data = (
        '<ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId>'
        '<ArticleId IdType="doi">10.9999/archive</ArticleId>'
        '<ArticleId IdType="pmc">PMC0000012</ArticleId></ArticleIdList>'
    )
    source = read_one(citation(article=BAD_DOI), data=data).source
    assert (source.doi, source.pmcid) == ("10.9999/archive", "PMC0000012")


def test_the_identifiers_of_a_reference_are_never_the_articles_own() -> None:
    data = (
        "<History><PubMedPubDate PubStatus='pubmed'><Year>2001</Year></PubMedPubDate></History>"
        '<ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId></ArticleIdList>'
        "<ReferenceList><Reference><Citation>Other.</Citation><ArticleIdList>"
        '<ArticleId IdType="doi">10.9999/other</ArticleId><ArticleId IdType="pmc">PMC999</ArticleId>'
        "</ArticleIdList></Reference></ReferenceList>"
    )
    source = read_one(citation(), data=data).source
    assert (source.doi, source.pmcid, source.year) == (None, None, 2021)


def test_bibliographic_fields_are_read() -> None:
    source = read_one(citation()).source
    assert source.key == "pmid:90000001"
    assert source.pmid == "90000001"
    assert source.title == "An invented title."
    assert source.container == "J Invent Tests"
    assert (source.year, source.date, source.language) == (2021, "2021-03", "eng")
    assert source.revision == "0001-2022-04-05"
    assert source.scope == "public"


@pytest.mark.parametrize(
    ("element", "year", "date"),
    [
        ("<Year>2021</Year><Month>Mar</Month><Day>7</Day>", 2021, "2021-03-07"),
        ("<Year>2021</Year><Month>12</Month>", 2021, "2021-12"),
        ("<Year>2021</Year><Season>Spring</Season>", 2021, "2021"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, "1998-12"),
        ("<MedlineDate>2000 Spring</MedlineDate>", 2000, "2000"),
        ("<MedlineDate>Winter 1999-2000</MedlineDate>", 1999, "1999"),
        ("<MedlineDate>undated</MedlineDate>", None, None),
    ],
)
def test_the_year_is_read_from_any_form_of_date(
    element: str, year: int | None, date: str | None
) -> None:
    source = read_one(citation(date=element)).source
    assert (source.year, source.date) == (year, date)


def test_a_record_without_abstract_has_no_blocks() -> None:
    record = read_one(citation(abstract=None))
    assert record.blocks == ()
    assert record.source.title == "An invented title."


def test_labels_stand_beside_the_text_and_name_the_role() -> None:
    parts = (
        '<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To test.</AbstractText>'
        '<AbstractText Label="MAIN OUTCOME MEASURES" NlmCategory="METHODS">Counts.</AbstractText>'
        '<AbstractText Label="WHAT WE FOUND" NlmCategory="RESULTS">Seven.</AbstractText>'
        '<AbstractText Label="TAKE-HOME MESSAGE" NlmCategory="UNASSIGNED">Test more.</AbstractText>'
        '<AbstractText Label="UNLABELLED">Loose.</AbstractText>'
    )
    assert read_one(citation(abstract=parts)).blocks == (
        Block("To test.", Role.OBJECTIVE, "AIM"),
        Block("Counts.", Role.METHODS, "MAIN OUTCOME MEASURES"),
        Block("Seven.", Role.RESULTS, "WHAT WE FOUND"),
        Block("Test more.", Role.CONCLUSIONS, "TAKE-HOME MESSAGE"),
        Block("Loose.", Role.UNLABELLED, ""),
    )


def test_labels_inside_an_unstructured_abstract_are_split_off() -> None:
    text = "<AbstractText>BACKGROUND: Old. RESULTS: New (ratio 1: 2). CONCLUSIONS: So.</AbstractText>"
    blocks = read_one(citation(abstract=text)).blocks
    assert [(block.label, block.text) for block in blocks] == [
        ("BACKGROUND", "Old."),
        ("RESULTS", "New (ratio 1: 2)."),
        ("CONCLUSIONS", "So."),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("10<sup>-3</sup> M", "10⁻³ M"),
        ("CD4<sup>+</sup> cells", "CD4⁺ cells"),
        ("CO<sub>2</sub>", "CO₂"),
        ("HbA<sub>1c</sub>", "HbA₁c"),
        ("C<sub>max</sub>", "Cmax"),
        ("10<sup>Q/2</sup>", "10^(Q/2)"),
        ("4<sup>th</sup> day", "4th day"),
        ("drug<sup>®</sup>", "drug®"),
        ("<i>E. coli</i> in <b>bold <i>nested</i></b>", "E. coli in bold nested"),
        ("x &lt; 5 &amp; y", "x < 5 & y"),
        ("a <sup> 2 </sup> b", "a  ²  b"),
    ],
)
def test_inline_markup_keeps_its_meaning(markup: str, text: str) -> None:
    record = read_one(citation(abstract=f"<AbstractText>{markup}.</AbstractText>", title=f"{markup}."))
    assert record.blocks[0].text == f"{text}."
    assert record.source.title == f"{text}."


def test_formulas_are_read_from_inside_out() -> None:
    maths = (
        '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mrow><mml:msup><mml:mi>x</mml:mi>'
        "<mml:mn>2</mml:mn></mml:msup><mml:mo>=</mml:mo><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn>"
        "</mml:mfrac></mml:mrow></mml:math>"
    )
    record = read_one(citation(abstract=f"<AbstractText>Where {maths} holds.</AbstractText>"))
    assert record.blocks[0].text == "Where x²=1/2 holds."


def test_a_formula_whose_prefix_was_declared_at_the_root_is_read_too() -> None:
    maths = "<mml:math><mml:msub><mml:mi>k</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math>"
    record = read_one(citation(abstract=f"<AbstractText>Let {maths} be.</AbstractText>"))
    assert record.blocks[0].text == "Let k₁ be."


def test_line_breaks_of_the_file_become_one_space_and_nothing_else_changes() -> None:
    text = "<AbstractText>\n  One\n      two  three\u00a0four.\r\n\tFive.  </AbstractText>"
    assert read_one(citation(abstract=text)).blocks[0].text == "One two  three\u00a0four. Five."


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("[An English title].", "An English title."),
        ("[An English title.]", "An English title."),
        ("[One] and [two].", "[One] and [two]."),
        ("Plain [sic] title.", "Plain [sic] title."),
    ],
)
def test_brackets_of_a_translated_title_are_taken_off(given: str, title: str) -> None:
    assert read_one(citation(title=given)).source.title == title


def test_the_vernacular_title_serves_where_there_is_no_other() -> None:
    source = read_one(citation(title="", article="<VernacularTitle>Titel.</VernacularTitle>")).source
    assert source.title == "Titel."


def test_a_translated_abstract_is_left_out() -> None:
    other = '<OtherAbstract Language="spa"><AbstractText>Otro.</AbstractText></OtherAbstract>'
    record = read_one(citation(after=other))
    assert [block.text for block in record.blocks] == ["An invented sentence."]


AUTHORS = """<AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>Müller</LastName><ForeName>Ann Bea</ForeName><Initials>AB</Initials>
<AffiliationInfo><Affiliation>Nowhere &amp; Co.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><LastName>O'Test</LastName><ForeName>Carl</ForeName><Initials>C</Initials>
<Suffix>Jr</Suffix><Identifier Source="ORCID">0000</Identifier></Author>{more}
</AuthorList>"""


def test_authors_are_family_name_and_initials_in_order() -> None:
    source = read_one(citation(authors=AUTHORS.format(more=""))).source
    assert source.authors == ("Müller AB", "O'Test C Jr")


def test_a_collective_author_stands_as_it_is() -> None:
    group = '<Author ValidYN="Y"><CollectiveName>Invented <i>Group</i></CollectiveName></Author>'
    source = read_one(citation(authors=AUTHORS.format(more=group))).source
    assert source.authors == ("Müller AB", "O'Test C Jr", "Invented Group")


def test_an_author_without_initials_and_an_escaped_name_are_kept() -> None:
    more = "<Author><LastName>Plato</LastName></Author><Author><LastName>A &amp; B</LastName></Author>"
    source = read_one(citation(authors=AUTHORS.format(more=more))).source
    assert source.authors[2:] == ("Plato", "A & B")


def test_headings_keywords_and_substances_are_read() -> None:
    after = (
        "<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>"
        '<NameOfSubstance UI="D0">Testamine</NameOfSubstance></Chemical></ChemicalList>'
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D1">Humans</DescriptorName></MeshHeading>'
        '<MeshHeading><DescriptorName UI="D2">Wounds &amp; Tests</DescriptorName>'
        '<QualifierName UI="Q1">therapy</QualifierName></MeshHeading></MeshHeadingList>'
        '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">testing</Keyword>'
        '<Keyword MajorTopicYN="N"><i>in vitro</i> work</Keyword></KeywordList>'
    )
    source = read_one(citation(after=after)).source
    assert source.headings == ("Humans", "Wounds & Tests", "testing", "in vitro work")
    assert source.substances == ("Testamine",)


def corrections(*entries: tuple[str, str]) -> str:
    inner = "".join(
        f'<CommentsCorrections RefType="{kind}"><RefSource>J Other. 2022;1:1</RefSource>{pmid}'
        "</CommentsCorrections>"
        for kind, pmid in entries
    )
    return f"<CommentsCorrectionsList>{inner}</CommentsCorrectionsList>"


PMID_7 = '<PMID Version="1">7</PMID>'


@pytest.mark.parametrize(
    ("kind", "relation", "status"),
    [
        ("RetractionIn", Relation.RETRACTED_BY, Status.RETRACTED),
        ("ExpressionOfConcernIn", Relation.CONCERN_BY, Status.CONCERN),
        ("ErratumIn", Relation.CORRECTED_BY, Status.CORRECTED),
        ("UpdateIn", Relation.UPDATED_BY, Status.SUPERSEDED),
        ("RetractionOf", Relation.RETRACTS, Status.CURRENT),
        ("ErratumFor", Relation.CORRECTS, Status.CURRENT),
        ("UpdateOf", Relation.UPDATES, Status.CURRENT),
    ],
)
def test_corrections_become_links_and_standing(kind: str, relation: Relation, status: Status) -> None:
    source = read_one(citation(after=corrections(("Cites", PMID_7), (kind, PMID_7)))).source
    assert source.links == (Link(relation, "pmid:7"),)
    assert source.status is status


def test_a_correction_without_pmid_keeps_the_printed_citation() -> None:
    source = read_one(citation(after=corrections(("ErratumIn", "")))).source
    assert source.links == (Link(Relation.CORRECTED_BY, "J Other. 2022;1:1"),)


def test_a_retraction_outweighs_every_other_correction() -> None:
    after = corrections(
        ("ErratumIn", PMID_7), ("ExpressionOfConcernIn", PMID_7), ("RetractionIn", PMID_7)
    )
    assert read_one(citation(after=after)).source.status is Status.RETRACTED


def test_what_an_article_cites_is_no_link() -> None:
    source = read_one(citation(after=corrections(("Cites", PMID_7), ("CommentIn", PMID_7)))).source
    assert (source.links, source.status) == ((), Status.CURRENT)


def test_a_retracted_publication_is_retracted_without_any_link() -> None:
    types = (
        "<PublicationType>Journal Article</PublicationType>"
        "<PublicationType>Retracted Publication</PublicationType>"
    )
    assert read_one(citation(types=types)).source.status is Status.RETRACTED


def test_a_retraction_notice_retracts_and_is_itself_current() -> None:
    types = "<PublicationType>Retraction of Publication</PublicationType>"
    source = read_one(citation(types=types, after=corrections(("RetractionOf", PMID_7)))).source
    assert source.links == (Link(Relation.RETRACTS, "pmid:7"),)
    assert (source.status, source.design) == (Status.CURRENT, Design.OTHER)


def test_a_withdrawn_title_is_withdrawn() -> None:
    assert read_one(citation(title="WITHDRAWN: An old review.")).source.status is Status.WITHDRAWN


def test_revisions_sort_by_version_and_then_by_date() -> None:
    revisions = [
        read_one(citation(version=version, revised=revised)).source.revision
        for version, revised in [
            ("1", ""),
            ("1", "<DateRevised><Year>2021</Year><Month>2</Month><Day>3</Day></DateRevised>"),
            ("1", "<DateRevised><Year>2021</Year><Month>10</Month><Day>01</Day></DateRevised>"),
            ("2", "<DateRevised><Year>2019</Year><Month>01</Month><Day>01</Day></DateRevised>"),
            ("12", "<DateRevised><Year>2018</Year><Month>01</Month><Day>01</Day></DateRevised>"),
        ]
    ]
    assert revisions == sorted(revisions)
    assert revisions[0] == "0001-2020-01-02"
    assert revisions[1] == "0001-2021-02-03"
    assert revisions[-1].startswith("0012-")


def test_a_guideline_by_type_is_printed_as_guideline() -> None:
    source = read_one(citation(types="<PublicationType>Practice Guideline</PublicationType>")).source
    assert (source.kind, source.design) == (Kind.GUIDELINE, Design.GUIDELINE)


def test_pmcid_of_old_files_stands_among_other_ids() -> None:
    old = '<OtherID Source="NLM">{}</OtherID>'
    after = old.format("NIHMS1") + old.format("PMC44 [Available on 01/01/20]")
    assert read_one(citation(after=after)).source.pmcid == "PMC44"
