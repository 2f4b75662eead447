"""Articles: one function per use case of the desk, each held to the rules of ``review``."""
