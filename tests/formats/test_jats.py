"""JATS: front matter, sections with headings, and text from which citation marks vanish cleanly."""

from __future__ import annotations

import io

import pytest

from osler.errors import InputError
from osler.formats.jats import read_jats
from osler.model.passage import Role
from osler.model.record import Block, Item, Record, Rejection
from osler.model.source import Design, Link, Relation, Status

NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
LICENCE = (
    '<permissions><license license-type="open-access" '
    'xlink:href="http://creativecommons.org/licenses/by-nc/4.0/"><license-p>Open.</license-p></license>'
    "</permissions>"
)


def article(
    *,
    abstract: str = "<abstract><p>An invented abstract.</p></abstract>",
    body: str = "",
    ids: str = '<article-id pub-id-type="pmc">12</article-id>'
    '<article-id pub-id-type="pmid">34</article-id>'
    '<article-id pub-id-type="doi">10.9999/AB.c</article-id>',
    kind: str = "research-article",
    meta: str = "",
    title: str = "An invented <italic>title</italic>",
    after: str = "",
) -> str:
    return f"""<article {NAMESPACES} article-type="{kind}" xml:lang="en"><front>
<journal-meta><journal-id journal-id-type="nlm-ta">J Invent Tests</journal-id>
<journal-title-group><journal-title>Journal of Invented Tests</journal-title></journal-title-group>
</journal-meta><article-meta>{ids}
<title-group><article-title>{title}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Müller</surname>
<given-names>Anna-Bea C</given-names></name><xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><collab>Invented Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Nobody</surname></name></contrib></contrib-group>
<pub-date pub-type="epub"><year>2019</year></pub-date>
<pub-date pub-type="ppub"><month>2</month><year>2020</year></pub-date>
{LICENCE}{abstract}<kwd-group><kwd>tests</kwd></kwd-group>{meta}</article-meta></front>
<body>{body}</body><back><ref-list><ref id="r1"><mixed-citation>Someone. 1999.</mixed-citation></ref>
</ref-list></back>{after}</article>"""


def read(text: str | bytes) -> list[Item]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_jats(io.BytesIO(data), name="a.nxml"))


def read_one(text: str) -> Record:
    (item,) = read(text)
    assert isinstance(item, Record), item
    return item


def paragraph(markup: str) -> str:
    (_, block) = read_one(article(body=f"<p>{markup}</p>")).blocks
    return block.text


def test_the_front_matter_is_read() -> None:
    source = read_one(article()).source
    assert source.key == "pmc:PMC12"
    assert (source.pmid, source.pmcid, source.doi) == ("34", "PMC12", "10.9999/ab.c")
    assert source.title == "An invented title"
    assert source.authors == ("Müller ABC", "Invented Group")
    assert source.container == "J Invent Tests"
    assert (source.year, source.date) == (2020, "2020-02")
    assert (source.licence, source.language, source.headings) == ("CC BY-NC 4.0", "eng", ("tests",))


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ('<article-id pub-id-type="pmcid">PMC9.1</article-id>', "pmc:PMC9"),
        ('<article-id pub-id-type="doi">10.9999/x</article-id>', "doi:10.9999/x"),
        ('<article-id pub-id-type="pmid">5</article-id>', "pmid:5"),
    ],
)
def test_the_key_falls_back_from_pmcid_to_doi_to_pmid(ids: str, key: str) -> None:
    assert read_one(article(ids=ids)).source.key == key


def test_a_structured_abstract_keeps_labels_beside_the_text() -> None:
    abstract = """<abstract><sec><title>Background</title><p>Old.</p></sec>
    <sec sec-type="methods"><title>Patients:</title><p>Some.</p><p>More.</p></sec></abstract>
    <abstract abstract-type="teaser"><p>Buy!</p></abstract>"""
    assert read_one(article(abstract=abstract)).blocks == (
        Block("Old.", Role.BACKGROUND, "Background"),
        Block("Some. More.", Role.METHODS, "Patients"),
    )


def test_sections_carry_their_path_and_their_role() -> None:
    body = """<sec><title>1. Introduction</title><p>One.</p></sec>
    <sec sec-type="materials|methods"><title>How</title><sec><title>Where</title><p>Two.</p></sec></sec>
    <sec><title>Results</title><p>Three.</p></sec>
    <sec><title>Competing interests</title><p>None.</p></sec>"""
    assert read_one(article(body=body, abstract="")).blocks == (
        Block("One.", Role.BACKGROUND, heading="1. Introduction"),
        Block("Two.", Role.METHODS, heading="How › Where"),
        Block("Three.", Role.RESULTS, heading="Results"),
    )


X = '<xref ref-type="bibr" rid="r1">{}</xref>'
A, B, C = X.format("1"), X.format("2"), X.format("[3]")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"Risk rose [{A}].", "Risk rose."),
        (f"Risk rose [{A},{B}].", "Risk rose."),
        (f"Risk rose [{A}, {B}]. Then fell.", "Risk rose. Then fell."),
        (f"Risk rose [{A}-{B}] and fell.", "Risk rose and fell."),
        (f"Risk rose [{A}–{B},{A}].", "Risk rose."),
        (f"Risk rose ({A}).", "Risk rose."),
        (f"Risk rose (e.g., {A}, {B}).", "Risk rose."),
        (f"Risk rose [see {A}].", "Risk rose."),
        (f"Risk rose {C}, {C}. Then fell.", "Risk rose. Then fell."),
        (f"Risk rose.{A} Then fell.", "Risk rose. Then fell."),
        (f"Risk rose.<sup>{A},{B}</sup> Then fell.", "Risk rose. Then fell."),
        (f"Risk rose<sup>{A}–{B}</sup>, then fell.", "Risk rose, then fell."),
        (f"Give 20 mg<sup>{A}</sup> daily.", "Give 20 mg daily."),
        (f"Risk{A}rose.", "Risk rose."),
        (f"Vaccines,{A},{B} and drugs.", "Vaccines, and drugs."),
        ("As Smith et al. " + X.format("2001") + " said.", "As Smith et al. 2001 said."),
        ("As " + X.format("Smith 2001") + " said.", "As Smith 2001 said."),
        (
            'See <xref ref-type="fig" rid="f1">Figure 1</xref> and 10<sup>9</sup>/L.',
            "See Figure 1 and 10⁹/L.",
        ),
        ('Doses<xref ref-type="table-fn" rid="t1">*</xref> vary.', "Doses vary."),
        ("H<sub>2</sub>O and x<sup>2,</sup> y.", "H₂O and x²_ y.".replace("_", ",")),
    ],
)
def test_citation_marks_leave_nothing_behind(markup: str, text: str) -> None:
    assert paragraph(markup) == text


