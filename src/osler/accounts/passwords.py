"""Passwords as argon2id hashes (RFC 9106), and the same work where there is none to compare with.

A hash names its parameters, so those made with older ones are known and made anew at the next sign-in.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from osler.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB: Final = 47_104
PASSES: Final = 1
LANES: Final = 1
SALT_BYTES: Final = 16
HASH_BYTES: Final = 32
"""46 MiB, one pass, one lane: one of the sets of parameters that OWASP's cheat sheet on password storage
gives as equally strong, and the one with the fewest passes over the memory."""

AT_ONCE: Final = 2
"""Hashes worked out at the same time: a flood of sign-ins queues instead of filling the memory."""

_turn = threading.BoundedSemaphore(AT_ONCE)
_NOBODY: Final = (
    f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""A hash that no password has, for accounts that do not exist or have no password."""


def hash_password(password: str, randomness: Callable[[int], bytes]) -> str:
    """Return the hash of ``password`` with its salt and parameters."""
    with _turn:
        return _hasher().hash(_bytes_of(password), salt=randomness(SALT_BYTES))


def is_password(password: str, stored: str | None) -> bool:
    """Tell whether ``stored`` is the hash of ``password``; it takes as long where there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _turn:
        try:
            return _hasher().verify(stored or _NOBODY, _bytes_of(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Tell whether ``stored`` was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def _bytes_of(password: str) -> bytes:
    # The same letters typed on two keyboards may come in two forms (NIST SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher, Type
    except ImportError as error:
        raise missing_extra("argon2-cffi") from error
    return PasswordHasher(
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=HASH_BYTES,
        salt_len=SALT_BYTES,
        type=Type.ID,
    )


def missing_extra(package: str) -> UsageError:
    """Return the error for an installation without the packages that accounts need."""
    return UsageError(
        f"accounts need the package {package}",
        item="osler[web]",
        hint="pip install 'osler[web]'",
        code="usage.extra",
    )
