"""Floor 7: one function per use case, and the wiring of all parts."""
