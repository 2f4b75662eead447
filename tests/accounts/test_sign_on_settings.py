"""How the identity provider is set, and over which connections it is asked."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from tests.accounts.conftest import ADDRESS
from tests.accounts.identity_provider import CLIENT, SECRET, Provider, ec_key, providing

from osler.accounts.registry import Registry
from osler.accounts.sign_on.errand import Aim
from osler.config import SignOnSettings, load_settings
from osler.errors import OfflineError, UsageError
from osler.service.wiring import open_sign_on

ISSUER = "https://login.hospital.example/realms/one"
WHOLE = {"OSLER_OIDC_ISSUER": ISSUER, "OSLER_OIDC_CLIENT_ID": CLIENT}


def read(tmp_path: Path, **changes: str) -> SignOnSettings | None:
    return load_settings({**WHOLE, **changes}, default_home=tmp_path).sign_on


def test_an_issuer_and_a_client_are_enough(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found == SignOnSettings(ISSUER, CLIENT, None, "login.hospital.example")


def test_without_an_issuer_there_is_no_provider(tmp_path: Path) -> None:
    assert read(tmp_path, OSLER_OIDC_ISSUER="", OSLER_OIDC_CLIENT_SECRET=SECRET) is None


def test_the_issuer_is_kept_to_the_letter(tmp_path: Path) -> None:
    found = read(tmp_path, OSLER_OIDC_ISSUER=f"{ISSUER}/")
    assert found is not None
    assert found.issuer == f"{ISSUER}/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OSLER_OIDC_ISSUER", "login.hospital.example"),
        ("OSLER_OIDC_ISSUER", "ftp://login.hospital.example"),
        ("OSLER_OIDC_ISSUER", "https://login.hospital.example/?tenant=1"),
        ("OSLER_OIDC_ISSUER", "https://user:word@login.hospital.example"),
        ("OSLER_OIDC_ISSUER", "https://login.hospital.example/a b"),
        ("OSLER_OIDC_CLIENT_ID", ""),
        ("OSLER_OIDC_CLIENT_ID", "two words"),
        ("OSLER_OIDC_CLIENT_SECRET", "s3cret\nof two lines"),
        ("OSLER_OIDC_NAME", "x" * 61),
        ("OSLER_OIDC_NAME", "two\nlines"),
        ("OSLER_OIDC_CERTIFICATES", "/nowhere/at/all.pem"),
    ],
)
def test_what_cannot_be_meant_is_named_and_not_repeated(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, **{name: value})
    assert caught.value.item == name
    assert "s3cret" not in caught.value.as_line()
    assert "user:word" not in caught.value.as_line()


def test_a_site_does_not_start_with_a_provider_that_is_asked_without_tls(tmp_path: Path) -> None:
    settings = load_settings(
        {**WHOLE, "OSLER_OIDC_ISSUER": "http://login.hospital.example"}, default_home=tmp_path
    )
    with pytest.raises(UsageError) as caught:
        open_sign_on(settings)
    assert caught.value.item == "OSLER_OIDC_ISSUER"


def test_a_site_says_at_its_start_that_it_could_judge_no_signature(tmp_path: Path) -> None:
    """In a process of its own that finds no joserfc, as in an installation without it."""
    script = (
        "import sys; sys.modules['joserfc'] = None\n"
        "from osler.surfaces.web.app import create_app\n"
        "from osler.errors import UsageError\n"
        "try:\n    create_app()\n"
        "except UsageError as fault:\n    print(fault.code, fault.message)\n"
    )
    settings = {**os.environ, **WHOLE, "OSLER_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=settings, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.startswith("usage.extra"), done.stderr
    assert "joserfc" in done.stdout


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that no public authority has signed, with its key."""
    key, name = ec_key("tls"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    file.with_suffix(".key").write_bytes(private)
    return file


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[Provider]:
    with providing() as provider:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        provider.socket = context.wrap_socket(provider.socket, server_side=True)
        issuer = provider.issuer.replace("http:", "https:")
        places = {
            name: value.replace("http:", "https:")
            for name, value in provider.description().items()
            if isinstance(value, str)
        }
        provider.behave(description={**places, "issuer": issuer})
        yield provider


def test_a_private_authority_is_believed_where_it_is_named(
    tmp_path: Path, registry: Registry, encrypted: Provider, certificate: Path
) -> None:
    issuer = encrypted.issuer.replace("http:", "https:")
    named = {**WHOLE, "OSLER_OIDC_ISSUER": issuer, "OSLER_OIDC_CERTIFICATES": str(certificate)}
    flow = open_sign_on(load_settings(named, default_home=tmp_path))
    assert flow is not None
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    assert begun.address.startswith(f"{issuer}/authorize?")
    flow.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, registry: Registry, encrypted: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    issuer = encrypted.issuer.replace("http:", "https:")
    flow = open_sign_on(load_settings({**WHOLE, "OSLER_OIDC_ISSUER": issuer}, default_home=tmp_path))
    assert flow is not None
    with pytest.raises(OfflineError):
        flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    assert "net.certificate" in caplog.text
    flow.close()


def test_a_page_without_tls_is_not_where_an_encrypted_provider_leads(
    tmp_path: Path, registry: Registry, encrypted: Provider, certificate: Path
) -> None:
    issuer = encrypted.issuer.replace("http:", "https:")
    encrypted.behaviour.description["token_endpoint"] = f"{encrypted.issuer}/token"
    named = {**WHOLE, "OSLER_OIDC_ISSUER": issuer, "OSLER_OIDC_CERTIFICATES": str(certificate)}
    flow = open_sign_on(load_settings(named, default_home=tmp_path))
    assert flow is not None
    with pytest.raises(OfflineError):
        flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    flow.close()
