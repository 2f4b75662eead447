"""The way there and back: OpenID Connect's authorization code flow, with PKCE (RFC 6749, RFC 7636).

Says who somebody is at the provider, and nothing of who that is here. Of the person only an id is asked
for (scope ``openid``): no name, no address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from osler.accounts.limits import Limit, TooManyError, take_turn
from osler.accounts.registry import Registry
from osler.accounts.sign_on.errand import LASTS, Aim, Errand, Seal
from osler.accounts.sign_on.faults import declined, not_begun, not_believed
from osler.accounts.sign_on.id_token import Expected, UnknownKeyError, read_subject
from osler.accounts.sign_on.provider import IdentityProvider
from osler.accounts.tokens import digest_of, is_same
from osler.config import SignOnSettings

BACK: Final = "/account/sign-on/back"
"""Where the provider sends people back to, on this site; the only address it may know."""
SIGN_ONS_OF_ADDRESS: Final = Limit(50, 15 * 60)
ONCE: Final = Limit(1, (LASTS + timedelta(minutes=1)).total_seconds())
LONGEST_CODE: Final = 4096


@dataclass(frozen=True, slots=True)
class Begun:
    """An errand that has begun.

    Attributes:
        address: Where the browser goes.
        cookie: What it carries meanwhile.
    """

    address: str
    cookie: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who is back, and whom the provider vouches for.

    Attributes:
        subject: ``ISSUER SUBJECT``, which is the same person's for ever.
        errand: What they were sent for.
    """

    subject: str
    errand: Errand


class CodeFlow:
    """Sends people to one provider and takes them in again.

    Args:
        provider: Who vouches for people.
        settings: How it is named.
        seal: Writes and reads errands.
        site_url: Address of this site, with no slash at its end.
    """

    def __init__(
        self, provider: IdentityProvider, settings: SignOnSettings, seal: Seal, *, site_url: str
    ) -> None:
        self._provider = provider
        self._settings = settings
        self._seal = seal
        self._back = site_url + BACK

    @property
    def name(self) -> str:
        """What people call the provider."""
        return self._settings.name

    def begin(
        self,
        registry: Registry,
        aim: Aim,
        *,
        address: str,
        proof: str = "",
        next: str = "/",  # noqa: A002 - the field's name
    ) -> Begun:
        """Return where to send the browser, and what it carries.

        Args:
            registry: The accounts.
            aim: Why.
            address: Network address it came from.
            proof: What entitles to it; see ``Errand``.
            next: Where to go on to afterwards; a path of this site.

        Raises:
            TooManyError: Begun too often from this address.
            OfflineError: ``offline.sign_on``.
        """
        take_turn(registry, [(f"sign-ons {address}", SIGN_ONS_OF_ADDRESS)])
        target = self._provider.describe().authorize
        errand = self._seal.begin(aim, proof=proof, next=next)
        fields = {
            "response_type": "code",
            "client_id": self._settings.client,
            "redirect_uri": self._back,
            "scope": "openid",
            "state": self._seal.state(errand),
            "nonce": self._seal.nonce(errand),
            "code_challenge": self._seal.challenge(errand),
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in target else "?"
        return Begun(f"{target}{joint}{urlencode(fields)}", self._seal.write(errand))

    def finish(
        self, registry: Registry, cookie: str, fields: Mapping[str, str], *, address: str
    ) -> Proven:
        """Return who came back.

        Args:
            registry: The accounts.
            cookie: What the browser carried.
            fields: What the provider sent it back with.
            address: Network address it came from.

        Raises:
            SignOnError: Not begun here, declined by the provider, or not believed; noted in the log.
            OfflineError: ``offline.sign_on``.
        """
        errand = self._seal.read(cookie)
        # Before anything else is read: whoever does not know the state may neither use the errand up nor
        # make us say anything of it.
        if not is_same(fields.get("state", ""), self._seal.state(errand)):
            raise not_begun()
        self._use_up(registry, errand)
        self._check_who_answers(fields)
        code = fields.get("code", "")
        if "error" in fields or not 0 < len(code) <= LONGEST_CODE:
            raise declined()
        token = self._provider.redeem(code, verifier=self._seal.verifier(errand), back=self._back)
        subject = self._read(token, errand)
        registry.sign_in.forget_latest_attempt(f"sign-ons {address}")  # a ward shares one address
        return Proven(f"{self._settings.issuer} {subject}", errand)

    def close(self) -> None:
        """Close the connections to the provider."""
        self._provider.close()

    def _use_up(self, registry: Registry, errand: Errand) -> None:
        """Let this errand count for the one time that it does, over all threads and processes."""
        try:
            take_turn(registry, [(f"sign-on {digest_of(errand.mark)}", ONCE)])
        except TooManyError:
            raise not_begun() from None

    def _check_who_answers(self, fields: Mapping[str, str]) -> None:
        """Refuse an answer that another provider gave (RFC 9207, section 2.4)."""
        named = fields.get("iss")
        if named is None and not self._provider.describe().names_itself:
            return
        if named != self._settings.issuer:
            raise not_believed("it was made by another provider")

    def _read(self, token: str, errand: Errand) -> str:
        settings, now = self._settings, self._seal.now()
        expected = Expected(settings.issuer, settings.client, self._seal.nonce(errand), errand.begun)
        try:
            return read_subject(token, self._provider.keys(), expected, now=now)
        except UnknownKeyError:
            pass  # the provider may have changed its keys since we asked
        try:
            return read_subject(token, self._provider.keys(anew=True), expected, now=now)
        except UnknownKeyError:
            raise not_believed("its signature is not the provider's") from None
