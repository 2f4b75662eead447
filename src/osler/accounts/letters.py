"""The letters that Osler sends to people, as plain text. Never sends one itself."""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.account import Purpose


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        to: E-mail address.
        subject: One line.
        text: Plain text; lines end in a line feed.
    """

    to: str
    subject: str
    text: str


def letter_with_link(to: str, name: str, link: str, purpose: Purpose) -> Letter:
    """Return the letter that carries a one-time ``link`` to set a password by."""
    if purpose is Purpose.INVITATION:
        return Letter(
            to,
            "Your account on Osler",
            f"Dear {name},\n\n"
            "an account on Osler has been made for you. Choose your password here:\n\n"
            f"{link}\n\n"
            "The link works once, and for seven days. If you did not expect this letter, leave it\n"
            "unanswered: without a password nobody can use the account.\n",
        )
    return Letter(
        to,
        "A new password for Osler",
        f"Dear {name},\n\n"
        "somebody, most likely you, asked for a new password for your account on Osler.\n"
        "Choose it here:\n\n"
        f"{link}\n\n"
        "The link works once, and for one hour. If it was not you, leave this letter unanswered:\n"
        "your password stays as it is.\n",
    )
