"""Floor 5: who somebody is, how they prove it, and what they may read.

Owns argon2, pyotp and joserfc. Speaks no SQL and no e-mail, and HTTP only to an identity provider and
through ``net``; time and chance are handed in.
"""
