"""Floor 5: who somebody is, how they prove it, and what they may read.

Owns argon2 and pyotp. Speaks no SQL, no HTTP and no e-mail; time and chance are handed in.
"""
