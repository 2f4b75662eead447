"""Floor 2: the only door to the network."""
