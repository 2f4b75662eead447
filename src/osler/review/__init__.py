"""Floor 6: the rules of the editorial desk. No clock, no database, nothing that renders."""
