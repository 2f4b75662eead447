"""What can go wrong on the way by an identity provider, in words for whoever signs in.

``SignOnError`` (exit 7) says that somebody is not let in, and its code why. A provider that cannot be
used just now is an ``OfflineError`` (exit 6), ``offline.sign_on``, whatever is the matter with it.
"""

from __future__ import annotations

from osler.errors import NotAllowedError, OfflineError


class SignOnError(NotAllowedError):
    """Somebody came back from the provider and is not let in."""

    code = "not_allowed.sign_on"


def not_begun() -> SignOnError:
    """Return the error for a way back without a way there: too late, used, or begun elsewhere."""
    return SignOnError(
        "this sign-in was not begun in this browser, took too long, or was used already",
        hint="start again from the page to sign in; allow cookies of this site",
    )


def declined() -> SignOnError:
    """Return the error for somebody whom the provider itself did not let in."""
    return SignOnError(
        "the provider did not sign you in",
        hint="start again, or ask whoever looks after your account there",
        code="not_allowed.sign_on_declined",
    )


def not_believed(reason: str) -> SignOnError:
    """Return the error for an answer of the provider that must not be believed, with the ``reason``."""
    return SignOnError(
        f"what the provider said of you is not believed: {reason}",
        hint="start again; if it stays so, tell whoever runs this site",
        code="not_allowed.sign_on_token",
    )


def unknown() -> SignOnError:
    """Return the error for somebody whom the provider knows and this site does not."""
    return SignOnError(
        "the provider knows you, and no account here is tied to your sign-in there",
        hint="if you have an account, sign in with your password and tie it under My account;"
        " if not, ask an administrator for an invitation",
        code="not_allowed.sign_on_unknown",
    )


def out_of_reach() -> OfflineError:
    """Return the error for a provider that cannot be used just now, whatever is the matter with it."""
    return OfflineError(
        "the provider cannot be used just now",
        hint="try again in a moment, or sign in with your password",
        code="offline.sign_on",
    )
