"""Floor 3: bytes in, documents out. Cannot reach the network or the library."""