def test_a_formula_in_words_is_kept_and_a_picture_of_one_is_marked() -> None:
    formula = (
        "<inline-formula><alternatives><inline-graphic/><tex-math>\\frac{1}{2}</tex-math><mml:math>"
        "<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></alternatives></inline-formula>"
    )
    assert paragraph(f"Let {formula} be.") == "Let x² be."
    assert paragraph("Let <inline-formula><inline-graphic/></inline-formula> be.") == "Let […] be."


def test_tables_become_rows_and_figures_their_captions() -> None:
    body = """<sec sec-type="results"><title>Results</title><p>See it.
    <table-wrap><label>Table 1.</label><caption><title>Doses.</title></caption><table><thead><tr>
    <th>Drug</th><th>Dose</th></tr></thead><tbody><tr><td>Testamine</td>
    <td>5 × 10<sup>3</sup> U</td></tr></tbody></table>
    <table-wrap-foot><fn><p>Note.</p></fn></table-wrap-foot></table-wrap></p>
    <fig><label>Figure 1</label><caption><title>Curve.</title><p>It rises.</p></caption></fig></sec>"""
    assert read_one(article(body=body, abstract="")).blocks == (
        Block("See it.", Role.RESULTS, heading="Results"),
        Block("Doses.\nDrug | Dose\nTestamine | 5 × 10³ U", Role.TABLE, "Table 1", "Results"),
        Block("Curve. It rises.", Role.RESULTS, "Figure 1", "Results"),
    )


def test_lists_and_boxes_are_read_in_order() -> None:
    body = """<p>First:</p><list><list-item><p>a</p></list-item><list-item><p>b</p>
    <list><list-item><p>c</p></list-item></list></list-item></list>
    <boxed-text><sec><title>Box</title><p>d</p></sec></boxed-text>"""
    blocks = read_one(article(body=body, abstract="")).blocks
    assert [block.text for block in blocks] == ["First:", "a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("kind", "design"),
    [
        ("review-article", Design.NARRATIVE_REVIEW),
        ("systematic-review", Design.SYSTEMATIC_REVIEW),
        ("case-report", Design.CASE_SERIES),
        ("editorial", Design.OTHER),
        ("correction", Design.OTHER),
    ],
)
def test_the_article_type_names_the_design(kind: str, design: Design) -> None:
    assert read_one(article(kind=kind)).source.design is design


def test_a_retraction_notice_names_what_it_retracts() -> None:
    meta = (
        '<related-article related-article-type="retracted-article" '
        'ext-link-type="doi" xlink:href="10.9999/Bad"/>'
    )
    source = read_one(article(kind="retraction", meta=meta)).source
    assert source.links == (Link(Relation.RETRACTS, "doi:10.9999/bad"),)
    assert source.status is Status.CURRENT


def test_a_retracted_title_is_retracted() -> None:
    assert read_one(article(title="RETRACTED: A claim")).source.status is Status.RETRACTED


def test_a_set_of_articles_gives_each_and_says_what_is_missing() -> None:
    missing = '<Reply Id="99" id="99" error="Article not available"/>'
    empty = "<article><front><article-meta/></front></article>"
    items = read(f"<pmc-articleset>{article()}{missing}{empty}</pmc-articleset>")
    assert [getattr(item, "code", "record") for item in items] == [
        "record",
        "input.no_identifier",
        "input.not_returned",
    ]
    assert isinstance(items[2], Rejection)
    assert "99" in items[2].item


def test_a_doctype_that_is_not_at_hand_and_html_names_are_no_obstacle() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">'
    whole = article(body="<p>5&nbsp;&mu;g</p>", abstract="")
    assert read_one(doctype + whole).blocks[0].text == "5\u00a0μg"
    assert read_one(whole).blocks[0].text == "5\u00a0μg"


def test_markup_nested_beyond_reason_is_refused_alone() -> None:
    deep = article(body="<sec>" * 3000 + "</sec>" * 3000)
    items = read(f"<pmc-articleset>{deep}{article()}</pmc-articleset>")
    assert [getattr(item, "code", "record") for item in items] == ["input.xml", "record"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b"<book/>", "input.not_jats"),
        (b"plain", "input.not_jats"),
        (b"<article><front>", "input.truncated"),
        (b"<article></front></article>", "input.xml"),
        (b"<article>\xe9</article>", "input.encoding"),
        (b"<article>&bogus;</article>", "input.entities"),
        (b'<!DOCTYPE article [<!ENTITY a "b">]><article>&a;</article>', "input.entities"),
        (
            b'<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]><article>&a;</article>',
            "input.entities",
        ),
    ],
)
def test_a_broken_article_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code
