"""Floor 1: frozen values of the field. No I/O, no clock, nothing that knows how it is stored."""
