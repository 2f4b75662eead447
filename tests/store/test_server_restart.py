"""A server that stops or crashes in the middle: said plainly meanwhile, and nothing is half done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.library.adder import records, start_adding
from tests.library.made import add, make_record
from tests.on_postgresql import cluster
from tests.on_postgresql.cluster import Cluster
from tests.review.made import AUTHOR, DOSE, PAPERS, write_papers
from tests.store.test_postgresql import open_at
from tests.surfaces.cli.conftest import call_process
from tests.surfaces.web.browsing import PASSWORD, Browser
from tests.surfaces.web.conftest import Site, start, stop

from osler.accounts import people
from osler.errors import Exit, LibraryError
from osler.model.person import Role
from osler.service.add import add as add_files
from osler.service.articles.opening import submit
from osler.service.wiring import open_desk, open_registry
from osler.store import open_store
from osler.store.entry import Batch

pytestmark = pytest.mark.usefixtures("postgresql")  # skipped where there is none, with the reason
NAME = "Test Administrator"


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server that these tests may stop."""
    try:
        started = cluster.start()
    except cluster.NoServerError as fault:
        pytest.skip(str(fault))
    yield started
    started.stop()


@pytest.fixture
def url(server: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    name = f"own_{abs(hash(request.node.name))}"
    server.run(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``osler serve`` over invented papers, with an administrator."""
    server.run("CREATE DATABASE site")
    url, folder = server.url("site"), tmp_path_factory.mktemp("site")
    papers, home = write_papers(folder, PAPERS), folder / "home"
    assert call_process("add", str(papers), home=home, OSLER_DATABASE_URL=url).status == Exit.DONE
    with open_registry({"OSLER_HOME": str(home), "OSLER_DATABASE_URL": url}) as registry:
        account = people.add_person(registry, NAME, roles=(Role.ADMINISTRATOR,), actor="terminal")
        people.set_password(registry, account, PASSWORD, actor="terminal")
    running = start(home, folder / "serve.log", OSLER_DATABASE_URL=url)
    yield running
    stop(running)


BOTH = pytest.mark.parametrize("crash", [False, True], ids=["stopped", "crashed"])


@BOTH
def test_a_site_says_that_its_library_is_away_and_goes_on_when_it_is_back(
    server: Cluster, site: Site, crash: bool
) -> None:
    somebody, nobody = (Browser(httpx.Client(base_url=site.url, timeout=60)) for _ in range(2))
    assert somebody.sign_in(NAME).status_code == 303
    for browser in (somebody, nobody):
        assert "2 mg/kg" in browser.get("/ask", params={"q": DOSE}).text
    drawn_with = re.search(r'href="(/static/[^"]+\.css)', somebody.get("/").text)
    assert drawn_with is not None

    server.down(crash=crash)
    for browser in (somebody, nobody):
        for path in ("/", f"/ask?q={DOSE}", "/articles"):
            away = browser.get(path)
            assert (path, away.status_code) == (path, 503)
            assert away.headers["retry-after"].isdecimal()
            assert "OSLER_DATABASE_URL" not in away.text
        assert browser.get(drawn_with[1]).status_code == 200
    assert "library.unreachable" in site.log.read_text()

    server.up()
    for browser in (somebody, nobody):
        assert "2 mg/kg" in browser.get("/ask", params={"q": DOSE}).text
    assert NAME in somebody.get("/account").text
    assert somebody.post("/account/sign-out", page="/account").status_code == 303


@BOTH
def test_a_site_that_nobody_asked_meanwhile_never_notices(
    server: Cluster, site: Site, crash: bool
) -> None:
    somebody, nobody = (Browser(httpx.Client(base_url=site.url, timeout=60)) for _ in range(2))
    somebody.sign_in(NAME)
    for browser in (somebody, nobody):
        assert "2 mg/kg" in browser.get("/ask", params={"q": DOSE}).text
    told = site.log.read_text().count("library.unreachable")
    page = somebody.get("/account").url.path
    server.down(crash=crash)
    server.up()
    shared = somebody.post("/share", {"q": DOSE}, page=page)
    assert shared.status_code == 303
    assert "2 mg/kg" in somebody.get(shared.headers["location"]).text
    server.down(crash=crash)
    server.up()
    assert nobody.sign_in(NAME).status_code == 303
    assert site.log.read_text().count("library.unreachable") == told


def test_a_keeping_that_comes_first_after_a_restart_is_done(server: Cluster, url: str) -> None:
    with open_at(url) as store:
        for number in range(3):
            store.put_answer(f"ans_{number}", "{}", now="2026-01-01")
            server.down()
            server.up()
        assert store.counts()["answers"] == 3


@BOTH
def test_an_addition_that_loses_its_server_leaves_whole_batches(
    server: Cluster, url: str, tmp_path: Path, crash: bool
) -> None:
    with open_store(tmp_path / "osler.db", create=True, wait_s=1.0, holder="osler test") as file:
        add(file, records(4000))
        undisturbed = file.snapshot()
    process = start_adding(url, 4000, pause=True)
    assert process.stdout is not None
    assert [process.stdout.readline().strip() for _ in range(3)] == ["open", "1000", "2000"]
    server.down(crash=crash)
    _out, err = process.communicate()
    assert (process.returncode, "library.unreachable" in err) == (Exit.FAULT, True)
    server.up()
    with open_at(url) as store:
        assert not store.is_being_written()
        assert 0 < store.count_sources() == store.counts()["passages"] < 4000
        assert store.count_sources() == len(list(store.iter_index_rows()))
        add(store, records(4000))
        assert store.snapshot() == undisturbed


def test_a_writer_whose_lock_was_lost_writes_nothing_more(server: Cluster, url: str) -> None:
    batch = Batch((), "made", "2026-01-01T00:00:00Z")
    with open_at(url) as store, open_at(url) as other, store.writing() as writer:
        writer.write(batch)
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'osler test, process%'"
        )
        assert add(other, [make_record(1)]).added == 1  # it got the lock that was lost
        with pytest.raises(LibraryError) as caught:
            writer.write(batch)
    assert caught.value.code == "library.unreachable"


@pytest.mark.parametrize(
    ("alteration", "named"),
    [
        ("UPDATE article_events SET body = replace(body, 'opened', 'revised') WHERE n = 1", "event 1"),
        ("DELETE FROM article_events WHERE n = (SELECT max(n) FROM article_events)", "is missing"),
    ],
)
def test_the_proof_of_the_history_finds_what_somebody_altered_by_sql(
    server: Cluster, url: str, tmp_path: Path, alteration: str, named: str
) -> None:
    home, database = tmp_path / "home", url.partition("?")[0].rpartition("/")[2]
    settings = {"OSLER_HOME": str(home), "OSLER_DATABASE_URL": url, "OSLER_OFFLINE": "1"}
    with open_desk(settings, create=True, holder="osler test") as desk:
        add_files(desk, [str(write_papers(tmp_path, PAPERS))])
        submit(desk, DOSE, by=AUTHOR)
    words = ("article", "history", "--verify", "--json")
    assert call_process(*words, home=home, OSLER_DATABASE_URL=url).status == Exit.DONE
    with pytest.raises(psycopg.Error, match="can only be added to"):
        server.run(alteration, database=database)
    switch = "ALTER TABLE article_events {} TRIGGER USER"
    server.run(switch.format("DISABLE"), alteration, switch.format("ENABLE"), database=database)
    said = call_process(*words, home=home, OSLER_DATABASE_URL=url)
    assert (said.status, said.error["code"]) == (Exit.FAULT, "library.history")
    assert named in said.error["message"]
